import type { PreviewResult } from '../../../shared/api/previews.ts';
import type { Cell, Paper } from './paper.ts';
import { whyLater, whyNotSent } from './post-words.ts';

const right = (text: string | number): Cell => ({ text: String(text), right: true });
const dim = (text: string, right: boolean): Cell => ({ text, style: 'dim', right });

const listed = (counts: Readonly<Record<string, number>>, words: (code: string) => string): string =>
  Object.entries(counts)
    .map(([code, count]) => `${count} ${words(code)}`)
    .join(', ');

/** What became otherwise of a message than that it went at once, by the draft. */
const otherwise = (message: PreviewResult['messages'][number]): string =>
  [
    ...[listed(message.withheld.after, whyNotSent)].filter((text) => text !== '').map((text) => `not sent: ${text}`),
    ...[listed(message.held.after, whyLater)].filter((text) => text !== '').map((text) => `later: ${text}`),
    ...(message.waiting.after > 0 ? [`still waiting: ${message.waiting.after}`] : []),
  ].join('; ');

type Weeks = PreviewResult['alerts'][number]['weeks'];

/** All of them together, week by week. */
const writeWeeks = ({ table, line }: Paper, kinds: readonly { readonly weeks: Weeks }[]): void => {
  const all = kinds.flatMap(({ weeks }) => weeks);
  const weeks = [...Map.groupBy(all, ({ week }) => week)].sort(([a], [b]) => (a < b ? -1 : 1));
  if (weeks.length === 0) return;
  const sum = (list: Weeks, which: 'before' | 'after') => list.reduce((total, one) => total + one[which], 0);
  line('  Week by week, from its Monday', 'dim');
  table(
    [
      [dim('week', false), dim('now', true), dim('draft', true)],
      ...weeks.map(([week, list]) => [week, right(sum(list, 'before')), right(sum(list, 'after'))]),
    ],
    '  ',
  );
};

const writeCost = ({ line }: Paper, { cost, busiestDay: { after } }: PreviewResult): void => {
  const { rescore, mailsAMonth: mails } = cost;
  line();
  line('What it would cost, by list prices', 'bold');
  line(
    `  To bring everybody to it: ${rescore.writeUnits} write units and ${rescore.readUnits} read units, $${rescore.dollars.toFixed(2)}.`,
  );
  line(
    `  Mails a month: ${mails.before} ($${mails.dollarsBefore.toFixed(2)}) → ${mails.after} ($${mails.dollarsAfter.toFixed(2)}).`,
  );
  if (after) line(`  The busiest day would have had ${after.messages} messages: ${after.date}.`);
};

/** What publishing the draft would send at once, if it were announced. */
export const writeAnnouncement = ({ line, table }: Paper, { announcement }: PreviewResult): void => {
  const { members, messages, alerts } = announcement;
  const rows = [
    ...messages.map(({ message, now, later, withheld }): Cell[] => [
      `message ${message}`,
      right(now + later),
      ...(later > 0 ? [`${later} of them later`] : []),
      ...[listed(withheld, whyNotSent)].filter((text) => text !== '').map((text) => `not sent: ${text}`),
    ]),
    ...alerts.map(({ journey, stage, count }): Cell[] => [`notice on ${journey}: ${stage}`, right(count)]),
  ];
  if (rows.length === 0) line('  Nothing: it moves nobody to a stage with a message or a notice.');
  else {
    line(`  ${members === 1 ? 'One member' : `${members} members`} would be written to.`);
    table(rows, '  ');
  }
};

/** Which messages and alerts would have gone out in that time, and what they cost. */
export const writeMails = (paper: Paper, result: PreviewResult): void => {
  const { line, table } = paper;
  const head = (what: string): Cell[] => [dim(what, false), dim('now', true), dim('draft', true)];
  line();
  line('Messages to members in that time', 'bold');
  if (result.messages.length === 0) line('  There are none.');
  else
    table(
      [
        [...head('message'), dim('of the draft’s', false)],
        ...result.messages.map((one) => [one.message, right(one.before), right(one.after), otherwise(one)]),
      ],
      '  ',
    );
  writeWeeks(paper, result.messages);
  line();
  line('Notices to owners in that time', 'bold');
  if (result.alerts.length === 0) line('  There are none.');
  else
    table(
      [
        head('on entering'),
        ...result.alerts.map(({ journey, stage, before, after }) => [
          `${journey}: ${stage}`,
          right(before),
          right(after),
        ]),
      ],
      '  ',
    );
  writeWeeks(paper, result.alerts);
  writeCost(paper, result);
};
