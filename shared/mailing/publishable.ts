import { inWords } from '../api/problem.ts';
import { Model } from '../scoring/model.ts';
import { templateFaults } from './template-faults.ts';

export type ModelFault = { readonly path: readonly PropertyKey[]; readonly message: string };

/** A model that may be published, or everything that is wrong with it, by path: its shape first, then its templates. */
export const publishable = (input: unknown): { readonly model: Model } | { readonly faults: readonly ModelFault[] } => {
  const read = Model.safeParse(input);
  if (!read.success)
    return { faults: read.error.issues.map(({ path, message }) => ({ path, message: inWords(message) })) };
  const faults = read.data.messages.flatMap(({ templates }, i) =>
    Object.entries(templates).flatMap(([language, template]) =>
      templateFaults(template).map(({ path, message }) => ({
        path: ['messages', i, 'templates', language, ...path],
        message,
      })),
    ),
  );
  return faults.length > 0 ? { faults } : { model: read.data };
};
