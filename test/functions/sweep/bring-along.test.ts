import { describe, expect, it } from 'vitest';
import type { ActivityMessage } from '../../../events/activity-message.ts';
import { bringAlong } from '../../../functions/sweep/bring-along.ts';
import { memoryRescores } from '../../support/memory-rescores.ts';

const MINUTE = 60_000;
const names = (count: number) => Array.from({ length: count }, (_, i) => `member-${i}`);

/** A sweep every five minutes over members of whom some do not follow. */
const office = (members: readonly string[], { current = 7, takes = () => true as boolean } = {}) => {
  const rescores = memoryRescores();
  const world = { now: 1000, current, behind: [...members] };
  const sent: { message: ActivityMessage; delay: number }[] = [];
  const asked: number[] = [];
  const counts: Record<string, number> = {};
  const run = bringAlong({
    ...rescores,
    currentVersion: async () => world.current,
    behind: async function* (_, first) {
      asked.push(first);
      for (let i = 0; i < world.behind.length; i += 4) yield world.behind.slice(i, i + 4);
    },
    send: async (messages, delayOf = () => 0) => {
      sent.push(...messages.map((message, i) => ({ message, delay: delayOf(i) })));
      return messages.map(takes);
    },
    count: (metric, value) => {
      counts[metric] = (counts[metric] ?? 0) + value;
    },
    every: 5,
    now: () => world.now,
  });
  return {
    ...{ rescores, world, sent, asked, counts, run },
    start: (pace: number, version = 7) => rescores.startRescore({ version, pace, total: members.length }, world.now),
    /** The next sweep, after these members have followed. */
    next: async (followed: readonly string[] = []) => {
      world.behind = world.behind.filter((member) => !followed.includes(member));
      world.now += 5 * MINUTE;
      await run();
    },
  };
};

describe('members whom a new model has left behind', () => {
  it('are ticked at the pace, evenly until the next sweep, under that version or a newer one', async () => {
    const { start, run, sent, rescores, counts } = office(names(20));
    await start(2);
    await run();
    expect(sent.map(({ message }) => message)).toEqual(names(10).map((member) => ({ kind: 'tick', member, model: 7 })));
    expect(sent.map(({ delay }) => delay)).toEqual([0, 30, 60, 90, 120, 150, 180, 210, 240, 270]);
    expect(await rescores.rescore(7)).toMatchObject({ state: 'running', behind: 20 });
    expect(counts).toEqual({ RescoreTicks: 10 });
  });

  it('are looked for again at the next sweep, from another shard on', async () => {
    const { start, run, next, sent, asked } = office(names(12));
    await start(1);
    await run();
    await next(names(5));
    expect(sent.slice(5).map(({ message }) => message)).toMatchObject(
      names(10)
        .slice(5)
        .map((member) => ({ member })),
    );
    expect(asked[1]).toBe((asked[0] ?? 0) + 1);
  });

  it('are none in the end: then it is done', async () => {
    const { start, run, next, rescores } = office(names(3));
    await start(60);
    await run();
    await next(names(3).slice(1));
    expect(await rescores.rescore(7)).toMatchObject({ state: 'running', behind: 1 });
    await next(names(3));
    expect(await rescores.rescore(7)).toMatchObject({ state: 'done', behind: 0 });
  });

  it('are brought along also when they turn up after it was done', async () => {
    const { start, run, next, world, sent, rescores } = office([]);
    await start(60);
    await run();
    expect((await rescores.rescore(7))?.state).toBe('done');
    world.behind = names(1);
    await next();
    expect(sent).toHaveLength(1);
    expect(await rescores.rescore(7)).toMatchObject({ state: 'running', behind: 1, fruitless: 0 });
    await next(names(1));
    expect((await rescores.rescore(7))?.state).toBe('done');
  });

  it('being none, cost no write', async () => {
    const { start, run, next, rescores, counts } = office([]);
    await start(60);
    await run();
    const done = await rescores.rescore(7);
    await next();
    expect(await rescores.rescore(7)).toEqual(done);
    expect(counts).toEqual({});
  });

  it('who do not follow for an hour are let be, until somebody starts it anew', async () => {
    const { start, run, next, rescores, sent, counts } = office(names(2));
    await start(60);
    await run();
    for (let i = 0; i < 11; i++) await next();
    expect(await rescores.rescore(7)).toMatchObject({ state: 'stalled', behind: 2 });
    expect(counts.RescoresStalled).toBe(1);
    const before = sent.length;
    await next();
    expect(sent).toHaveLength(before);
    await start(60);
    await next();
    expect(sent).toHaveLength(before + 2);
  });

  it.each(['paused', 'cancelled', 'stalled'] as const)('are left alone while it is %s', async (state) => {
    const { start, run, rescores, sent } = office(names(3));
    await start(60);
    await rescores.changeRescore(7, ['running'], { state }, 2000);
    await run();
    expect(sent).toEqual([]);
  });

  it('are left to the rescore of the version that is in force, whatever became of others', async () => {
    const { start, run, world, sent, rescores } = office(names(3));
    await start(60);
    world.current = 8;
    await run();
    expect(sent).toEqual([]);
    await start(60, 8);
    await run();
    expect(sent[0]?.message).toEqual({ kind: 'tick', member: 'member-0', model: 8 });
    expect((await rescores.rescore(7))?.behind).toBe(3);
  });

  it('are no matter before anything is published, or where nobody asked for it', async () => {
    const { run, sent, asked } = office(names(3));
    await run();
    expect({ sent, asked }).toEqual({ sent: [], asked: [] });
  });

  it('whose ticks could not be sent are told of by number, and are found again', async () => {
    const { start, run, rescores } = office(names(3), { takes: () => false });
    await start(60);
    await expect(run()).rejects.toThrow(/^3 ticks of a rescore could not be sent/);
    expect((await rescores.rescore(7))?.state).toBe('running');
  });

  it('stay as they are where it is paused while they are looked for', async () => {
    const { start, run, rescores, world } = office(names(3));
    await start(60);
    world.behind = [];
    const looking = run();
    await rescores.changeRescore(7, ['running'], { state: 'paused' }, 2000);
    await looking;
    expect(await rescores.rescore(7)).toMatchObject({ state: 'paused' });
  });
});
