import type { Letters } from '../../shared/mailing/letters/compiled-letter.ts';
import type { Model } from '../../shared/scoring/model.ts';

/*
 * What reads letters, and what compiles them, are large, and needed only where somebody brings a model: they are read
 * then, not at each start.
 */

/** A model that may be published, or everything that is wrong with it. */
export const readDraft = async (input: unknown) => {
  const { publishable } = await import('../../shared/mailing/publishable.ts');
  return publishable(input);
};

/** All letters of a model that has no faults. */
export const lettersOf = async (model: Model): Promise<Letters> => {
  const { compileLetters } = await import('../../shared/mailing/letters/compile-letters.ts');
  return compileLetters(model);
};
