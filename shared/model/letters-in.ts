import type { Purpose } from '../../events/purpose.ts';
import type { Template } from '../scoring/letter.ts';
import type { Model } from '../scoring/model.ts';

/** A letter of a model, and where it stands. */
export type LetterPlace = {
  readonly path: readonly PropertyKey[];
  readonly language: string;
  readonly template: Template;
  /** Undefined: it goes to an owner. */
  readonly purpose: Purpose | undefined;
};

/** Every letter that is written in a model, to members and to owners. */
export const lettersIn = ({ messages, letterhead }: Pick<Model, 'messages' | 'letterhead'>): readonly LetterPlace[] => {
  const each = (templates: Readonly<Record<string, Template>>, path: readonly PropertyKey[], purpose?: Purpose) =>
    Object.entries(templates).map(([language, template]) => ({
      path: [...path, language],
      language,
      template,
      purpose,
    }));
  return [
    ...messages.flatMap(({ templates, purpose, experiment }, i) => [
      ...each(templates, ['messages', i, 'templates'], purpose),
      ...(experiment?.variants ?? []).flatMap((variant, v) => {
        const path = ['messages', i, 'experiment', 'variants', v];
        return each(variant.templates ?? {}, [...path, 'templates'], purpose);
      }),
    ]),
    ...each(letterhead?.alert ?? {}, ['letterhead', 'alert']),
    ...each(letterhead?.digest ?? {}, ['letterhead', 'digest']),
  ];
};

/** A subject that is written in a model, and where it stands. */
export type SubjectPlace = { readonly path: readonly PropertyKey[]; readonly subject: string };

/** Every subject that is written in a model: those of the letters, and those by which variants differ from them. */
export const subjectsIn = (model: Pick<Model, 'messages' | 'letterhead'>): readonly SubjectPlace[] => [
  ...lettersIn(model).map(({ path, template: { subject } }) => ({ path: [...path, 'subject'], subject })),
  ...model.messages.flatMap(({ experiment }, i) =>
    (experiment?.variants ?? []).flatMap((variant, v) =>
      Object.entries(variant.subject ?? {}).map(([language, subject]) => ({
        path: ['messages', i, 'experiment', 'variants', v, 'subject', language],
        subject,
      })),
    ),
  ),
];
