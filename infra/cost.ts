import { KB_OF_EVENT, PRICES } from '../shared/kernel/prices.ts';

/** What an organisation does in a month, as far as it costs. */
export type Month = {
  readonly members: number;
  readonly events: number;
  /** Events that are scored together: those of about one second. */
  readonly batch: number;
  /** Changes of stage. */
  readonly moves: number;
  /** Mails to members, to owners, and digests. */
  readonly mails: number;
  /** Members whom time alone moves, and whose next due instant is written. */
  readonly ticks: number;
  /** Questions of staff and their tools. */
  readonly lookups: number;
};

/** Ten events, half a change of stage and half a mail a member, one tick; an owner for each 500 members. */
export const monthOf = (members: number): Month => {
  const events = 10 * members;
  const owners = members / 500;
  return {
    members,
    events,
    batch: Math.max(1, events / 2_592_000),
    moves: 0.5 * members,
    mails: 0.5 * members + 4.3 * owners,
    ticks: members,
    lookups: 200 * owners,
  };
};

type Line = {
  readonly of: string;
  readonly unit: string;
  /** Dollars for one unit: list prices of us-east-1, November 2026. */
  readonly price: number;
  readonly units: (month: Month) => number;
};

/**
 * What a mail takes of DynamoDB, from the effect to the report of its delivery: measured by a test.
 * Writes: the claim, its entry in the index by tag, and its mark; what the member was written; a place in the rate of
 * the second; what became of it; the counts of the day and of the hour, for some mails at a time.
 * Reads: the snapshot, what the member chose, what outlived an erasure (by id and by address), whether they
 * are erased (before it and after it), what was noted of the address, what they were written; the hours of the day's
 * quota, for 50 mails at a time; the claim, for each report.
 */
export const UNITS_OF_A_MAIL = { writes: 6.5, reads: 11 };

const MILLION = 1_000_000;
const HOURS = 730;

const scored = ({ events, ticks, batch }: Month) => (events + ticks) / batch;
/** Deliveries come in batches as well, of up to ten. */
const delivered = ({ moves, mails, batch }: Month) => (moves + mails) / Math.min(10, batch);
/** Of each mail SES reports twice, as a rule: taken, and delivered. Heard in batches of five seconds, of up to ten. */
const reports = ({ mails }: Month) => 2 * mails;
const heard = (month: Month) => reports(month) / Math.min(10, Math.max(1, (5 * reports(month)) / 2_592_000));
const invocations = (month: Month) =>
  month.events + scored(month) + delivered(month) + heard(month) + month.lookups + 12 * HOURS;
/** Of a member 2 KB are kept beside the events. Two years of events. */
const gigabytes = ({ members, events }: Month) => (24 * events * KB_OF_EVENT + members * 2) / MILLION;

const lines: readonly Line[] = [
  { of: 'HTTP API', unit: 'million requests', price: 1, units: ({ events, lookups }) => (events + lookups) / MILLION },
  {
    of: 'SQS',
    unit: 'million requests',
    price: 0.4,
    // Sent one by one; received and deleted in batches; the rest is the pollers of three idle queues.
    units: (month) =>
      (month.events +
        month.ticks / 10 +
        month.moves +
        month.mails +
        reports(month) +
        2 * (scored(month) + delivered(month) + heard(month))) /
        MILLION +
      1.95,
  },
  {
    of: 'Lambda, requests',
    unit: 'million',
    price: 0.2,
    units: (month) => invocations(month) / MILLION,
  },
  {
    of: 'Lambda, time (arm64)',
    unit: 'million GB-s',
    price: PRICES.millionGbSeconds,
    // ingest 25 ms at 0.5 GB; score 20 ms a batch and 1 ms an event at 1 GB; deliver 100 ms a mail and feedback 30 ms a
    // batch at 0.5 GB.
    units: (month) =>
      (month.events * 0.0125 +
        scored(month) * 0.02 +
        (month.events + month.ticks) * 0.001 +
        (month.moves + month.mails) * 0.05 +
        heard(month) * 0.015 +
        month.lookups * 0.1 +
        12 * HOURS * 0.5) /
      MILLION,
  },
  {
    of: 'DynamoDB, writes',
    unit: 'million units',
    price: PRICES.millionWriteUnits,
    // The event and the snapshot; a snapshot and its move in the due index; a place and its move in the stage index.
    units: ({ events, ticks, moves, mails }) =>
      (2 * events + 3 * ticks + 3 * moves + UNITS_OF_A_MAIL.writes * mails) / MILLION,
  },
  {
    of: 'DynamoDB, reads',
    unit: 'million units',
    price: PRICES.millionReadUnits,
    // The snapshot, for each commit and lookup; 12 times an hour the sweep’s 16 shards, which model is in force, and the
    // 8 shards of whom it has left behind.
    units: ({ events, ticks, mails, lookups }) =>
      (events + ticks + UNITS_OF_A_MAIL.reads * mails + 10 * lookups + 12 * HOURS * (16 * 0.5 + 8 * 0.5 + 2)) / MILLION,
  },
  { of: 'DynamoDB, storage after two years', unit: 'GB', price: 0.25, units: gigabytes },
  { of: 'DynamoDB, point-in-time recovery', unit: 'GB', price: 0.2, units: gigabytes },
  { of: 'SNS', unit: 'million requests', price: 0.5, units: (month) => reports(month) / MILLION },
  { of: 'KMS', unit: 'key', price: 1, units: () => 1 },
  { of: 'SES', unit: 'thousand mails', price: PRICES.thousandMails, units: ({ mails }) => mails / 1000 },
  {
    of: 'Logs',
    unit: 'GB',
    price: 0.5,
    // An access log line of 0.3 KB; a line of counts of 0.5 KB for each call.
    units: (month) => (month.events * 0.3 + invocations(month) * 0.5) / MILLION,
  },
  {
    of: 'X-Ray',
    unit: 'million traces',
    price: 5,
    // Of each function one call a second and 5 % of the others.
    units: (month) =>
      [month.events, scored(month), delivered(month), heard(month)]
        .map((calls) => Math.min(calls, 2_592_000) + 0.05 * Math.max(0, calls - 2_592_000))
        .reduce((sum, traces) => sum + traces, 0) / MILLION,
  },
  { of: 'Alarms', unit: 'alarms', price: 0.1, units: () => 35 },
  { of: 'Counts (custom metrics)', unit: 'metrics', price: 0.3, units: () => 22 },
  { of: 'Dashboard', unit: 'page', price: 3, units: () => 1 },
];

const rounded = (value: number) => (value >= 100 ? value.toFixed(0) : value.toFixed(2));

/** The costs of a month, line by line, as a table in Markdown. No free tier is counted. */
export const costTable = (sizes: readonly number[]): string => {
  const months = sizes.map(monthOf);
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const headings = sizes.flatMap((size) => [`${size.toLocaleString('en')} members`, '$']);
  const sums = months.map((month) => lines.reduce((sum, { price, units }) => sum + price * units(month), 0));
  return [
    row(['a month', 'unit', '$ a unit', ...headings]),
    row(['---', '---', '---:', ...headings.map(() => '---:')]),
    ...lines.map(({ of, unit, price, units }) =>
      row([of, unit, String(price), ...months.flatMap((m) => [rounded(units(m)), rounded(price * units(m))])]),
    ),
    row(['**Together**', '', '', ...sums.flatMap((sum) => ['', `**${rounded(sum)}**`])]),
  ].join('\n');
};

/** What it takes to read a member and reckon the change on one core, ms: see `npm run bench:preview`. */
const MS_TO_PREVIEW = 18;
/** KB that a unit reads, when it must be the latest and when it need not. */
const [KB_LATEST, KB_ANY] = [4, 8];

/** Dollars for one preview of a draft, with two years of ten events a month for each member. */
export const previewCost = (members: number): number => {
  const kilobytes = 24 * 10 * KB_OF_EVENT;
  const reads = members * (kilobytes / KB_ANY + kilobytes / KB_LATEST);
  const gbSeconds = (members * MS_TO_PREVIEW * 1.769) / 1000;
  return (reads * PRICES.millionReadUnits + gbSeconds * PRICES.millionGbSeconds) / MILLION;
};
