import type { Distribution, Preview, PreviewResult } from '../../../shared/api/previews.ts';
import type { Cell, Paper } from './paper.ts';
import { plain } from './paper.ts';
import { writeAnnouncement, writeMails } from './preview-mails.ts';

const right = (text: string | number): Cell => ({ text: String(text), right: true });
const heads = (...texts: readonly string[]): Cell[] => texts.map((text, i) => ({ text, style: 'dim', right: i > 0 }));

/** What changed, in words that need no colour: `12 → 34 (+22)`. */
const change = (before: number, after: number): Cell => {
  const by = after - before;
  const sign = by > 0 ? '+' : '−';
  return right(by === 0 ? '±0' : `${sign}${Math.abs(by)}`);
};

const nameOf = (stage: string | null): string => stage ?? '(not on it)';
/** Wider than this, a matrix is read more easily as a list. */
const WIDEST = 100;

type Journey = PreviewResult['journeys'][number];

/** Who stands where by the model in force, down; where by the draft, across. */
const writeMoves = ({ line, table }: Paper, { stages, moves }: Journey): void => {
  const moved = (from: string | null, to: string | null): number =>
    moves.find((move) => move.from === from && move.to === to)?.members ?? 0;
  const stays = (stage: string | null): number =>
    (stages.find((one) => one.stage === stage)?.before ?? 0) -
    stages.reduce((sum, other) => sum + (other.stage === stage ? 0 : moved(stage, other.stage)), 0);
  const names = stages.map(({ stage }) => nameOf(stage));
  const width = names.reduce((sum, name) => sum + name.length + 2, Math.max(...names.map((name) => name.length)));
  line('  Moves: a row for where they stand now, a column for where the draft puts them', 'dim');
  if (width > WIDEST) {
    table(
      moves.map(({ from, to, members }) => [`${nameOf(from)} → ${nameOf(to)}`, right(members)]),
      '    ',
    );
    return;
  }
  table(
    [
      heads('', ...names),
      ...stages.map(({ stage }) => [
        nameOf(stage),
        ...stages.map((to) => {
          const members = to.stage === stage ? stays(stage) : moved(stage, to.stage);
          return right(members === 0 ? '·' : members);
        }),
      ]),
    ],
    '    ',
  );
};

const writeJourney = (paper: Paper, journey: Journey): void => {
  paper.line();
  paper.line(`Journey ${journey.journey}`, 'bold');
  paper.table(
    [
      heads('stage', 'now', 'draft', 'change'),
      ...journey.stages.map(({ stage, before, after }) => [
        nameOf(stage),
        right(before),
        right(after),
        change(before, after),
      ]),
    ],
    '  ',
  );
  if (journey.moves.length > 0) writeMoves(paper, journey);
  else paper.line('  Nobody moves.');
};

const BAR = 24;
const bars = (members: number, most: number): string => '█'.repeat(most === 0 ? 0 : Math.ceil((members / most) * BAR));

const quantiles = ({ quantiles }: Distribution, number: Paper['number']): Cell[] =>
  (['p10', 'p25', 'p50', 'p75', 'p90', 'p99'] as const).map((name) => right(quantiles ? number(quantiles[name]) : '–'));

const writeScore = (paper: Paper, { score, before, after }: PreviewResult['scores'][number]): void => {
  const classes = [...new Set([...before.classes, ...after.classes].map(({ from }) => from))].sort((a, b) => a - b);
  const members = (of: Distribution, from: number) => of.classes.find((one) => one.from === from)?.members ?? 0;
  const most = Math.max(...classes.flatMap((from) => [members(before, from), members(after, from)]));
  paper.line();
  paper.line(`Score ${score}`, 'bold');
  paper.table(
    [
      heads('from', 'now', 'draft', 'change').concat({ text: 'draft', style: 'dim' }),
      ...classes.map((from) => [
        right(from),
        right(members(before, from)),
        right(members(after, from)),
        change(members(before, from), members(after, from)),
        bars(members(after, from), most),
      ]),
    ],
    '  ',
  );
  paper.table(
    [
      heads('of those not at zero', '10 %', '25 %', 'half', '75 %', '90 %', '99 % are below'),
      ['now', ...quantiles(before, paper.number)],
      ['draft', ...quantiles(after, paper.number)],
    ],
    '  ',
  );
};

const writeGrade = ({ line, table }: Paper, { grade, people, moves }: PreviewResult['grades'][number]): void => {
  line();
  line(`Grade ${grade}`, 'bold');
  table(
    [
      heads('grade', 'now', 'draft', 'change'),
      ...people.map(({ value, before, after }) => [value, right(before), right(after), change(before, after)]),
    ],
    '  ',
  );
  line(moves.length === 0 ? '  Nobody’s grade changes.' : '  Moves', 'dim');
  table(
    moves.map(({ from, to, members }) => [`${from ?? '–'} → ${to ?? '–'}`, right(members)]),
    '    ',
  );
};

const writeRules = (paper: Paper, rules: PreviewResult['rules']): void => {
  const points = (sums: PreviewResult['rules'][number]['after']) => right(sums ? Math.round(sums.points) : '–');
  const times = (sums: PreviewResult['rules'][number]['after']) => right(sums ? sums.times : '–');
  paper.line();
  paper.line('Points given by each rule in that time', 'bold');
  paper.table(
    [
      heads('rule', 'times now', 'draft', 'points now', 'draft'),
      ...rules.map(({ rule, before, after }) => [rule, times(before), times(after), points(before), points(after)]),
    ],
    '  ',
  );
};

const writeMember = (paper: Paper, { member, journeys, scores }: PreviewResult['mostChanged'][number]): void => {
  paper.line(`  ${plain(member)}`, 'bold');
  for (const { journey, from, to } of journeys) paper.line(`    ${journey}: ${nameOf(from)} → ${nameOf(to)}`);
  for (const { score, before, after, rules } of scores) {
    paper.line(`    ${score}: ${paper.number(before)} → ${paper.number(after)}`);
    paper.table(
      rules.map((rule) => [`${rule.rule}:`, right(paper.number(rule.before)), '→', right(paper.number(rule.after))]),
      '      ',
    );
  }
};

/** A preview for people: what changes for how many, and for whom most. */
export const writePreview = (paper: Paper, { current, at, from }: Preview, result: PreviewResult): void => {
  const beside = current === 0 ? 'The draft, before any model is in force' : `The draft beside version ${current}`;
  paper.line(`${beside}, as of ${paper.date(at)}; looking back to ${paper.date(from)}.`);
  paper.line(`${result.moved} of ${result.members} people would stand in another stage.`, 'bold');
  for (const journey of result.journeys) writeJourney(paper, journey);
  for (const score of result.scores) writeScore(paper, score);
  for (const grade of result.grades) writeGrade(paper, grade);
  writeRules(paper, result.rules);
  writeMails(paper, result);
  paper.line();
  paper.line('If it were published with --announce, there would go out at once', 'bold');
  writeAnnouncement(paper, result);
  if (result.mostChanged.length === 0) return;
  paper.line();
  paper.line('Who changes most, and by which rules', 'bold');
  for (const member of result.mostChanged) writeMember(paper, member);
};

/** The part of it that somebody needs who is about to announce the draft: where people go, and who gets what. */
export const writeReach = (paper: Paper, { at }: Preview, result: PreviewResult): void => {
  paper.line(`As of ${paper.date(at)}, the model moves ${result.moved} of ${result.members} people to another stage.`);
  for (const journey of result.journeys) writeJourney(paper, journey);
  paper.line();
  paper.line('There would go out at once', 'bold');
  writeAnnouncement(paper, result);
};
