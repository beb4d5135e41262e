import mustache from 'mustache';
import type { Template } from '../scoring/model.ts';
import type { MailFields } from './fields.ts';
import { escapeHtml } from './html.ts';
import { oneLine } from './one-line.ts';
import { templateFaults } from './template-faults.ts';

export type Rendered = { readonly subject: string; readonly html: string; readonly text: string };

/** The template has faults, and so cannot be rendered for anybody. */
export class FaultyTemplate extends Error {
  override readonly name = 'FaultyTemplate';
  constructor(faults: number) {
    super(`The template has ${faults} faults`);
  }
}

/** As many characters as a subject has room for in most mail clients, and far below what a header can hold. */
const MAX_SUBJECT = 150;

const plain = (value: string): string => value;

/**
 * A message for one member: fields escaped in the HTML, as they are in subject and text.
 * Throws FaultyTemplate on what the model's validation would have refused.
 */
export const render = (template: Template, fields: MailFields): Rendered => {
  const faults = templateFaults(template);
  if (faults.length > 0) throw new FaultyTemplate(faults.length);
  const filled = (source: string, print: (value: string) => string) =>
    mustache.render(source, fields, {}, { escape: print });
  return {
    subject: oneLine(filled(template.subject, plain), MAX_SUBJECT),
    html: filled(template.html, escapeHtml),
    text: filled(template.text, plain).trim(),
  };
};
