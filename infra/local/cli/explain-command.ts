import { MemberExplanation } from '../../../shared/api/members.ts';
import type { Adds, Desk } from './command.ts';
import { type Cell, type Paper, plain } from './paper.ts';

type Score = MemberExplanation['scores'][number];

const reasons: Readonly<Record<Score['uncounted'][number]['reason'], string>> = {
  times: 'the rule had counted as often as it may',
  points: 'the rule had given as many points as it may',
  value: 'the same had counted before',
  floor: 'the score was as low as it may go',
  ceiling: 'the score was as high as it may go',
  'no-number': 'the event has no number to reckon the points from',
  'not-lead': 'the score is for leads alone',
  'not-member': 'the score is for members alone',
  'began-anew': 'the score began anew when the person became a lead again',
};

const showScore = ({ line, date, number, table }: Paper, score: Score): void => {
  const { title, value, contributions, uncounted, facts, parts } = score;
  line();
  line(`${plain(title)}: ${number(value)}`, 'bold');
  const right = (text: string): Cell => ({ text, right: true });
  const heads = ['date', 'event', 'rule', 'then', 'now', 'fades'].map(
    (text): Cell => ({ text, style: 'dim', right: text === 'then' || text === 'now' }),
  );
  const rows = contributions.map(({ at, type, title, points, pointsNow, decay }): Cell[] => [
    { text: date(at), style: 'dim' },
    type,
    title,
    right(number(points)),
    right(number(pointsNow)),
    { text: decay, style: 'dim' },
  ]);
  const sum: Cell[] = ['', '', 'sum', right(''), { text: number(value), style: 'bold', right: true }];
  const reckoned = [
    ...facts.map(({ title, points }): Cell[] => [title, right(number(points))]),
    ...parts.map(({ score: part, value: worth }): Cell[] => [part, right(number(worth))]),
  ];
  if (reckoned.length > 0) table(reckoned, '  ');
  else if (rows.length === 0) line('  Nothing has counted yet.');
  else table([heads, ...rows, sum], '  ');
  if (uncounted.length === 0) return;
  line('  Did not count:');
  table(
    uncounted.map(({ at, type, title, points, reason }): Cell[] => [
      { text: date(at), style: 'dim' },
      type,
      title,
      right(`(${number(points)})`),
      { text: reasons[reason], style: 'dim' },
    ]),
    '  ',
  );
};

const explain = async ({ api, json, print, paper, memberPath }: Desk, id: string): Promise<void> => {
  const found = await api().ask(MemberExplanation, memberPath(id, '/explanation'));
  if (json) return print(found);
  paper.line(`${plain(found.member)}, as of ${paper.date(found.at)}, under version ${found.model} of the model`);
  const counted = ({ contributions, uncounted, facts, parts }: Score) =>
    contributions.length + uncounted.length + facts.length + parts.length > 0;
  const silent = found.scores.filter((score) => !counted(score));
  for (const score of found.scores.filter(counted)) showScore(paper, score);
  if (silent.length > 0) {
    paper.line();
    paper.line(`Nothing has counted in: ${silent.map(({ title }) => plain(title)).join(', ')}.`);
  }
  if (found.transitions.length === 0) return;
  paper.line();
  paper.line('Stages', 'bold');
  paper.table(
    found.transitions.map(({ at, journey, from, to }): Cell[] => [
      { text: paper.date(at), style: 'dim' },
      journey,
      `${from ?? '–'} → ${to ?? '–'}`,
    ]),
    '  ',
  );
};

export const explainCommand: Adds = (program, desk) => {
  program
    .command('explain <id>')
    .description('where every point of a member comes from')
    .action((id: string) => explain(desk(), id));
};
