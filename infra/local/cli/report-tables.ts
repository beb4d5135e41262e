import type { Report, ReportResult } from '../../../shared/api/reports.ts';
import type { Cell, Paper } from './paper.ts';

type ArmResult = ReportResult['explored'][number]['arms'][number];

const right = (text: string | number): Cell => ({ text: String(text), right: true });
const heads = (...texts: readonly string[]): Cell[] => texts.map((text, i) => ({ text, style: 'dim', right: i > 0 }));

const share = (of: number): string => `${(of * 100).toFixed(1)} %`;
/** Points of a hundred, with a sign that needs no colour. */
const points = (of: number): string => `${of < 0 ? '−' : '+'}${Math.abs(of * 100).toFixed(1)}`;

const rate = ({ people, hits }: ArmResult): Cell => right(people === 0 ? '–' : share(hits / people));
const interval = ({ difference }: ArmResult): Cell =>
  right(difference ? `${points(difference.difference)} (${points(difference.low)} to ${points(difference.high)})` : '');

const names: Readonly<Record<string, string>> = { 'held-out': 'held out', letter: 'the letter' };
const nameOf = (arm: string): string => names[arm] ?? `variant ${arm}`;

const success = ({ outcome, journey, in: stages = [] }: NonNullable<ReportResult['success']>): string =>
  outcome === undefined ? `stands in ${stages.join(' or ')} on ${journey}` : outcome;

const writeMails = ({ line, table }: Paper, { arms }: ReportResult): void => {
  line();
  line('Mails', 'bold');
  const counts = ['sent', 'delivered', 'bounced', 'complained', 'clicked', 'unsent', 'withheld'] as const;
  table(
    [
      heads('', 'people', ...counts),
      ...arms.map(({ arm, people, mails }) => [nameOf(arm), right(people), ...counts.map((of) => right(mails[of]))]),
    ],
    '  ',
  );
};

const writeSuccess = ({ line, table }: Paper, result: ReportResult): void => {
  const { success: its, comparedWith } = result;
  if (!its) return;
  line();
  line(`What it is for: ${success(its)}, within ${its.within}`, 'bold');
  for (const { arm, verdict } of its.arms) if (verdict) line(`  ${nameOf(arm)}: ${verdict.says}`, 'bold');
  table(
    [
      heads('', 'people', 'of whom', 'share', `more than ${nameOf(comparedWith ?? '')}, of 100`),
      ...its.arms.map((one) => [nameOf(one.arm), right(one.people), right(one.hits), rate(one), interval(one)]),
    ],
    '  ',
  );
  line(`  ${its.waiting} people whose time is not up yet are not in this.`);
};

const words: Readonly<Record<ReportResult['explored'][number]['kind'], string>> = {
  outcome: '',
  forward: 'went forward on ',
  back: 'went back on ',
};

const writeExplored = ({ line, table }: Paper, { explored }: ReportResult): void => {
  if (explored.length === 0) return;
  line();
  line('What else happened: to look at, not to decide by', 'bold');
  for (const within of [...new Set(explored.map((one) => one.within))].sort()) {
    const rows = explored
      .filter((one) => one.within === within)
      .flatMap(({ kind, name, arms }) =>
        arms.map((one, i) => [
          i === 0 ? words[kind] + name : '',
          nameOf(one.arm),
          right(`${one.hits} of ${one.people}`),
          rate(one),
          interval(one),
        ]),
      );
    table([[{ text: `within ${within}`, style: 'dim' }, '', '', '', ''], ...rows], '  ');
  }
};

/** A report for people: what was sent, whether it helped, and what else happened. */
export const writeReport = (paper: Paper, { message, at, current }: Report, result: ReportResult): void => {
  const { line, date } = paper;
  const about = message === null ? 'Everything that some are held out of' : `Message ${message}`;
  line(`${about}, as of ${date(at)}, by version ${current} of the model.`);
  line(
    `${result.people} of ${result.members} people have had a part in it${result.since ? ` since ${result.since}` : ''}.`,
  );
  writeMails(paper, result);
  writeSuccess(paper, result);
  writeExplored(paper, result);
  line();
  if (result.comparedWith === null)
    line('Nobody is held out, so nobody can tell whether it helps: give the message an `experiment`.');
  else line(`Intervals hold the truth with a likelihood of ${share(result.level)}.`);
};
