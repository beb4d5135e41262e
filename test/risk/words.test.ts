import { describe, expect, it } from 'vitest';
import type { Reason } from '../../shared/risk/reasons.ts';
import { reasonInWords, type StaffLanguage, staffLanguage } from '../../shared/risk/words.ts';

const title = { nb: 'Kurs', sv: 'Utbildning', fi: 'Koulutus', en: 'Training' };
const last = Date.parse('2026-10-25T00:30:00+03:00');
const words = (reason: Reason, language: StaffLanguage) =>
  reasonInWords(reason, { language, fallback: 'nb', zone: 'Europe/Helsinki' });

describe('a reason in words', () => {
  it.each<[StaffLanguage, string, string]>([
    ['nb', '1 dag uten aktivitet', '93 dager uten aktivitet'],
    ['sv', '1 dag utan aktivitet', '93 dagar utan aktivitet'],
    ['fi', 'Edellisestä aktiivisuudesta on 1 päivä', 'Edellisestä aktiivisuudesta on 93 päivää'],
    ['en', 'No activity for 1 day', 'No activity for 93 days'],
  ])('agrees with its number in %s', (language, one, many) => {
    expect(words({ kind: 'silent', days: 1 }, language)).toBe(one);
    expect(words({ kind: 'silent', days: 93 }, language)).toBe(many);
  });

  it.each<[StaffLanguage, string]>([
    ['nb', 'Ikke lenger: Kurs (3 ganger året før, sist 25. oktober 2026)'],
    ['sv', 'Inte längre: Utbildning (3 gånger året innan, senast 25 oktober 2026)'],
    ['fi', 'Ei enää: Koulutus (edeltävänä vuonna 3 kertaa, viimeksi 25. lokakuuta 2026)'],
    ['en', 'No longer: Training (3 times in the year before, last on 25 October 2026)'],
  ])('names things and dates as %s does', (language, sentence) =>
    expect(words({ kind: 'stopped', title, times: 3, last }, language)).toBe(sentence),
  );

  it.each<[StaffLanguage, string]>([
    ['nb', 'Kurs: 8, ned fra 20 på 12 uker'],
    ['sv', 'Utbildning: 8, ned från 20 på 12 veckor'],
    ['fi', 'Koulutus: 8, laskua 12 viikossa (oli 20)'],
    ['en', 'Training: 8, down from 20 in 12 weeks'],
  ])('tells the fall of a score in %s', (language, sentence) =>
    expect(words({ kind: 'fell', title, now: 7.6, before: 20.4, weeks: 12 }, language)).toBe(sentence),
  );

  it('is short for what happened once', () =>
    expect(words({ kind: 'did', title, times: 1, last }, 'en')).toBe('Training (25 October 2026)'));

  it('takes a title as it is, though it look like a place for something', () =>
    expect(words({ kind: 'did', title: '{date} $& {n}', times: 1, last }, 'en')).toBe(
      '{date} $& {n} (25 October 2026)',
    ));

  it('has no place left open in any language', () => {
    const reasons: Reason[] = [
      { kind: 'silent', days: 0 },
      { kind: 'silent-since-joining', days: 1 },
      { kind: 'silent-since-joining', days: 7 },
      { kind: 'fell', title, now: 1, before: 2, weeks: 12 },
      { kind: 'rose', title, now: 2, before: 1, weeks: 4 },
      { kind: 'did', title, times: 1, last },
      { kind: 'did', title, times: 2, last },
      { kind: 'stopped', title, times: 1, last },
      { kind: 'stopped', title, times: 2, last },
    ];
    for (const language of ['nb', 'sv', 'fi', 'en'] as const) {
      for (const reason of reasons) expect(words(reason, language)).not.toMatch(/[{}]|undefined|NaN/);
    }
  });
});

describe('the language of a mail to staff', () => {
  it.each([
    ['fi', 'nb', 'fi'],
    ['nn', 'fi', 'nb'],
    ['da', 'fi', 'nb'],
    ['de', 'fi', 'fi'],
    ['de', 'et', 'en'],
  ])('for a reader of %s in an organisation of %s is %s', (language, organisation, best) =>
    expect(staffLanguage(language, organisation)).toBe(best),
  );
});
