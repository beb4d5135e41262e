import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Effect } from '../../../events/effect.ts';
import type { ActivityEvent } from '../../../events/envelope.ts';
import { canonicalJson } from '../../../shared/kernel/json.ts';
import type { QueueRecord } from '../../../shared/lambda/queue-handler.ts';
import { fold } from '../../../shared/scoring/fold.ts';
import { Crash, type Fate, faulty } from '../../support/faulty-store.ts';
import { day, event, model } from '../../support/given.ts';
import { memoryMemberStore } from '../../support/memory-member-store.ts';
import { activity, scorer, tick } from '../../support/pipeline.ts';

const club = model();
const MEMBERS = ['maija', 'ola'];

const world = () => {
  const effects: Effect[] = [];
  const ports = {
    ...memoryMemberStore(),
    sendEffects: async (list: readonly Effect[]) => {
      effects.push(...list);
      return list.map(() => true);
    },
  };
  return { ports, effects };
};

/** Runs one worker on a batch; answers with the messages that come back, all of them if it crashed. */
const runWorker = async (
  { ports }: ReturnType<typeof world>,
  batch: readonly QueueRecord[],
  today: number,
  fateOf: (call: string) => Promise<Fate>,
): Promise<QueueRecord[]> => {
  const worker = faulty(ports, fateOf);
  const polku = scorer({ store: worker.ports, sendEffects: worker.ports.sendEffects });
  try {
    const failed = await Promise.race([polku.on(today, ...batch), worker.crashed]);
    return batch.filter(({ messageId }) => failed.has(messageId));
  } catch (error) {
    if (error instanceof Crash || (error instanceof Error && error.message === 'no answer')) return [...batch];
    throw error;
  }
};

/** What must hold when all is quiet: each accepted event counted once, and everything told that was decided. */
const expectExactlyOnce = async ({ ports, effects }: ReturnType<typeof world>, events: readonly ActivityEvent[]) => {
  for (const member of MEMBERS) {
    const its = events.filter((one) => one.member === member);
    const snapshot = await ports.read(member);
    expect((await ports.ledger(member)).length).toBe(its.length);
    if (its.length === 0) continue;
    expect(canonicalJson(snapshot?.standing ?? {})).toBe(canonicalJson(fold(club, its)));
    const moves = new Map(
      effects.flatMap((one) => (one.member === member && one.kind === 'move' ? [[one.id, one] as const] : [])),
    );
    for (const [journey, told] of Object.entries(snapshot?.announced ?? {})) {
      const sequences = Array.from({ length: told.sequence }, (_, i) => `${journey}#${i + 1}#move`);
      expect([...moves.keys()]).toEqual(expect.arrayContaining(sequences));
      expect(moves.get(`${journey}#${told.sequence}#move`)?.stage ?? null).toBe(told.stage);
    }
  }
  // One id is one decision: whoever claims it may take any copy.
  for (const [, copies] of Map.groupBy(effects, ({ member, id }) => `${member} ${id}`)) {
    expect(new Set(copies.map((copy) => canonicalJson(copy))).size).toBe(1);
  }
};

const well = async (): Promise<Fate> => 'well';

describe('a crash of the scorer', () => {
  const events = [
    event('member.joined', 0),
    event('event.attended', 1),
    event('event.attended', 1.5),
    { ...event('member.joined', 1), member: 'ola' },
  ];
  const late = event('site.visited', 0.5);
  /** A batch on the fast path, one on the slow path, and a tick. */
  const batches = () => [
    events.slice(0, 2).map(activity),
    [...events.slice(2), late].map(activity),
    [tick(), tick('ola')],
  ];
  const all = [...events, late];

  /** Plays the batches, the how-manieth call meeting its fate; tells how many calls there were. */
  const play = async (fates: ReadonlyMap<number, Fate>): Promise<number> => {
    const so = world();
    let calls = 0;
    const fateOf = async () => fates.get(calls++) ?? 'well';
    for (const batch of batches()) {
      let open: readonly QueueRecord[] = batch;
      for (let tries = 0; open.length > 0; tries++) {
        expect(tries, 'the batch must go through').toBeLessThan(10);
        open = await runWorker(so, open, 2, fateOf);
      }
    }
    await expectExactlyOnce(so, all);
    return calls;
  };

  it.each(['crash-before', 'crash-after', 'answer-lost', 'not-run'] as const)(
    'or another fault at any single call leaves nothing lost and nothing counted twice: %s',
    async (fate) => {
      const calls = await play(new Map());
      expect(calls).toBeGreaterThan(8);
      for (let at = 0; at < calls; at++) await play(new Map([[at, fate]]));
    },
  );

  it('at any two calls neither', async () => {
    const calls = (await play(new Map())) + 4;
    for (let a = 0; a < calls; a++) {
      for (let b = a + 1; b < calls; b++) {
        await play(
          new Map<number, Fate>([
            [a, 'crash-after'],
            [b, 'crash-before'],
          ]),
        );
      }
    }
  });
});

const someEvents = fc.uniqueArray(
  fc.record({
    member: fc.constantFrom(...MEMBERS),
    type: fc.constantFrom('member.joined', 'event.attended', 'site.visited', 'member.left', 'payment.failed'),
    id: fc.integer({ min: 0, max: 30 }).map(String),
    days: fc.integer({ min: 0, max: 12 }),
  }),
  { minLength: 1, maxLength: 14, selector: ({ member, id }) => `${member}#${id}` },
);

describe('several scorers at once', () => {
  it(
    'count each event once under duplicates, disorder, crashes and lost answers',
    () =>
      fc.assert(
        fc.asyncProperty(someEvents, fc.infiniteStream(fc.nat({ max: 99 })), async (drawn, dice) => {
          const throwDie = () => dice.next().value ?? 0;
          const events = drawn.map(({ member, type, id, days }) => event(type, days, { member, id }));
          const so = world();
          let faults = 25;
          const waiting: (() => void)[] = [];
          const fateOf = async (): Promise<Fate> => {
            await new Promise<void>((go) => waiting.push(go));
            if (faults === 0 || throwDie() >= 12) return 'well';
            faults--;
            return (['crash-before', 'crash-after', 'answer-lost', 'not-run'] as const)[throwDie() % 4] ?? 'well';
          };
          const queue = events.flatMap((one) =>
            Array.from({ length: 1 + (throwDie() % 3 === 0 ? 1 : 0) }, () => activity(one)),
          );
          queue.push(...MEMBERS.map((member) => tick(member)));
          let working = 0;
          for (let step = 0; queue.length > 0 || working > 0; step++) {
            expect(step, 'the queue must empty').toBeLessThan(20_000);
            if (queue.length > 0 && working < 3) {
              const batch = Array.from({ length: 1 + (throwDie() % 4) }, () =>
                queue.splice(throwDie() % Math.max(queue.length, 1), 1),
              ).flat();
              working++;
              void runWorker(so, batch, 13, fateOf).then((again) => {
                queue.push(...again);
                working--;
              });
            }
            await new Promise(setImmediate);
            waiting.splice(throwDie() % Math.max(waiting.length, 1), 1)[0]?.();
          }
          // One quiet look at everybody, as the next sweep gives it.
          const last = MEMBERS.map((member) => tick(member));
          expect(await runWorker(so, last, 13.5, well)).toEqual([]);
          await expectExactlyOnce(so, events);
          expect(so.effects.every(({ decidedAt }) => decidedAt >= day(0))).toBe(true);
        }),
        { numRuns: 300 },
      ),
    60_000,
  );
});
