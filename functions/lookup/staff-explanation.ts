import type { MemberExplanation } from '../../shared/api/explanation.ts';
import { iso } from '../../shared/api/instant.ts';
import type { Direction } from '../../shared/explaining/outlook.ts';
import { fadingInWords, misfitInWords, pointInWords, shortfallInWords } from '../../shared/explaining/point-words.ts';
import type { Speech } from '../../shared/explaining/speech.ts';
import { cutFrom, placeOf, scoreInWords, type Telling, titleOfScore } from '../../shared/explaining/telling.ts';
import { directionInWords, type Told, wayInWords } from '../../shared/explaining/way-words.ts';
import { filled } from '../../shared/kernel/phrase.ts';
import type { LocalText } from '../../shared/kernel/text.ts';
import { bandOf } from '../../shared/scoring/band-of.ts';
import type { ExplainedEvent, ExplainedScore } from '../../shared/scoring/explain.ts';
import { movedIn } from './moved-in.ts';

type Score = MemberExplanation['scores'][number];
type Outlook = MemberExplanation['outlook'][number];
type Part = { readonly event: ExplainedEvent; readonly rule: string; readonly title: LocalText };

const scoreOf = (telling: Telling, score: ExplainedScore, speech: Speech): Score => {
  const { model } = telling.published;
  const { score: id, value, contributions, uncounted, facts, parts } = score;
  const definition = model.scores.find((one) => one.id === id);
  const band = definition && bandOf(definition, value);
  const told = ({ event: { time, source, id, type }, rule, title }: Part) => ({
    at: iso(time),
    source,
    id,
    type,
    rule,
    title: speech.title(title),
  });
  return {
    score: id,
    title: speech.title(titleOfScore(model, id)),
    value,
    ...(band ? { band: speech.title(band.title) } : {}),
    words: scoreInWords(model, score, speech),
    contributions: contributions.map((given) => {
      const shortfall = cutFrom(score, given);
      return {
        ...told(given),
        points: given.points,
        pointsNow: given.pointsNow,
        decay: given.decay,
        fades: fadingInWords(model, given.rule, speech),
        ...(shortfall ? { cut: { points: shortfall.points, reason: shortfall.reason } } : {}),
        words: pointInWords(model, { ...given, shortfall }, speech),
      };
    }),
    facts: facts.map((fact) => ({ ...fact, title: speech.title(fact.title) })),
    parts: parts.map((part) => ({ ...part, title: speech.title(titleOfScore(model, part.score)) })),
    uncounted: uncounted.map((part) => ({
      ...told(part),
      points: part.points,
      reason: part.reason,
      words: shortfallInWords(model, part, speech),
    })),
    unmatched: telling.unmatched
      .filter((one) => one.score === id)
      .map((part) => ({ ...told(part), reason: part.reason, words: misfitInWords(part, speech) })),
  };
};

const directionOf = (direction: Direction, to: 'up' | 'down', told: Told, speech: Speech): Outlook['up'] => ({
  ways: ('ways' in direction ? direction.ways : []).map((way) => ({
    stage: way.stage,
    title: speech.title(told.stageTitle(way.stage)),
    at: iso(way.at),
    ...(way.by === undefined ? {} : { by: iso(way.by) }),
    deeds: way.deeds.map(({ deed, times }) => ({
      type: deed.type,
      data: way.events.find(({ type }) => type === deed.type)?.data ?? {},
      ...(deed.kind === 'done' ? { title: speech.title(deed.title) } : {}),
      times: times.map(iso),
    })),
    words: wayInWords(way, told, speech),
  })),
  ...('none' in direction ? { none: direction.none } : {}),
  words: [...directionInWords(direction, to, told, speech)],
});

/** The whole explanation, as staff see it. */
export const staffExplanation = (member: string, telling: Telling, speech: Speech): MemberExplanation => {
  const { published, explanation, outlook } = telling;
  const { at, scores, transitions } = explanation;
  const { words, date, title } = speech;
  return {
    member,
    at: iso(at),
    model: published.version,
    language: speech.language,
    words: filled(words.asOf, { date: date(at), version: String(published.version) }),
    scores: scores.map((score) => scoreOf(telling, score, speech)),
    transitions: transitions.map((move) => movedIn(published.model, move, speech)),
    outlook: outlook.map((found) => {
      const place = placeOf(telling, found);
      const journey = title(place.title);
      const stage = title(place.stageTitle(found.stage));
      return {
        journey: found.journey,
        title: journey,
        stage: found.stage,
        stageTitle: stage,
        since: iso(found.since),
        words: filled(words.stage, { journey, stage, date: date(found.since) }),
        up: directionOf(found.up, 'up', place.told, speech),
        down: directionOf(found.down, 'down', place.told, speech),
      };
    }),
  };
};
