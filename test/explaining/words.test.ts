import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explanationWords, speechFor } from '../../shared/explaining/speech.ts';
import { tellingOf } from '../../shared/explaining/telling.ts';
import { modelOf, sampleNames } from '../support/sample.ts';
import { inWords } from './in-words.ts';
import { lifeUnder, published } from './lives.ts';

const languages = ['nb', 'sv', 'fi', 'en'];

/** Every text, by its path. */
const texts = (value: unknown, path = ''): [string, string][] =>
  typeof value === 'string'
    ? [[path, value]]
    : Object.entries(value ?? {}).flatMap(([key, below]) => texts(below, `${path}/${key}`));
const places = (text: string) => [...new Set([...text.matchAll(/\{\w+\}/g)].map(([place]) => place))].sort();

describe('the words of an explanation', () => {
  const english = new Map(texts(explanationWords.en));

  it('are there in Norwegian, Swedish, Finnish and English', () => {
    expect(Object.keys(explanationWords).sort()).toEqual(languages.toSorted());
  });

  it.each(languages)('are all there in %s, each with the places that it has in English', (language) => {
    const own = new Map(texts(explanationWords[language]));
    expect([...own.keys()]).toEqual([...english.keys()]);
    for (const [path, text] of own) {
      expect(text.trim(), path).not.toBe('');
      // “Once” needs no number, and a whole sentence may leave the number to its plural form.
      const needed = places(english.get(path) ?? '').filter((place) => place !== '{n}');
      expect(
        places(text).filter((place) => place !== '{n}'),
        path,
      ).toEqual(needed);
    }
  });

  it.each(languages.filter((language) => language !== 'en'))('are not left in English in %s', (language) => {
    // A sum is a sum in Norwegian too, and what consists of places alone is the same everywhere.
    const same = texts(explanationWords[language])
      .filter(([path, text]) => text === english.get(path))
      .filter(([path]) => path !== '/headings/sum');
    expect(same.filter(([, text]) => /\p{L}{3}/u.test(text.replaceAll(/\{\w+\}/g, '')))).toEqual([]);
  });

  it.each(sampleNames)(
    'leave no place empty, whatever happened, under the sample %s',
    { timeout: 60_000 },
    (sample) => {
      const model = published(modelOf(sample));
      fc.assert(
        fc.property(lifeUnder(model.model), (life) => {
          const telling = tellingOf(model, life.events, life.at);
          for (const language of languages) {
            for (const sentence of inWords(telling, speechFor({ language, fallback: 'en', zone: 'Europe/Oslo' }))) {
              expect(sentence).not.toMatch(/[{}]|undefined|NaN|Invalid|\[object/);
            }
          }
        }),
        { numRuns: 10, endOnFailure: true },
      );
    },
  );

  it('are in the nearest language where there are none in one’s own', () => {
    const of = (language: string) => speechFor({ language, fallback: 'fi', zone: 'UTC' }).language;
    expect(['nn', 'da', 'se', 'no', 'de', 'en'].map(of)).toEqual(['nb', 'nb', 'nb', 'nb', 'fi', 'en']);
  });

  it('write numbers, dates, shares and plurals the way of the language', () => {
    const at = Date.parse('2026-03-14T12:00:00Z');
    const said = languages.map((language) => {
      const { points, date, share, length, list } = speechFor({ language, fallback: 'en', zone: 'Europe/Oslo' });
      return [points(1), points(1234.56), points(-2), date(at), share(0.5), length('1 day'), list(['a', 'b', 'c'])];
    });
    expect(said.map((all) => all.map((text) => text.replaceAll(/\s/gu, ' ')))).toEqual([
      ['1 poeng', '1 234,6 poeng', '−2 poeng', '14. mars 2026', '50 %', '1 dag', 'a, b og c'],
      ['1 poäng', '1 234,6 poäng', '−2 poäng', '14 mars 2026', '50 %', '1 dag', 'a, b och c'],
      ['1 piste', '1 234,6 pistettä', '−2 pistettä', '14. maaliskuuta 2026', '50 %', '1 päivä', 'a, b ja c'],
      ['1 point', '1,234.6 points', '-2 points', '14 March 2026', '50%', '1 day', 'a, b and c'],
    ]);
  });
});
