import { describe, expect, it } from 'vitest';
import { DAY } from '../../../shared/kernel/duration.ts';
import { differenceOf, type Hits } from '../../../shared/mailing/measuring/difference.ts';
import { type Compared, verdictOf } from '../../../shared/mailing/measuring/verdict.ts';
import { verdictInWords } from '../../../shared/mailing/measuring/verdict-words.ts';

const of = (hits: number, people: number): Hits => ({ hits, people });
const verdict = (given: Hits, base: Hits, parts: Partial<Compared> = {}) => {
  const people = given.people + base.people;
  const pace = { since: 0, now: 300 * DAY, people, horizon: 90 * DAY };
  return verdictOf({ given, base, difference: differenceOf(given, base), wanted: 'more', worth: 0.05, pace, ...parts });
};

describe('the verdict', () => {
  it('is that it helped, or harmed, where chance cannot explain it', () => {
    expect(verdict(of(60, 100), of(30, 100))).toEqual({ kind: 'helped' });
    expect(verdict(of(30, 100), of(60, 100))).toEqual({ kind: 'harmed' });
    expect(verdict(of(30, 100), of(60, 100), { wanted: 'fewer' })).toEqual({ kind: 'helped' });
    expect(verdict(of(60, 100), of(30, 100), { wanted: 'fewer' })).toEqual({ kind: 'harmed' });
  });

  it('is that there is no difference of note, where none can be greater than what is worth knowing', () => {
    expect(verdict(of(5000, 10_000), of(5000, 10_000))).toEqual({ kind: 'no-difference' });
    expect(verdict(of(50, 100), of(50, 100))).toMatchObject({ kind: 'cannot-tell' });
    expect(verdict(of(50, 100), of(50, 100), { worth: 0.5 })).toEqual({ kind: 'no-difference' });
  });

  it('is none at all below ten people on either side, however clear it looks', () => {
    expect(verdict(of(9, 9), of(0, 100))).toMatchObject({ kind: 'too-few' });
    expect(verdict(of(100, 100), of(0, 9))).toMatchObject({ kind: 'too-few' });
    expect(verdict(of(10, 10), of(0, 10))).toEqual({ kind: 'helped' });
  });

  it('foretells how long it takes: with so many more people it can be told', () => {
    const found = verdict(of(15, 50), of(10, 50));
    if (found.kind !== 'cannot-tell' || found.months === undefined) throw new Error('It can be told');
    // A hundred people in 300 days, of whom the last 90 days' are not looked at yet.
    const days = 300 + found.months * 30.44 - 90;
    const grown = days / 300;
    const later = verdict(
      of(Math.round(15 * grown), Math.round(50 * grown)),
      of(Math.round(10 * grown), Math.round(50 * grown)),
    );
    expect(later.kind).toBe('helped');
    const sooner = days / 2 / 300;
    expect(
      verdict(
        of(Math.round(15 * sooner), Math.round(50 * sooner)),
        of(Math.round(10 * sooner), Math.round(50 * sooner)),
      ).kind,
    ).toBe('cannot-tell');
  });

  it('foretells nothing where nobody takes part', () => {
    const pace = { since: 0, now: DAY, people: 0, horizon: DAY };
    expect(verdict(of(0, 0), of(0, 0), { pace })).toEqual({ kind: 'too-few' });
  });
});

describe('a verdict in words', () => {
  it.each([
    ['en', 'cannot tell yet, about 5 more months at this pace', 'cannot tell yet, about 1 more month at this pace'],
    [
      'nb',
      'kan ikke si det ennå, omtrent 5 måneder til i dette tempoet',
      'kan ikke si det ennå, omtrent 1 måned til i dette tempoet',
    ],
    [
      'sv',
      'kan inte säga ännu, ungefär 5 månader till i den här takten',
      'kan inte säga ännu, ungefär 1 månad till i den här takten',
    ],
    [
      'fi',
      'ei voi vielä sanoa, vielä noin 5 kuukautta tällä tahdilla',
      'ei voi vielä sanoa, vielä noin 1 kuukausi tällä tahdilla',
    ],
  ] as const)('in %s', (language, five, one) => {
    expect(verdictInWords({ kind: 'cannot-tell', months: 5 }, language)).toBe(five);
    expect(verdictInWords({ kind: 'cannot-tell', months: 1 }, language)).toBe(one);
  });

  it('that would take years says no number', () => {
    expect(verdictInWords({ kind: 'cannot-tell', months: 400 }, 'en')).toBe(
      'cannot tell yet, more than three years at this pace',
    );
    expect(verdictInWords({ kind: 'too-few' }, 'en')).toBe('cannot tell yet, too few people');
    expect(verdictInWords({ kind: 'no-difference' }, 'en')).toBe('makes no difference worth knowing');
  });
});
