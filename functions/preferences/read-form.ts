import { type ConsentPurpose, TRACKING } from '../../events/purpose.ts';
import type { RawRequest } from '../../shared/api/route.ts';
import type { Wish } from '../../shared/mailing/choose.ts';
import type { Profile } from '../../shared/scoring/standing.ts';
import { OPTIONAL, PAGE_LANGUAGES, type PageLanguage } from './page/words.ts';

/** Far more than the form ever has, in bytes. */
const MAX_FORM = 4096;

export type FormRead = { readonly wish: Wish } | { readonly fault: 'language' | 'odd' };

const isForm = (contentType: string | undefined): boolean =>
  /^application\/x-www-form-urlencoded\s*(;|$)/i.test(contentType?.trim() ?? '');

/** What a box of the form can stand for. */
const isAsked = (text: string): text is ConsentPurpose => [...OPTIONAL, TRACKING].some((one) => one === text);
export const isPageLanguage = (text: string): text is PageLanguage => PAGE_LANGUAGES.some((one) => one === text);

/**
 * What a form wishes. A box that is not ticked is not sent, so the form says which ones it showed: who did not see a box
 * has not said no to it.
 * @param known so that only what differs from it is a wish
 */
export const readForm = ({ headers, bytes }: RawRequest, known: Profile): FormRead => {
  if (bytes.length > MAX_FORM || !isForm(headers['content-type'])) return { fault: 'odd' };
  const form = new URLSearchParams(new TextDecoder().decode(bytes));
  const shown = (form.get('shown') ?? '').split(' ').filter((one) => one !== '');
  if (shown.length === 0 || !shown.every((one) => isAsked(one) || one === 'pause')) return { fault: 'odd' };
  const language = form.get('language');
  if (language !== null && !isPageLanguage(language)) return { fault: 'language' };

  const none = form.get('do') === 'none';
  const ticked = new Set(none ? [] : form.getAll('yes'));
  const consents = shown
    .filter(isAsked)
    .filter((purpose) => (known.consents[purpose]?.given ?? false) !== ticked.has(purpose) || none)
    .map((purpose) => [purpose, ticked.has(purpose)] as const);
  return {
    wish: {
      consents: Object.fromEntries(consents),
      ...(language === null ? {} : { language }),
      ...(shown.includes('pause') ? { paused: form.get('pause') === 'on' } : {}),
    },
  };
};
