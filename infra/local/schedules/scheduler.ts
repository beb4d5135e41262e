import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { arn } from '../template/place.ts';
import type { ScheduleBlueprint } from '../template/schedules.ts';
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

/** EventBridge Scheduler over the local cloud's clock. */
export const scheduler = ({ schedules, clock, invoke }: SchedulerOptions): Scheduler => {
  const read = schedules.map((schedule) => ({
    schedule,
    expression: readExpression(schedule.expression, schedule.zone),
  }));
  const crons = read.flatMap(({ schedule, expression }) =>
    expression.kind === 'cron' ? [{ schedule, next: expression.next }] : [],
  );
  const rates = read.flatMap(({ schedule, expression }) =>
    expression.kind === 'rate' ? [{ schedule, every: expression.every }] : [],
  );
  const ranAt = new Map<string, number>();

  const run = async (schedule: ScheduleBlueprint, instant: number): Promise<void> => {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try {
        await invoke(schedule.function, eventOf(schedule, instant));
        return;
      } catch {
        // The function's log has it.
      }
    }
  };
  const runRate = async (schedule: ScheduleBlueprint): Promise<void> => {
    ranAt.set(schedule.name, clock.now());
    await run(schedule, clock.now());
  };
  const dueUpTo = (upTo: number) =>
    crons
      .flatMap(({ schedule, next }) => {
        const instants: { schedule: ScheduleBlueprint; instant: number }[] = [];
        let instant = next(clock.ranUpTo());
        while (instant !== undefined && instant <= upTo) {
          instants.push({ schedule, instant });
          instant = next(instant);
        }
        return instants;
      })
      .sort((a, b) => a.instant - b.instant);

  const nextCron = (after: number): number | undefined => {
    const instants = crons.flatMap(({ next }) => next(after) ?? []);
    return instants.length > 0 ? Math.min(...instants) : undefined;
  };

  const runAll = async (due: ReturnType<typeof dueUpTo>): Promise<void> => {
    for (const { schedule, instant } of due) {
      await run(schedule, instant);
      clock.markRun(instant);
    }
  };

  return {
    nextCron,
    runRates: async () => {
      for (const { schedule } of rates) await runRate(schedule);
    },
    runCrons: (upTo) => runAll(dueUpTo(upTo)),
    runDue: async () => {
      const now = clock.now();
      for (const { schedule, every } of rates) {
        const last = ranAt.get(schedule.name);
        if (last === undefined || now - last >= every) await runRate(schedule);
      }
      const due = dueUpTo(now);
      const latest = due.filter(
        ({ schedule, instant }, i) =>
          !due.slice(i + 1).some((later) => later.schedule === schedule) && now - instant < DAY,
      );
      await runAll(latest);
      // Marked even where nothing ran, so that what is too late is not looked at again.
      const last = due.at(-1);
      if (last) clock.markRun(last.instant);
    },
  };
};
