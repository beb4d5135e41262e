import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rateBudget } from '../../shared/aws/rate-budget.ts';
import { type Quota, roomAgain, sliceAfter, sliceAt, thinned, turnIn } from '../../shared/mailing/rate-budget.ts';
import { straight } from '../simulation/cloud/calls.ts';
import { dynamodbClient, memoryTables } from '../simulation/cloud/tables.ts';
import { definitions } from '../support/definitions.ts';
import { most } from '../support/metered-ses.ts';

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
  const turns = Array.from({ length: workers }, () => rateBudget(tools).turn);
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
    const going = mine.flatMap((one) => (one.kind === 'at' ? [Math.max(one.at, clock.now)] : []));
    const waiting = mine.flatMap((one) => (one.kind === 'full' ? [one.until] : []));
    sent.push(...going);
    freeAt[worker] = Math.max(clock.now + 1, ...going) + 50;
    if (waiting.length > 0) {
      queue.push({ at: Math.max(...waiting), batch: waiting.length });
      queue.sort((a, b) => a.at - b.at);
    }
  }
  expect(tables.misuse).toEqual([]);
  // What no quota asks for any more goes by itself, and nothing goes before.
  for (const { pk, expiry } of tables.items('members')) {
    const keptFor =
      Number(expiry?.N) * 1000 - (pk?.S?.startsWith('budget#hour#') ? Number(pk.S.slice(12)) * HOUR : START);
    expect(keptFor).toBeGreaterThanOrEqual(25 * HOUR);
    expect(Number(expiry?.N) * 1000).toBeLessThanOrEqual(clock.now + 27 * HOUR);
  }
  return { sent: sent.sort((a, b) => a - b), hottest: Math.max(...writes.values()) };
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

  it('holds back where SES throttles, for all who send, and little by little less', async () => {
    const tables = memoryTables(definitions().tables);
    const clock = { now: START };
    const quota = { perSecond: 10, perDay: 1_000_000 };
    const tools = {
      client: dynamodbClient(tables, straight),
      table: 'members',
      pause: async () => {},
      quota,
      now: () => clock.now,
    };
    const [one, other] = [rateBudget(tools), rateBudget(tools)];
    /** How many get a turn in the next second, and a while to look. */
    const inOneSecond = async (budget: typeof one): Promise<number> => {
      clock.now = Math.ceil((clock.now + 6_000) / 1000) * 1000;
      let count = 0;
      for (let next = await budget.turn(); next.kind === 'at' && next.at < clock.now + 1000; next = await budget.turn())
        count++;
      return count;
    };
    expect(await inOneSecond(one)).toBe(10);
    await one.slowDown('second');
    // They hear of it together, and it is one cause.
    await other.slowDown('second');
    expect(await inOneSecond(one)).toBe(7);
    expect(await inOneSecond(other)).toBe(7);
    clock.now += 10_000;
    await other.slowDown('second');
    expect(await inOneSecond(one)).toBe(5);
    clock.now += HOUR / 6;
    expect(await inOneSecond(one)).toBe(10);

    await other.slowDown('day');
    clock.now += 6_000;
    expect(await one.turn()).toEqual({ kind: 'full', until: START + HOUR });
    clock.now = START + HOUR;
    expect((await one.turn()).kind).toBe('at');
    expect(tables.misuse).toEqual([]);
  });

  it('thins slices evenly: over many no more and no fewer than the share', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.02, max: 1, noNaN: true }), fc.integer({ min: 1, max: 14 }), (share, rate) => {
        const quota = { perSecond: rate, perDay: 1 };
        let slice = sliceAt(quota, START);
        let room = 0;
        for (let i = 0; i < 500; i++, slice = sliceAfter(quota, slice)) room += thinned(slice, share).room;
        expect(Math.abs(room - 500 * rate * share)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('says when a full day has room again: when enough of what fills it is a day old', () => {
    const used = Array.from({ length: 25 }, (_, ago) => (ago === 24 ? 3 : ago === 20 ? 50 : 0));
    const [now, next] = [START + 1000, START + HOUR];
    expect(roomAgain({ perSecond: 1, perDay: 53 }, used, now)).toBe(next);
    expect(roomAgain({ perSecond: 1, perDay: 50 }, used, now)).toBe(next + 4 * HOUR);
  });

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
