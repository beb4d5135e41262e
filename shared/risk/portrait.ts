import type { ActivityEvent } from '../../events/envelope.ts';
import type { LocalText } from '../kernel/text.ts';
import { type Explanation, explain } from '../scoring/explain.ts';
import type { Journey, Stage } from '../scoring/model.ts';
import type { PublishedModel } from '../scoring/published-model.ts';
import type { Profile } from '../scoring/standing.ts';
import { type Course, courseOf } from './course.ts';
import { deedsIn, type Reason, reasonsAtRisk, reasonsToSpeak } from './reasons.ts';
import { stageScore } from './stage-score.ts';

/** What staff are told about one member: who, where on the path, and why now. */
export type Portrait = {
  readonly member: string;
  readonly profile: Profile;
  readonly stage: LocalText;
  /** When they entered it, epoch ms. */
  readonly since: number;
  readonly course: Course | undefined;
  readonly lastActivity: { readonly at: number; readonly title: LocalText | undefined } | undefined;
  readonly reasons: readonly Reason[];
  readonly nextStep: LocalText | undefined;
};

const lastActivity = (explanation: Explanation, score: string | undefined): Portrait['lastActivity'] => {
  const at = explanation.standing.activeAt;
  if (at === undefined) return undefined;
  const others = explanation.scores.map((one) => one.score).filter((one) => one !== score);
  const deed = [...(score === undefined ? [] : [score]), ...others]
    .flatMap((one) => deedsIn(explanation, one))
    .find(({ event, points }) => event.time === at && points >= 0);
  return { at, title: deed?.title };
};

/**
 * @param ledger the member's events
 * @param place where the member stands: the journey, the stage, and since when (epoch ms)
 * @param at the instant that "now" is, epoch ms
 * @param zone the organisation's
 */
export const portrait = (
  { model, compiled }: PublishedModel,
  member: string,
  ledger: readonly ActivityEvent[],
  { journey, stage, since }: { readonly journey: Journey; readonly stage: Stage; readonly since: number },
  at: number,
  zone: string,
): Portrait => {
  const explanation = explain(compiled, ledger, at);
  const score = stageScore(model, journey, stage);
  const course = score && courseOf(compiled, score, ledger, at);
  const reasons = course
    ? stage.atRisk
      ? reasonsAtRisk(explanation, course, zone)
      : reasonsToSpeak(explanation, course)
    : [];
  return {
    member,
    profile: explanation.standing.profile,
    stage: stage.title,
    since,
    course,
    lastActivity: lastActivity(explanation, score?.id),
    reasons,
    nextStep: stage.nextStep,
  };
};
