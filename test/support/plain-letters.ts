import type { CompiledLetter, Letters } from '../../shared/mailing/letters/compiled-letter.ts';
import type { Model } from '../../shared/scoring/model.ts';

const plain = (subject: string): CompiledLetter => ({
  subject,
  html: `<p>${subject} {{firstName}} {{{slot}}}</p>`,
  text: `${subject} {{firstName}}\n{{{slot}}}`,
});

/** Letters of a model that say next to nothing, for tests to which it does not matter what they say. */
export const plainLetters = ({ messages }: Pick<Model, 'messages'>): Letters => ({
  messages: Object.fromEntries(
    messages.map(({ id, templates }) => [
      id,
      Object.fromEntries(Object.entries(templates).map(([language, { subject }]) => [language, plain(subject)])),
    ]),
  ),
  alert: { en: plain('Alert') },
  digest: { en: plain('Digest') },
});

export const NO_LETTERS: Letters = { messages: {}, alert: {}, digest: {} };
