import type { ExplanationForMember, MemberExplanation } from '../../../shared/api/explanation.ts';
import { speechFor } from '../../../shared/explaining/speech.ts';
import { type Cell, type Paper, plain } from './paper.ts';

type Score = MemberExplanation['scores'][number];
type Outlook = MemberExplanation['outlook'][number];
type Headings = ReturnType<typeof speechFor>['words']['headings'];

const dim = (text: string): Cell => ({ text, style: 'dim' });
const right = (text: string, style?: 'dim' | 'bold'): Cell => ({ text, right: true, ...(style ? { style } : {}) });

const showPoints = ({ number, date, table }: Paper, { contributions, value }: Score, headings: Headings): void => {
  const heads = [
    dim(headings.date),
    dim(headings.event),
    dim(headings.rule),
    right(headings.given, 'dim'),
    right(headings.now, 'dim'),
    dim(headings.fades),
  ];
  const rows = contributions.map(({ at, type, title, points, pointsNow, fades }): Cell[] => [
    dim(date(at)),
    type,
    title,
    right(number(points)),
    right(number(pointsNow)),
    dim(fades),
  ]);
  const sum: Cell[] = ['', '', headings.sum, right(''), right(number(value), 'bold')];
  table([heads, ...rows, sum], '  ');
};

/** What counted nowhere, by no rule: of an event that earned something, nobody asks why other rules did not fit. */
const inVain = (scores: readonly Score[]) => {
  const keyOf = ({ source, id }: { source: string; id: string }) => `${source}#${id}`;
  const known = new Set(
    scores.flatMap(({ contributions, uncounted }) => [...contributions, ...uncounted].map((one) => keyOf(one))),
  );
  return (score: Score) => score.unmatched.filter((one) => !known.has(keyOf(one)));
};

const showScore = (page: Paper, score: Score, unmatched: Score['unmatched'], headings: Headings): void => {
  const { words, contributions, uncounted, facts, parts } = score;
  const { line, date, number, table } = page;
  line();
  line(plain(words), 'bold');
  const reckoned = [
    ...facts.map(({ title, points }): Cell[] => [title, right(number(points))]),
    ...parts.map(({ title, value }): Cell[] => [title, right(number(value))]),
  ];
  if (reckoned.length > 0) table(reckoned, '  ');
  else if (contributions.length > 0) showPoints(page, score, headings);
  if (uncounted.length + unmatched.length === 0) return;
  line(`  ${headings.uncounted}`);
  table(
    [
      ...uncounted.map(({ at, type, title, points, words }): Cell[] => [
        dim(date(at)),
        type,
        title,
        right(`(${number(points)})`),
        dim(words),
      ]),
      ...unmatched.map(({ at, type, title, words }): Cell[] => [dim(date(at)), type, title, '', dim(words)]),
    ],
    '  ',
  );
};

const showOutlook = ({ line }: Paper, { words, up, down }: Outlook): void => {
  line(`  ${plain(words)}`);
  for (const one of up.words) line(`    ↑ ${plain(one)}`);
  for (const one of down.words) line(`    ↓ ${plain(one)}`);
};

/** An explanation as staff read it. */
export const showExplanation = (page: Paper, found: MemberExplanation): void => {
  const { words } = speechFor({ language: found.language, fallback: 'en', zone: 'UTC' });
  const { headings } = words;
  page.line(`${plain(found.member)}: ${plain(found.words)}`);
  const vain = inVain(found.scores);
  const shown = (score: Score) =>
    score.contributions.length + score.uncounted.length + score.facts.length + score.parts.length > 0 ||
    vain(score).length > 0;
  for (const score of found.scores.filter(shown)) showScore(page, score, vain(score), headings);
  if (!found.scores.some(shown)) page.line(words.nothingCounted);
  if (found.transitions.length > 0) {
    page.line();
    page.line(headings.stages, 'bold');
    page.table(
      found.transitions.map(({ at, journey, from, to, because }) => [
        dim(page.date(at)),
        journey,
        `${from ?? '–'} → ${to ?? '–'}`,
        dim(because.map(({ words }) => plain(words)).join('; ')),
      ]),
      '  ',
    );
  }
  if (found.outlook.length === 0) return;
  page.line();
  page.line(headings.ahead, 'bold');
  for (const one of found.outlook) showOutlook(page, one);
};

/** An explanation as the member may be shown it. */
export const showForMember = ({ line }: Paper, { words, scores, paths, moves }: ExplanationForMember): void => {
  line(plain(words));
  for (const score of scores) {
    line();
    line(plain(score.words), 'bold');
    for (const one of score.counted) line(`  ${plain(one)}`);
  }
  for (const { title, stage, ahead } of paths) {
    line();
    line(plain(stage === undefined ? title : `${title}: ${stage}`), 'bold');
    for (const one of ahead) line(`  ${plain(one)}`);
  }
  if (moves.length > 0) line();
  for (const one of moves) line(plain(one));
};
