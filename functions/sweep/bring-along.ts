import type { ActivityMessage } from '../../events/activity-message.ts';
import type { Count } from '../../shared/lambda/metrics.ts';
import { type Progress, progressed, type Rescore, type RescoreState } from '../../shared/model/rescore.ts';

export type BringAlongDeps = {
  /** The version of the model in force; undefined before there is one. */
  readonly currentVersion: () => Promise<number | undefined>;
  readonly rescore: (version: number) => Promise<Rescore | undefined>;
  /** Pages of members whom an older model's snapshot stands for, from a shard on. */
  readonly behind: (version: number, firstShard: number) => AsyncIterable<readonly string[]>;
  /** For each message in order whether it is in the queue for certain. `delayOf` its index, in seconds. */
  readonly send: (
    messages: readonly ActivityMessage[],
    delayOf?: (index: number) => number,
  ) => Promise<readonly boolean[]>;
  /** Notes what a look has found, if the rescore is in one of these states still. `at` in epoch ms. */
  readonly changeRescore: (
    version: number,
    from: readonly RescoreState[],
    progress: Progress,
    at: number,
  ) => Promise<boolean>;
  readonly count: Count;
  /** How often this runs, in minutes. */
  readonly every: number;
  /** Epoch ms. */
  readonly now: () => number;
};

/** Ticks as many of those left behind as the pace allows until the next run, evenly spread. */
const tickSome = async ({ behind, send, every, now }: BringAlongDeps, { version, pace }: Rescore) => {
  const most = pace * every;
  const turn = Math.floor(now() / (every * 60_000));
  let [found, picked, unsent] = [0, 0, 0];
  for await (const members of behind(version, turn)) {
    found += members.length;
    const before = picked;
    const some = members.slice(0, most - before);
    picked += some.length;
    if (some.length === 0) continue;
    const sent = await send(
      some.map((member) => ({ kind: 'tick', member, model: version })),
      (index) => Math.floor(((before + index) * 60) / pace),
    );
    unsent += sent.filter((one) => !one).length;
  }
  return { found, ticked: picked - unsent, unsent };
};

/** Done is not the end: a worker that knew of the new model late may leave somebody behind even then. */
const WATCHED = ['running', 'done'] as const;

/**
 * Brings silent members to the model in force, unless its rescore was stopped. Nothing is remembered of whom it has
 * ticked: whoever has not followed is found again, so a run that breaks off, or comes twice, does no harm.
 * @throws when some ticks could not be sent, after all the others were
 */
export const bringAlong = (deps: BringAlongDeps) => async (): Promise<void> => {
  const { currentVersion, rescore, changeRescore, count, now } = deps;
  const version = await currentVersion();
  const before = version === undefined ? undefined : await rescore(version);
  if (!before || !WATCHED.some((state) => state === before.state)) return;
  const { found, ticked, unsent } = await tickSome(deps, before);
  if (ticked > 0) count('RescoreTicks', ticked);
  const after = progressed(before, found);
  if (before.state !== after.state || before.behind !== found || before.fruitless !== after.fruitless) {
    const noted = await changeRescore(before.version, WATCHED, after, now());
    if (noted && after.state === 'stalled') count('RescoresStalled', 1);
  }
  if (unsent > 0) throw new Error(`${unsent} ticks of a rescore could not be sent; the next sweep sends them`);
};
