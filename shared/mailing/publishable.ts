import { inWords } from '../api/problem.ts';
import type { Letterhead, Template } from '../scoring/letter.ts';
import { Model } from '../scoring/model.ts';
import { fieldsOf, type MailKind } from './fields.ts';
import { partFaults, subjectFaults, templateFaults } from './letters/letter-faults.ts';

export type ModelFault = { readonly path: readonly PropertyKey[]; readonly message: string };

const inTemplates = (
  templates: Readonly<Record<string, Template>>,
  path: readonly PropertyKey[],
  kind: MailKind,
  letterhead: Letterhead | undefined,
): ModelFault[] =>
  Object.entries(templates).flatMap(([language, template]) =>
    templateFaults(template, kind, letterhead).map((fault) => ({
      path: [...path, language, ...fault.path],
      message: fault.message,
    })),
  );

const inPart = (part: Letterhead['header'], path: readonly PropertyKey[]): ModelFault[] =>
  Object.entries(typeof part === 'object' ? part : part === undefined ? {} : { '': part }).flatMap(
    ([language, source]) =>
      partFaults(source).map((message) => ({ path: language === '' ? path : [...path, language], message })),
  );

const inLetterhead = (letterhead: Letterhead | undefined): ModelFault[] => {
  const { header, footer, alert = {}, digest = {}, fields = {} } = letterhead ?? {};
  const house = fieldsOf('message', undefined);
  return [
    ...inPart(header, ['letterhead', 'header']),
    ...inPart(footer, ['letterhead', 'footer']),
    ...Object.keys(fields)
      .filter((name) => Object.hasOwn(house, name))
      .map((name) => ({ path: ['letterhead', 'fields', name], message: 'there always is a field of this name' })),
    ...inTemplates(alert, ['letterhead', 'alert'], 'alert', letterhead),
    ...inTemplates(digest, ['letterhead', 'digest'], 'digest', letterhead),
  ];
};

/** A model that may be published, or everything that is wrong with it, by path: its shape first, then its letters. */
export const publishable = (input: unknown): { readonly model: Model } | { readonly faults: readonly ModelFault[] } => {
  const read = Model.safeParse(input);
  if (!read.success)
    return { faults: read.error.issues.map(({ path, message }) => ({ path, message: inWords(message) })) };
  const { messages, letterhead } = read.data;
  const faults = [
    ...messages.flatMap(({ templates, experiment }, i) => [
      ...inTemplates(templates, ['messages', i, 'templates'], 'message', letterhead),
      ...(experiment?.variants ?? []).flatMap((variant, v) => {
        const path = ['messages', i, 'experiment', 'variants', v];
        return [
          ...inTemplates(variant.templates ?? {}, [...path, 'templates'], 'message', letterhead),
          ...Object.entries(variant.subject ?? {}).flatMap(([language, subject]) =>
            subjectFaults(subject, letterhead).map((message) => ({ path: [...path, 'subject', language], message })),
          ),
        ];
      }),
    ]),
    ...inLetterhead(letterhead),
  ];
  return faults.length > 0 ? { faults } : { model: read.data };
};
