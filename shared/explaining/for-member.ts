import { filled } from '../kernel/phrase.ts';
import type { ScoreContribution } from '../scoring/explain.ts';
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
};

const newestFirst = (a: ScoreContribution, b: ScoreContribution) => b.event.time - a.event.time;

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
      const kept = new Set(stages.filter(({ atRisk, alert }) => atRisk || alert).map(({ id }) => id));
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
  };
};
