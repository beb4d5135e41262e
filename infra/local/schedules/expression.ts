import { Cron } from 'croner';

const units: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

export type Expression =
  /** Every so many ms. */
  | { readonly kind: 'rate'; readonly every: number }
  /** The first instant after one, epoch ms; undefined: never again. */
  | { readonly kind: 'cron'; readonly next: (after: number) => number | undefined };

const rate = (text: string): Expression => {
  const [, count, unit = ''] = /^(\d+) (minute|hour|day)s?$/.exec(text) ?? [];
  const length = units[unit];
  if (!count || !length) throw new Error(`Not a rate: ${text}`);
  return { kind: 'rate', every: Number(count) * length };
};

/**
 * Six fields as EventBridge Scheduler has them: minute, hour, day of the month, month, day of the week (1 is Sunday),
 * year. Source: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
const cron = (text: string, zone: string): Expression => {
  const fields = text.trim().split(/\s+/);
  if (fields.length !== 6) throw new Error(`Not a cron expression of six fields: ${text}`);
  const pattern = `0 ${fields.join(' ').replaceAll('?', '*')}`;
  const job = new Cron(pattern, { timezone: zone, paused: true, mode: '7-part', alternativeWeekdays: true });
  return { kind: 'cron', next: (after) => job.nextRun(new Date(after))?.getTime() };
};

/** Reads `rate(…)` or `cron(…)` in a time zone, by its IANA name. Throws on any other form. */
export const readExpression = (text: string, zone: string): Expression => {
  const [, kind, inside = ''] = /^(rate|cron)\((.*)\)$/.exec(text) ?? [];
  if (kind === 'rate') return rate(inside);
  if (kind === 'cron') return cron(inside, zone);
  throw new Error(`The local cloud runs rate and cron schedules, not ${text}`);
};
