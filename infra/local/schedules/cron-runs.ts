import type { ScheduleBlueprint } from '../template/schedules.ts';

export type CronSchedule = {
  readonly schedule: ScheduleBlueprint;
  /** The first instant after one, epoch ms. */
  readonly next: (after: number) => number | undefined;
};

/** A schedule at one of its instants, epoch ms. */
export type CronRun = { readonly schedule: ScheduleBlueprint; readonly instant: number };

/** Every run after one instant up to and with another, in their order. */
export const runsBetween = (crons: readonly CronSchedule[], after: number, upTo: number): readonly CronRun[] =>
  crons
    .flatMap(({ schedule, next }) => {
      const runs: CronRun[] = [];
      let instant = next(after);
      while (instant !== undefined && instant <= upTo) {
        runs.push({ schedule, instant });
        instant = next(instant);
      }
      return runs;
    })
    .sort((a, b) => a.instant - b.instant);

/** Of each schedule the latest run alone. */
export const latestRuns = (runs: readonly CronRun[]): readonly CronRun[] =>
  runs.filter(({ schedule }, i) => !runs.slice(i + 1).some((later) => later.schedule === schedule));
