import type { PreviewResult } from '../../../shared/api/previews.ts';
import type { Cell, Paper } from './paper.ts';

const right = (text: string | number): Cell => ({ text: String(text), right: true });
const dim = (text: string, right: boolean): Cell => ({ text, style: 'dim', right });

/** Why a message would not have gone out. */
const reasons: Readonly<Record<string, string>> = {
  'no-consent': 'had not agreed to it',
  'opted-out': 'had said no',
  paused: 'had asked for a pause',
  'no-address': 'have no address',
};

const withheld = ({ after }: PreviewResult['messages'][number]['withheld']): string =>
  Object.entries(after)
    .map(([why, count]) => `${count} ${reasons[why] ?? why}`)
    .join(', ');

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
        [...head('message'), dim('of the draft, not sent', false)],
        ...result.messages.map((one) => [one.message, right(one.before), right(one.after), withheld(one.withheld)]),
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
