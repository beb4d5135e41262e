import { describe, expect, it } from 'vitest';
import { betaAtMost, logBeta } from '../../../shared/mailing/measuring/beta.ts';
import { atMost, differenceOf, type Hits } from '../../../shared/mailing/measuring/difference.ts';
import { random } from '../../simulation/random.ts';
import { newcombe } from './newcombe.ts';

const of = (hits: number, people: number): Hits => ({ hits, people });

/** The examples of table II of Newcombe (1998), with what his method 10 makes of them. */
const published: readonly (readonly [Hits, Hits, number, number])[] = [
  [of(56, 70), of(48, 80), 0.0524, 0.3339],
  [of(9, 10), of(3, 10), 0.1705, 0.809],
  [of(6, 7), of(2, 7), 0.0582, 0.8062],
  [of(5, 56), of(0, 29), -0.0381, 0.1926],
  [of(0, 10), of(0, 20), -0.1611, 0.2775],
  [of(0, 10), of(0, 10), -0.2775, 0.2775],
  [of(10, 10), of(0, 20), 0.6791, 1],
  [of(10, 10), of(0, 10), 0.6075, 1],
];

describe('the incomplete beta function', () => {
  it.each([
    // What can be reckoned by hand: polynomials, and the arcsine law.
    [0.3, 1, 1, 0.3],
    [0.3, 2, 1, 0.09],
    [0.3, 1, 3, 1 - 0.7 ** 3],
    [0.5, 7.5, 7.5, 0.5],
    [0.2, 0.5, 0.5, (2 / Math.PI) * Math.asin(Math.sqrt(0.2))],
    [0.6, 3, 2, 4 * 0.6 ** 3 - 3 * 0.6 ** 4],
  ])('at %d for (%d, %d) is right', (x, a, b, expected) => expect(betaAtMost({ a, b })(x)).toBeCloseTo(expected, 12));
});

/** Miller, Formulas for Bayesian A/B Testing (2015), https://www.evanmiller.org/bayesian-ab-testing.html: a finite sum. */
const millers = (aA: number, bA: number, aB: number, bB: number): number =>
  Array.from({ length: aB }, (_, i) =>
    Math.exp(logBeta(aA + i, bB + bA) - Math.log(bB + i) - logBeta(1 + i, bB) - logBeta(aA, bA)),
  ).reduce((sum, term) => sum + term, 0);

describe('the likelihood that one rate is greater than another', () => {
  it.each([
    [1, 1, 1, 1],
    [2, 9, 5, 6],
    [11, 1, 1, 11],
    [40, 60, 55, 45],
    [400, 9600, 450, 9550],
  ])('for (%d, %d) and (%d, %d) is what the finite sum says', (aA, bA, aB, bB) =>
    expect(1 - atMost(0, { a: aB, b: bB }, { a: aA, b: bA })).toBeCloseTo(millers(aA, bA, aB, bB), 7),
  );

  it('is 0.606 for the batters of D. Robinson, Introduction to Empirical Bayes (2017), on Bayesian A/B testing', () => {
    const [piazza, aaron] = [
      { a: 2206, b: 5009 },
      { a: 3850, b: 8818 },
    ];
    expect(atMost(0, aaron, piazza)).toBeCloseTo(0.606, 3);
  });
});

describe('the interval of a difference', () => {
  it.each(published)('by another way is what was published of it (%o, %o)', (one, other, low, high) => {
    const [l, h] = newcombe(one, other);
    expect([l.toFixed(4), h.toFixed(4)]).toEqual([low.toFixed(4), high.toFixed(4)]);
  });

  it.each(published)('lies near to that (%o, %o)', (one, other, low, high) => {
    const found = differenceOf(one, other);
    expect(Math.abs(found.low - low)).toBeLessThan(0.1);
    expect(Math.abs(found.high - high)).toBeLessThan(0.1);
  });

  it('is nearly the same as that for large groups', () => {
    const [one, other] = [of(1250, 10_000), of(1100, 10_000)];
    const found = differenceOf(one, other);
    const [low, high] = newcombe(one, other);
    expect(Math.abs(found.low - low)).toBeLessThan(0.0005);
    expect(Math.abs(found.high - high)).toBeLessThan(0.0005);
  });

  it('leaves as much out on one side as on the other', () => {
    const { low, high } = differenceOf(of(7, 12), of(3, 40), 0.9);
    const [x, y] = [
      { a: 7.5, b: 5.5 },
      { a: 3.5, b: 37.5 },
    ];
    expect(atMost(low, x, y)).toBeCloseTo(0.05, 5);
    expect(atMost(high, x, y)).toBeCloseTo(0.95, 5);
  });

  it('is turned about when the groups are', () => {
    const [there, back] = [differenceOf(of(9, 10), of(3, 10)), differenceOf(of(3, 10), of(9, 10))];
    expect(back.low).toBeCloseTo(-there.high, 5);
    expect(back.high).toBeCloseTo(-there.low, 5);
    expect(back.greater).toBeCloseTo(1 - there.greater, 6);
  });

  it('becomes narrower with more people', () => {
    const widths = [10, 30, 100, 1000].map((people) => {
      const { low, high } = differenceOf(of(people / 2, people), of(people / 5, people));
      return high - low;
    });
    expect(widths).toEqual(widths.toSorted((a, b) => b - a));
  });

  it('says something of nobody at all: nothing', () => {
    const { low, high, greater } = differenceOf(of(0, 0), of(0, 0));
    expect([low < -0.9, high > 0.9, greater.toFixed(6)]).toEqual([true, true, '0.500000']);
  });
});

/** How often intervals hold the true difference, drawn again and again. */
const coverage = (people: number, held: number, p: number, q: number): number => {
  const { chance } = random(people, `${held} ${p} ${q}`);
  const known = new Map<string, boolean>();
  const hits = (of: number, rate: number) => Array.from({ length: of }, () => chance(rate)).filter(Boolean).length;
  const runs = 1000;
  let held95 = 0;
  for (let run = 0; run < runs; run++) {
    const [one, other] = [hits(people, p), hits(held, q)];
    const key = `${one} ${other}`;
    const inside =
      known.get(key) ??
      (() => {
        const { low, high } = differenceOf(of(one, people), of(other, held));
        return low <= p - q && p - q <= high;
      })();
    known.set(key, inside);
    if (inside) held95 += 1;
  }
  return held95 / runs;
};

describe('the interval, drawn a thousand times', () => {
  it.each(
    [10, 30, 100].flatMap((people) =>
      (
        [
          [0.5, 0.5],
          [0.7, 0.4],
          [0.2, 0.1],
        ] as const
      ).flatMap(([p, q]) => [[people, people, p, q] as const, [people * 4, people, p, q] as const]),
    ),
  )('of %d people and %d held out, at %d and %d, holds the truth nineteen times in twenty', (people, held, p, q) => {
    const share = coverage(people, held, p, q);
    expect(share).toBeGreaterThan(0.925);
    expect(share).toBeLessThan(0.985);
  });
});
