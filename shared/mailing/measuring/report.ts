import type { ReportResult } from '../../api/reports.ts';
import { type Counts, type Read, reader, sum } from '../../census/counts.ts';
import { milliseconds } from '../../kernel/duration.ts';
import type { StaffLanguage } from '../../risk/words.ts';
import { horizons, type Success } from '../../scoring/experiment.ts';
import type { Model } from '../../scoring/model.ts';
import { type Difference, differenceOf, type Hits } from './difference.ts';
import type { Question } from './enrolment.ts';
import { type Horizon, outcomesOf, type Result } from './outcomes.ts';
import { type Arm, HELD_OUT, LETTER, type Trial } from './trials.ts';
import { verdictOf } from './verdict.ts';
import { verdictInWords } from './verdict-words.ts';

/** How likely it is that all verdicts of a report are right at once. */
const LEVEL = 0.95;
const PER_CENT = 100;

export type ReportScene = {
  readonly model: Model;
  readonly question: Question;
  /** As of when, epoch ms. */
  readonly at: number;
  readonly language: StaffLanguage;
};

/** The arms of a trial, the one that the others are compared with first. */
const armsOf = (trial: Trial | undefined): readonly Arm[] => {
  const drawn = trial?.shares.map(([arm]) => arm) ?? [];
  const others = drawn.filter((arm) => arm !== HELD_OUT);
  const left = (trial?.shares ?? []).reduce((total, [, share]) => total - share, PER_CENT) > 0;
  return [...(drawn.includes(HELD_OUT) ? [HELD_OUT] : []), ...(left ? [LETTER] : []), ...others];
};

const rounded = (value: number): number => Math.round(value * 1e4) / 1e4;

/** In figures that mean something. */
const shown = ({ difference, low, high, greater }: Difference): Difference => ({
  difference: rounded(difference),
  low: rounded(low),
  high: rounded(high),
  greater: rounded(greater),
});

const mailsOf = (read: Read, arm: Arm): ReportResult['arms'][number]['mails'] => {
  const of = (what: string): number => sum(read('mail', arm, what));
  return {
    sent: of('sent'),
    delivered: of('delivered'),
    bounced: of('bounced'),
    complained: of('complained'),
    clicked: of('clicked'),
    withheld: of('withheld'),
    unsent: of('unsent'),
  };
};

/** How many it happened to of each arm, and what that differs by from the first of them. */
const compared = (read: Read, arms: readonly Arm[], level: number) => {
  const [base, ...others] = arms;
  return (within: Horizon, kind: Result['kind'], name: string) => {
    const hitsOf = (arm: Arm): Hits => ({
      people: sum(read('due', within, arm)),
      hits: sum(read('hit', within, arm, kind, name)),
    });
    const first = base === undefined ? { people: 0, hits: 0 } : hitsOf(base);
    return {
      base: first,
      rows: [
        ...(base === undefined ? [] : [{ arm: base, ...first }]),
        ...others.map((arm) => {
          const hits = hitsOf(arm);
          return { arm, ...hits, difference: differenceOf(hits, first, level) };
        }),
      ],
    };
  };
};
type Compare = ReturnType<typeof compared>;

const successOf = (
  { model, at, language }: ReportScene,
  success: Success,
  read: Read,
  compare: Compare,
  since: number,
): ReportResult['success'] => {
  const { within, worth, outcome, journey, in: stages } = success;
  const { base, rows } = compare(within, 'success', '');
  const wanted = outcomesOf(model).find(({ id }) => id === outcome)?.wanted ?? 'more';
  const people = sum(read('people'));
  return {
    within,
    ...(outcome === undefined ? {} : { outcome }),
    ...(journey === undefined ? {} : { journey }),
    ...(stages === undefined ? {} : { in: stages }),
    waiting: people - sum(read('due', within)),
    arms: rows.map((row) => {
      if (!('difference' in row)) return row;
      const { difference, ...rest } = row;
      const given: Hits = { people: row.people, hits: row.hits };
      // The pace at which the two of them fill, out of that of all.
      const share = sum(read('people', row.arm)) + sum(read('people', rows[0]?.arm ?? ''));
      const pace = { since, now: at, people: share, horizon: milliseconds(within) };
      const verdict = verdictOf({ given, base, difference, wanted, worth: worth / PER_CENT, pace });
      const says = verdictInWords(verdict, language);
      return { ...rest, difference: shown(difference), verdict: { ...verdict, says } };
    }),
  };
};

const explored = (model: Model, compare: Compare): ReportResult['explored'] => {
  const kinds = [
    ...outcomesOf(model).map(({ id }) => ({ kind: 'outcome' as const, name: id })),
    ...model.journeys.flatMap(({ id }) => [
      { kind: 'forward' as const, name: id },
      { kind: 'back' as const, name: id },
    ]),
  ];
  return kinds.flatMap(({ kind, name }) =>
    horizons.flatMap((within) => {
      const { rows } = compare(within, kind, name);
      if (rows.every(({ hits }) => hits === 0)) return [];
      const arms = rows.map((row) => ('difference' in row ? { ...row, difference: shown(row.difference) } : row));
      return [{ within, kind, name, arms }];
    }),
  );
};

/** What counts say of what is asked. Several arms share the risk of being wrong: each is compared the more carefully. */
export const reportResult = (counts: Counts, scene: ReportScene): ReportResult => {
  const { model, question, at } = scene;
  const read = reader(counts);
  const arms = question.trial ? armsOf(question.trial) : [LETTER];
  const level = 1 - (1 - LEVEL) / Math.max(1, arms.length - 1);
  const days = read('day').map(({ words: [day = ''] }) => day);
  const since = days.sort()[0];
  const compare = compared(read, arms, level);
  const { success } = question;
  return {
    members: sum(read('members')),
    people: sum(read('people')),
    ...(since === undefined ? {} : { since }),
    comparedWith: question.trial ? (arms[0] ?? null) : null,
    level: rounded(level),
    arms: arms.map((arm) => ({ arm, people: sum(read('people', arm)), mails: mailsOf(read, arm) })),
    ...(success
      ? { success: successOf(scene, success, read, compare, since === undefined ? at : Date.parse(since)) }
      : {}),
    explored: explored(model, compare),
  };
};
