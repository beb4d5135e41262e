import { compileLetters } from '../../shared/mailing/letters/compile-letters.ts';

/** The letters to owners in Polku's own words. */
export const houseLetters = await compileLetters({ messages: [], letterhead: undefined });
