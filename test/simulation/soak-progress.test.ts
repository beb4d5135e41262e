import { expect, it } from 'vitest';
import { progress } from './soak-progress.ts';

const begun = { at: 1000, next: 1001 };
const book = (next: number) => ({ next, steps: 9, failed: [] });

it('a soak says how long it takes yet, by how fast it was since it was begun', () => {
  const run = { seeds: 10_000, begun, now: 1000 + 100_000 };
  expect(progress(book(2001), run)).toBe('2000 of 10000 seeds, 9 steps, 0 failed, 10.0 seeds/s, 0.2 h left');
});

it('a soak that has played all says that nothing is left', () => {
  const run = { seeds: 2000, begun, now: 1000 + 100_000 };
  expect(progress(book(2001), run)).toBe('2000 of 2000 seeds, 9 steps, 0 failed, 10.0 seeds/s, 0.0 h left');
});

it('a soak of which no seed has counted yet does not say how long it takes', () => {
  expect(progress(book(1001), { seeds: 2000, begun, now: 6000 })).toBe('1000 of 2000 seeds, 9 steps, 0 failed');
});
