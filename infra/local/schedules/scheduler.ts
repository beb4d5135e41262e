import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { arn } from '../template/place.ts';
import type { ScheduleBlueprint } from '../template/schedules.ts';
import { type CronRun, latestRuns, runsBetween } from './cron-runs.ts';
import { readExpression } from './expression.ts';

const DAY = 86_400_000;
/** Lambda tries an asynchronous call three times in all. */
const ATTEMPTS = 3;

export type Scheduler = {
  /** Runs what has come due since the last run by now: each schedule once, its latest instant. */
  readonly runDue: () => Promise<void>;
  /** Runs every rate schedule once. */
  readonly runRates: () => Promise<void>;
  /** Runs every cron schedule at each of its instants since the last run, up to and with one, epoch ms. */
  readonly runCrons: (upTo: number) => Promise<void>;
  /** The first instant of any cron schedule after one, epoch ms. */
  readonly nextCron: (after: number) => number | undefined;
};

export type SchedulerOptions = {
  readonly schedules: readonly ScheduleBlueprint[];
  readonly clock: Clock;
  /** Calls a function by its name. */
  readonly invoke: (name: string, event: unknown) => Promise<unknown>;
};

/** ISO 8601 to the second, in UTC. */
const iso = (instant: number): string => new Date(instant).toISOString().replace(/\.\d+Z$/, 'Z');

const eventOf = ({ name, input }: ScheduleBlueprint, instant: number): unknown =>
  JSON.parse(
    input
      .replaceAll('<aws.scheduler.scheduled-time>', iso(instant))
      .replaceAll('<aws.scheduler.schedule-arn>', arn('scheduler', `schedule/default/${name}`))
      .replaceAll('<aws.scheduler.execution-id>', randomUUID())
      .replaceAll('<aws.scheduler.attempt-number>', '1'),
  );

/** Calls the function of a schedule, again when it fails; its log has the reason. */
const runner =
  (invoke: SchedulerOptions['invoke']) =>
  async (schedule: ScheduleBlueprint, instant: number): Promise<void> => {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const failed = await invoke(schedule.function, eventOf(schedule, instant)).then(
        () => false,
        () => true,
      );
      if (!failed) return;
    }
  };

/** EventBridge Scheduler over the local cloud's clock. */
export const scheduler = ({ schedules, clock, invoke }: SchedulerOptions): Scheduler => {
  const run = runner(invoke);
  const read = schedules.map((schedule) => ({ schedule, ...readExpression(schedule.expression, schedule.zone) }));
  const crons = read.flatMap((one) => (one.kind === 'cron' ? [one] : []));
  const rates = read.flatMap((one) => (one.kind === 'rate' ? [one] : []));
  const ranAt = new Map<string, number>();

  const runRate = async (schedule: ScheduleBlueprint): Promise<void> => {
    const now = clock.now();
    ranAt.set(schedule.name, now);
    await run(schedule, now);
  };
  const runAll = async (runs: readonly CronRun[]): Promise<void> => {
    for (const { schedule, instant } of runs) {
      await run(schedule, instant);
      clock.markRun(instant);
    }
  };

  return {
    nextCron: (after) => {
      const instants = crons.flatMap(({ next }) => next(after) ?? []);
      return instants.length > 0 ? Math.min(...instants) : undefined;
    },
    runRates: async () => {
      for (const { schedule } of rates) await runRate(schedule);
    },
    runCrons: (upTo) => runAll(runsBetween(crons, clock.ranUpTo(), upTo)),
    runDue: async () => {
      const now = clock.now();
      for (const { schedule, every } of rates) {
        const last = ranAt.get(schedule.name);
        if (last === undefined || now - last >= every) await runRate(schedule);
      }
      const due = runsBetween(crons, clock.ranUpTo(), now);
      await runAll(latestRuns(due).filter(({ instant }) => now - instant < DAY));
      // Marked even where nothing ran, so that what is too late is not looked at again.
      const last = due.at(-1);
      if (last) clock.markRun(last.instant);
    },
  };
};
