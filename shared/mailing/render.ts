import mustache from 'mustache';
import type { MailFields } from './fields.ts';
import { escapeHtml } from './html.ts';
import type { CompiledLetter } from './letters/compiled-letter.ts';
import { tidied } from './letters/tidied.ts';
import { oneLine } from './one-line.ts';

export type Rendered = { readonly subject: string; readonly html: string; readonly text: string };

/** As many characters as a subject has room for in most mail clients, and far below what a header can hold. */
const MAX_SUBJECT = 150;

const plain = (value: string): string => value;

/** What is said of members in a mail to an owner, made elsewhere: HTML that is safe as it is, and the same as text. */
export type Slot = { readonly html: string; readonly text: string };

/** A letter filled in: values escaped in the HTML, and as they are in subject and text. */
export const render = (letter: CompiledLetter, fields: MailFields, slot?: Slot): Rendered => {
  // Only where there is something for it: letters to members may have a field of this name.
  const filled = (source: string, print: (value: string) => string, inserted?: string) =>
    mustache.render(
      source,
      { ...fields, ...(inserted === undefined ? {} : { slot: inserted }) },
      {},
      { escape: print },
    );
  return {
    subject: oneLine(filled(letter.subject, plain), MAX_SUBJECT),
    html: filled(letter.html, escapeHtml, slot?.html),
    text: tidied(filled(letter.text, plain, slot?.text)),
  };
};
