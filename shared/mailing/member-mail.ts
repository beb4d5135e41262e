import { bestLanguage } from '../kernel/text.ts';
import { type FieldSources, mailFields, textAttribute } from './fields.ts';
import type { ByLanguage } from './letters/compiled-letter.ts';
import type { Mail } from './mail.ts';
import { type Rendered, render } from './render.ts';

/** There is no letter to send. The version of the model that asked for it has none of its name. */
export class NoSuchLetter extends Error {
  override readonly name = 'NoSuchLetter';
}

export type MemberMail = Rendered & Pick<Mail, 'unsubscribe'> & { readonly language: string };

/**
 * A letter to a member, in the best language there is for them: their own, its neighbours, the organisation's.
 * @param asked another language than their own, to see what that one is like
 * @throws NoSuchLetter
 */
export const memberMail = (
  letters: ByLanguage | undefined,
  sources: Omit<FieldSources, 'language'>,
  organisationLanguage: string,
  asked = sources.profile.preferences?.language ?? textAttribute(sources.profile, 'language'),
): MemberMail => {
  const language = bestLanguage(Object.keys(letters ?? {}), asked || undefined, organisationLanguage);
  const letter = language === undefined ? undefined : letters?.[language];
  if (language === undefined || !letter) throw new NoSuchLetter('The model has no such letter');
  const { unsubscribe } = sources.links;
  return {
    language,
    ...(unsubscribe === undefined ? {} : { unsubscribe: { url: unsubscribe } }),
    ...render(letter, mailFields({ ...sources, language })),
  };
};
