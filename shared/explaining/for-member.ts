import { filled } from '../kernel/phrase.ts';
import type { ScoreContribution } from '../scoring/explain.ts';
import type { Journey, Model } from '../scoring/model.ts';
import type { Transition } from '../scoring/standing.ts';
import { moveInWords, reasonsInWords } from './move-words.ts';
import type { Direction } from './outlook.ts';
import { pointInWords } from './point-words.ts';
import type { Speech } from './speech.ts';
import { cutFrom, placeOf, scoreInWords, type Telling, titleOfScore } from './telling.ts';
import { wayInWords } from './way-words.ts';

/** What a member may be shown: titles and sentences about their own deeds. */
export type ForMember = {
  readonly scores: readonly { readonly title: string; readonly words: string; readonly counted: readonly string[] }[];
  readonly paths: readonly {
    readonly title: string;
    readonly stage?: string;
    readonly ahead: readonly string[];
  }[];
  /** Each change of stage with its reasons, the newest first. */
  readonly moves: readonly string[];
};

const newestFirst = (a: ScoreContribution, b: ScoreContribution) => b.event.time - a.event.time;

/** The stages that staff are warned of. */
const keptIn = ({ stages }: Pick<Journey, 'stages'>): ReadonlySet<string> =>
  new Set(stages.filter(({ atRisk, alert }) => atRisk || alert).map(({ id }) => id));

/** The changes of stage that a member may hear of, with the reasons in which no stage is named that staff are warned of. */
const movesFor = (model: Model, transitions: readonly Transition[], speech: Speech): readonly string[] => {
  const kept = new Map(model.journeys.map((journey) => [journey.id, keptIn(journey)]));
  const isKept = (journey: string, stage: string | null) => stage !== null && kept.get(journey)?.has(stage) === true;
  return transitions
    .filter(({ journey, from, to }) => !isKept(journey, to) && !(to === null && isKept(journey, from)))
    .toReversed()
    .map((move) => {
      const { journey, from } = move;
      const reasons = reasonsInWords(model, move, speech).filter(
        ({ stage, test }) =>
          !isKept(journey, stage) && !('journey' in test && test.in.some((one) => isKept(test.journey, one))),
      );
      return moveInWords(model, { ...move, from: isKept(journey, from) ? undefined : from }, reasons, speech);
    });
};

/**
 * An explanation for the member themselves. Left out is what is meant for staff: ids of rules and events, next steps,
 * owners, what did not fit a rule, and every stage that staff are warned of, whether the member stands in it or might.
 */
export const forMember = (telling: Telling, speech: Speech): ForMember => {
  const { published, explanation, outlook } = telling;
  const { model } = published;
  return {
    scores: explanation.scores
      .filter(({ contributions, facts, parts }) => contributions.length + facts.length + parts.length > 0)
      .map((score) => ({
        title: speech.title(titleOfScore(model, score.score)),
        words: scoreInWords(model, score, speech),
        counted: [
          ...score.contributions
            .toSorted(newestFirst)
            .map((given) => pointInWords(model, { ...given, shortfall: cutFrom(score, given) }, speech)),
          ...score.facts.map(({ title, points }) =>
            filled(speech.words.score, { title: speech.title(title), points: speech.points(points) }),
          ),
        ],
      })),
    paths: outlook.map((found) => {
      const { title, stageTitle, told, stages } = placeOf(telling, found);
      const kept = keptIn({ stages });
      const shown = (direction: Direction) =>
        'ways' in direction
          ? direction.ways.filter(({ stage }) => !kept.has(stage)).map((way) => wayInWords(way, told, speech))
          : [];
      return {
        title: speech.title(title),
        ...(kept.has(found.stage) ? {} : { stage: speech.title(stageTitle(found.stage)) }),
        ahead: [...shown(found.up), ...shown(found.down)],
      };
    }),
    moves: movesFor(model, explanation.transitions, speech),
  };
};
