import { bestLanguage } from '../kernel/text.ts';
import type { Reader } from '../risk/words.ts';
import type { MailFields } from './fields.ts';
import type { ByLanguage } from './letters/compiled-letter.ts';
import { NoSuchLetter } from './member-mail.ts';
import { type Rendered, render, type Slot } from './render.ts';

/** A mail to an owner, in the best language there is for them. Throws NoSuchLetter. */
export const staffMail = (
  letters: ByLanguage,
  { language, fallback }: Pick<Reader, 'language' | 'fallback'>,
  fields: MailFields,
  slot: Slot,
): Rendered => {
  const best = bestLanguage(Object.keys(letters), language, fallback);
  const letter = best === undefined ? undefined : letters[best];
  if (!letter) throw new NoSuchLetter('The model has no letter to owners');
  // Nobody at the other end has preferences or can unsubscribe: it is their work.
  return render(letter, { preferencesUrl: '', unsubscribeUrl: '', ...fields }, slot);
};
