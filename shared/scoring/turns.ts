import { canonicalJson } from '../kernel/json.ts';
import { leavesOf } from './combined.ts';
import type { MemberCondition, ScoreCondition } from './condition.ts';
import type { MemberTest } from './instants.ts';
import { leafTest, type Reading } from './member-test.ts';
import { staysClearOf } from './score.ts';
import { always, earliest, operators } from './tests-together.ts';

type Turns = MemberTest['changesAfter'];

/** All that is asked about one score. Where it comes past no bound, no single one need be reckoned with. */
const scoreTurns = (id: string, asked: readonly ScoreCondition[], reading: Reading): Turns => {
  const score = reading.scores.get(id);
  if (!score) return always;
  const bounds = asked.flatMap((one) => operators.map((operator) => one[operator]).filter((one) => one !== undefined));
  const next = earliest(asked.map((one) => leafTest(one, reading)));
  return (standing, instant, horizon) =>
    staysClearOf(bounds, score, standing, instant, horizon) ? undefined : next(standing, instant, horizon);
};

/**
 * The first instant after this one at which some part of some condition changes by time alone. However they are put
 * together, it is the first of their leaves, and each leaf is asked once.
 */
export const turnsOf = (conditions: readonly MemberCondition[], reading: Reading): Turns => {
  const leaves = conditions.flatMap((one) => leavesOf(one).map(({ leaf }) => leaf));
  const distinct = [...new Map(leaves.map((leaf) => [canonicalJson(leaf), leaf])).values()];
  const onScores = Map.groupBy(
    distinct.filter((leaf) => 'score' in leaf),
    ({ score }) => score,
  );
  const turns = [
    ...[...onScores].map(([score, asked]) => scoreTurns(score, asked, reading)),
    ...distinct.filter((leaf) => !('score' in leaf)).map((leaf) => leafTest(leaf, reading).changesAfter),
  ];
  return earliest(turns.filter((one) => one !== always).map((changesAfter) => ({ changesAfter })));
};
