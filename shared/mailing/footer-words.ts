import type { StaffLanguage } from '../risk/words.ts';

export type FooterWords = { readonly preferences: string; readonly unsubscribe: string };

/** What the links at the foot of a mail to a member are called. */
export const footerWords: Readonly<Record<StaffLanguage, FooterWords>> = {
  nb: { preferences: 'Velg hva du vil ha e-post om', unsubscribe: 'Meld deg av' },
  sv: { preferences: 'Välj vad du vill få e-post om', unsubscribe: 'Avsluta utskicken' },
  fi: { preferences: 'Valitse, mistä haluat sähköpostia', unsubscribe: 'Peru tilaus' },
  en: { preferences: 'Choose what we write to you about', unsubscribe: 'Unsubscribe' },
};
