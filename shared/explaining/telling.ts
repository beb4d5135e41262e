import type { ActivityEvent } from '../../events/envelope.ts';
import { filled } from '../kernel/phrase.ts';
import { bandOf } from '../scoring/band-of.ts';
import { type ExplainedScore, type Explanation, explain, type ScoreContribution } from '../scoring/explain.ts';
import type { Model } from '../scoring/model.ts';
import type { PublishedModel } from '../scoring/published-model.ts';
import { type JourneyOutlook, outlook } from './outlook.ts';
import type { Speech } from './speech.ts';
import { type Unmatched, unmatchedIn } from './unmatched.ts';
import type { Told } from './way-words.ts';

/** All that there is to tell of a member at an instant. */
export type Telling = {
  readonly published: PublishedModel;
  readonly explanation: Explanation;
  readonly unmatched: readonly Unmatched[];
  readonly outlook: readonly JourneyOutlook[];
  /** The rules that something fitted before, and the types of event that there were. */
  readonly before: ReadonlySet<string>;
};

/**
 * @param at epoch ms; later events are left out
 * @param ahead whether what would lead to another stage is worked out too
 */
export const tellingOf = (
  published: PublishedModel,
  events: readonly ActivityEvent[],
  at: number,
  ahead = true,
): Telling => {
  const explanation = explain(published.compiled, events, at);
  return {
    published,
    explanation,
    unmatched: unmatchedIn(published.compiled, events, at),
    outlook: ahead ? outlook(published, events, explanation.standing, at) : [],
    before: new Set([
      ...events.filter(({ time }) => time <= at).map(({ type }) => type),
      ...explanation.scores.flatMap(({ contributions, uncounted }) =>
        [...contributions, ...uncounted].map(({ rule }) => rule),
      ),
    ]),
  };
};

export const titleOfScore = ({ scores }: Model, id: string) => scores.find((score) => score.id === id)?.title ?? id;

/** What a score amounts to, as a phrase. */
export const scoreInWords = (model: Model, { score: id, value, parts }: ExplainedScore, speech: Speech): string => {
  const { words, points, title, list } = speech;
  const score = model.scores.find((one) => one.id === id);
  const band = score && bandOf(score, value);
  const named = filled(band ? words.scoreInBand : words.score, {
    title: title(titleOfScore(model, id)),
    points: points(value),
    ...(band ? { band: title(band.title) } : {}),
  });
  if (parts.length === 0) return named;
  const sum = parts.map((part) =>
    filled(words.score, { title: title(titleOfScore(model, part.score)), points: points(part.value) }),
  );
  return `${named}. ${filled(words.sumOf, { title: title(titleOfScore(model, id)), parts: list(sum) })}`;
};

/** What did not count of something that counted in part. */
export const cutFrom = ({ uncounted }: ExplainedScore, { event, rule }: ScoreContribution) =>
  uncounted.find((one) => one.rule === rule && one.event.id === event.id && one.event.source === event.source);

/** Where a member stands on a journey, and what the ways from there are told with. */
export const placeOf = ({ published, explanation, before }: Telling, found: JourneyOutlook) => {
  const journey = published.model.journeys.find(({ id }) => id === found.journey);
  const stageTitle = (stage: string) => journey?.stages.find(({ id }) => id === stage)?.title ?? stage;
  const told: Told = { at: explanation.at, stageTitle, before };
  return { title: journey?.title ?? found.journey, stageTitle, told, stages: journey?.stages ?? [] };
};
