import { describe, expect, it } from 'vitest';
import { bestLanguage, languageChain, localText } from '../../shared/kernel/text.ts';

describe('the languages to try for a reader', () => {
  it.each([
    ['nn', ['nn', 'nb', 'no', 'da', 'sv', 'fi', 'en']],
    ['nb-NO', ['nb', 'no', 'nn', 'da', 'sv', 'fi', 'en']],
    ['se', ['se', 'nb', 'fi', 'sv', 'en']],
    ['smn', ['smn', 'se', 'fi', 'en']],
    ['da', ['da', 'nb', 'no', 'sv', 'fi', 'en']],
    ['SV-fi', ['sv', 'nb', 'no', 'da', 'fi', 'en']],
    ['fi', ['fi', 'sv', 'en']],
    ['fo', ['fo', 'da', 'nb', 'nn', 'fi', 'en']],
    ['de', ['de', 'fi', 'en']],
    [undefined, ['fi', 'en']],
  ])('of %s, where the organisation speaks Finnish', (language, chain) =>
    expect(languageChain(language, 'fi')).toEqual(chain),
  );

  it('end with whatever there is', () => {
    expect(bestLanguage(['ar', 'de'], 'nn', 'nb')).toBe('ar');
    expect(bestLanguage([], 'nn', 'nb')).toBeUndefined();
    expect(localText({}, 'nn', 'nb')).toBe('');
    expect(localText('Hei', 'nn', 'nb')).toBe('Hei');
  });
});
