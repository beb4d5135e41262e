import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rateBudget } from '../../shared/aws/rate-budget.ts';
import { type Quota, sliceAfter, sliceAt, turnIn } from '../../shared/mailing/rate-budget.ts';
import { dynamodbClient, memoryTables } from '../simulation/cloud/tables.ts';
import { definitions } from '../support/definitions.ts';

const START = Date.parse('2026-03-02T10:00:00Z');
const HOUR = 3_600_000;

type Letter = { readonly at: number; readonly batch: number };

/**
 * Lets workers work off letters, ten at a time, under a clock of their own: a mail takes as long as SES takes to answer.
 * What finds no turn waits until it is told to come again.
 */
const workOff = async (letters: number, quota: Quota, workers: number) => {
  const tables = memoryTables(definitions().tables);
  const clock = { now: START };
  const writes = new Map<string, number>();
  const client = dynamodbClient(tables, async (call, run) => {
    if (call.name === 'UpdateItem') {
      const key = `${call.input.Key?.pk?.S} ${Math.floor(clock.now / 1000)}`;
      writes.set(key, (writes.get(key) ?? 0) + 1);
    }
    return run();
  });
  const tools = { client, table: 'members', pause: async () => {}, quota, now: () => clock.now };
  const turns = Array.from({ length: workers }, () => rateBudget(tools));
  const freeAt = turns.map(() => START);
  const queue: Letter[] = Array.from({ length: Math.ceil(letters / 10) }, () => ({ at: START, batch: 10 }));
  const sent: number[] = [];
  while (queue.length > 0) {
    const soonest = Math.min(...queue.slice(0, 1).map(({ at }) => at));
    const worker = freeAt.indexOf(Math.min(...freeAt));
    const turn = turns[worker];
    const next = queue.shift();
    if (!next || !turn) break;
    clock.now = Math.max(freeAt[worker] ?? 0, soonest);
    const mine = await Promise.all(Array.from({ length: next.batch }, turn));
    const going = mine.flatMap((one) => (one.kind === 'at' ? [one.at] : []));
    const waiting = mine.flatMap((one) => (one.kind === 'full' ? [one.until] : []));
    sent.push(...going);
    freeAt[worker] = Math.max(clock.now + 1, ...going) + 50;
    if (waiting.length > 0) {
      queue.push({ at: Math.max(...waiting), batch: waiting.length });
      queue.sort((a, b) => a.at - b.at);
    }
  }
  expect(tables.misuse).toEqual([]);
  return { sent: sent.sort((a, b) => a - b), hottest: Math.max(...writes.values()) };
};

/** The most in any stretch of time so long. */
const most = (sent: readonly number[], length: number): number => {
  let first = 0;
  let found = 0;
  for (const [i, at] of sent.entries()) {
    while ((sent[first] ?? at) <= at - length) first++;
    found = Math.max(found, i - first + 1);
  }
  return found;
};

describe('the rate that all share', () => {
  it.each([
    [14, 3],
    [90, 10],
  ])(
    'lets 50,000 letters end in the time that %d a second takes, with %d workers, none lost',
    async (perSecond, workers) => {
      const { sent, hottest } = await workOff(50_000, { perSecond, perDay: 1_000_000 }, workers);
      expect(sent).toHaveLength(50_000);
      const took = ((sent.at(-1) ?? 0) - START) / 1000;
      expect(took).toBeGreaterThanOrEqual(50_000 / perSecond - 2);
      expect(took).toBeLessThanOrEqual((50_000 / perSecond) * 1.05 + 2);
      expect(most(sent, 1000)).toBeLessThanOrEqual(perSecond + 1);
      expect(hottest).toBeLessThanOrEqual(200);
    },
    120_000,
  );

  it('keeps within what a day allows, and goes on the next day', async () => {
    const { sent } = await workOff(5_000, { perSecond: 14, perDay: 2_000 }, 3);
    expect(sent).toHaveLength(5_000);
    expect(most(sent, 24 * HOUR)).toBeLessThanOrEqual(2_000);
    expect(((sent.at(-1) ?? 0) - START) / HOUR).toBeLessThanOrEqual(2 * 25 + 1);
  }, 120_000);

  it('lets a sandbox of one a second and two hundred a day send every one of them', async () => {
    const { sent } = await workOff(200, { perSecond: 1, perDay: 200 }, 2);
    expect(most(sent, 1000)).toBeLessThanOrEqual(2);
    expect((sent.at(-1) ?? 0) - START).toBeLessThanOrEqual(HOUR);
  }, 60_000);

  it('is cut into slices that follow each other, with few places in each', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.5, max: 2_000, noNaN: true }), fc.integer({ min: 0, max: 2e12 }), (rate, at) => {
        const quota = { perSecond: rate, perDay: 1 };
        const slice = sliceAt(quota, at);
        expect(slice.room).toBeLessThanOrEqual(16);
        expect(sliceAfter(quota, slice).id).toBe(slice.id + 1);
        expect(turnIn(slice, slice.room)).toBeLessThanOrEqual(turnIn(sliceAfter(quota, slice), 0) + 1);
      }),
    );
  });
});
