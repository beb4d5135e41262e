import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ActivityEvent } from '../../../events/envelope.ts';
import { type PreviewDeps, workOnPreview } from '../../../functions/preview/handler.ts';
import type { PreviewHead } from '../../../shared/aws/preview-store.ts';
import { shardOf } from '../../../shared/kernel/shard.ts';
import { NOTHING_HEARD } from '../../../shared/mailing/heard.ts';
import { previewResult } from '../../../shared/preview/result.ts';
import { added, NO_TALLY } from '../../../shared/preview/tally.ts';
import type { Model } from '../../../shared/scoring/model.ts';
import { current, draft, type Person, people, span, tallyOf } from '../../preview/members.ts';
import { event } from '../../support/given.ts';
import { memoryPreviews } from '../../support/memory-previews.ts';

const PARTS = 3;
const head: PreviewHead = {
  ...{ id: 'p', ...span, lastMonths: 4, current: 1, parts: PARTS, attempt: 1 },
  startedAt: span.at,
  expiresAt: span.at + 1e9,
};
const [crowd = []] = fc.sample(people(60, 60), { numRuns: 1, seed: 3 });

class Crash extends Error {}

/** An organisation of some members, whose clock goes on with each ledger that is read. */
const organisation = async (
  persons: readonly Person[],
  parts: Partial<PreviewDeps> = {},
  msALedger = 500,
  version = 1,
) => {
  let clock = span.at;
  let reads = 0;
  let crashAt = Number.POSITIVE_INFINITY;
  let most = 0;
  const previews = memoryPreviews(() => clock);
  await previews.begin({ ...head, current: version }, draft.model);
  const ledgers = new Map(persons);
  const work = workOnPreview({
    ...previews,
    draft: async (id) => ((await previews.draft(id)) ? draft : undefined),
    modelVersion: async (version) => ({ ...current, version }),
    membersIn: async (part, of, after) => {
      const its = persons.map(([member]) => member).filter((member) => shardOf(member, of) === part);
      const from = after === undefined ? 0 : Number(after);
      return { members: its.slice(from, from + 2), next: from + 2 < its.length ? String(from + 2) : undefined };
    },
    ledger: async (member) => {
      if (++reads === crashAt) throw new Crash();
      clock += msALedger;
      return ledgers.get(member) ?? [];
    },
    choices: async () => undefined,
    heard: async () => NOTHING_HEARD,
    zone: 'Europe/Helsinki',
    keepPart: async (run, part, state) => {
      most = Math.max(most, JSON.stringify(state).length);
      return previews.keepPart(run, part, state);
    },
    now: () => clock,
    ...parts,
  });
  return {
    previews,
    work,
    crashAt: (read: number) => {
      crashAt = reads + read;
    },
    reads: () => reads,
    /** The greatest state that was kept, in bytes. */
    most: () => most,
    /** As the state machine does: each part until it is done, again after a failure. */
    run: async () => {
      for (let part = 0; part < PARTS; part++) {
        for (let done = false; !done; ) {
          done = await work({ id: 'p', at: span.at, part }).catch((error) => {
            if (!(error instanceof Crash)) throw error;
            return false;
          });
        }
      }
    },
    tally: async () => (await previews.parts(head)).map(({ tally }) => tally).reduce(added, NO_TALLY),
  };
};

describe('the parts of a preview', () => {
  it('count everybody as coming from nowhere where no model is in force yet', async () => {
    const modelVersion = async () => {
      throw new Error('There is no version to be read');
    };
    const { run, tally } = await organisation(crowd, { modelVersion }, 500, 0);
    await run();
    const before: Model = { ...draft.model, scores: [], rules: [], journeys: [], messages: [] };
    const result = previewResult(await tally(), { before, after: draft.model, months: 4 });
    expect(result.members).toBe(crowd.length);
    expect(result.moved).toBe(result.journeys.flatMap(({ moves }) => moves).reduce((sum, one) => sum + one.members, 0));
    expect(result.journeys.flatMap(({ moves }) => moves).every(({ from }) => from === null)).toBe(true);
    expect(result.journeys.flatMap(({ stages }) => stages).some(({ after }) => after > 0)).toBe(true);
  });

  it('come together to what everybody at once comes to', async () => {
    const { run, tally, previews } = await organisation(crowd);
    await run();
    expect(await tally()).toEqual(tallyOf(crowd));
    expect((await previews.parts(head)).map(({ done }) => done)).toEqual([true, true, true]);
  });

  it('go on where they were when a call is cut short, whenever that is, and count nobody twice', async () => {
    const whole = tallyOf(crowd);
    for (let read = 1; read <= crowd.length; read += 3) {
      const { run, tally, crashAt, reads } = await organisation(crowd);
      crashAt(read);
      await run();
      expect(await tally()).toEqual(whole);
      // What was kept is not reckoned again: a crash costs a few seconds of work.
      expect(reads()).toBeLessThan(crowd.length + 20);
    }
  });

  it('count nobody twice when two work on them at once', async () => {
    const { work, run, tally } = await organisation(crowd);
    const task = { id: 'p', at: span.at, part: 0 };
    await Promise.all([work(task), work(task), work(task)]);
    await run();
    expect(await tally()).toEqual(tallyOf(crowd));
  });

  it('draw what somebody gets by the id that they had first', async () => {
    const drawnBy = new Map<string, string | undefined>();
    const heard: PreviewDeps['heard'] = async ({ member, firstId }) => {
      drawnBy.set(member, firstId);
      return NOTHING_HEARD;
    };
    const joined = (id: string, days: number, firstId: string | null) =>
      event('member.joined', days, { id, data: { attributes: { firstId } } });
    const ledgers = new Map<string, ActivityEvent[]>([
      ['merged', [joined('earlier', 0, 'older'), joined('later', 1, 'old')]],
      ['mended', [joined('wrong', 0, 'old'), joined('right', 1, null)]],
    ]);
    const { run } = await organisation([...ledgers], { heard });
    await run();
    expect([drawnBy.get('merged'), drawnBy.get('mended')]).toEqual(['old', undefined]);
  });

  it('are worked on for a minute at a time', async () => {
    const { work } = await organisation(crowd, {}, 20_000);
    const task = { id: 'p', at: span.at, part: 1 };
    expect(await work(task)).toBe(false);
  });

  it('are left alone when nobody wants the preview any more, or it was begun anew', async () => {
    const { work, previews, reads } = await organisation(crowd);
    expect(await work({ id: 'p', at: span.at - 1, part: 0 })).toBe(true);
    await previews.remove('p');
    expect(await work({ id: 'p', at: span.at, part: 0 })).toBe(true);
    expect(reads()).toBe(0);
  });

  it('stop in the midst when it is removed', async () => {
    const { work, previews, reads } = await organisation(crowd);
    const run = work({ id: 'p', at: span.at, part: 0 });
    await previews.remove('p');
    expect(await run).toBe(true);
    expect(reads()).toBeLessThan(crowd.length / PARTS);
  });

  it('keep no more of many members than of few', async () => {
    const [few, many] = [await organisation(copies(crowd, 5)), await organisation(copies(crowd, 25))];
    await few.run();
    await many.run();
    expect(many.most()).toBeLessThan(1.25 * few.most());
  });
});

const copies = (persons: readonly Person[], times: number): Person[] =>
  Array.from({ length: times }, (_, i) => persons.map(([member, events]): Person => [`${member}-${i}`, events])).flat();
