import { filled } from '../kernel/phrase.ts';
import type { ScoreContribution, Uncounted } from '../scoring/explain.ts';
import type { Cap, Model, Rule } from '../scoring/model.ts';
import { type Decay, decayOf } from '../scoring/score-schema.ts';
import type { Speech } from './speech.ts';
import type { Unmatched } from './unmatched.ts';

const decayInWords = (decay: Decay, { words, length, share, list }: Speech): string => {
  if (decay === 'none') return words.decay.none;
  if ('halfLife' in decay) return filled(words.decay.halfLife, { length: length(decay.halfLife) });
  if ('linear' in decay) return filled(words.decay.linear, { length: length(decay.linear) });
  if ('expiry' in decay) return filled(words.decay.expiry, { length: length(decay.expiry) });
  const steps = decay.steps.map(({ after, keep }) =>
    filled(keep === 0 ? words.decay.end : words.decay.step, { share: share(keep), length: length(after) }),
  );
  return list(steps);
};

/** How the points of a rule fade, as a phrase. */
export const fadingInWords = ({ rules, scores }: Model, id: string, speech: Speech): string => {
  const rule = rules.find((one) => one.id === id);
  const score = scores.find((one) => one.id === rule?.score);
  return decayInWords(rule?.decay ?? (score ? decayOf(score) : 'none'), speech);
};

const capsOf = ({ capGroups }: Model, rule: Rule | undefined): readonly Cap[] => [
  ...(rule?.cap ?? []),
  ...capGroups.filter(({ id }) => id === rule?.capGroup).flatMap(({ cap }) => cap),
];

/** The cap that cut something, where there is but one that can have. */
const capInWords = (model: Model, rule: Rule | undefined, cut: string, { words, plural, per }: Speech) => {
  const [cap, ...others] = capsOf(model, rule).filter(({ times, points, oncePer }) =>
    cut === 'times' ? times < 1000 : cut === 'points' ? points !== undefined : cut === 'value' && oncePer !== undefined,
  );
  if (!cap || others.length > 0) return undefined;
  const values = { per: per(cap.per) };
  if (cut === 'times') return plural(words.caps.times, cap.times, values);
  if (cut === 'value') return filled(words.caps.value, values);
  return cap.points === undefined ? undefined : plural(words.caps.points, cap.points, values);
};

/** Why points did not count, as a phrase: the cap that cut them, where one can be named. */
export const shortfallInWords = (
  model: Model,
  { rule: id, reason }: Pick<Uncounted, 'rule' | 'reason'>,
  speech: Speech,
): string => {
  const rule = model.rules.find((one) => one.id === id);
  return capInWords(model, rule, reason, speech) ?? speech.words.reasons[reason];
};

/** Why a rule did not fit an event, as a phrase. What the event says of a field is shown to staff alone. */
export const misfitInWords = (misfit: Unmatched, { words, date }: Speech): string => {
  if (misfit.reason !== 'condition') {
    return filled(words.reasons[misfit.reason], { date: date(Date.parse(`${misfit.date}T12:00:00Z`)) });
  }
  if (misfit.fields.length === 0) return words.reasons.condition;
  const fields = misfit.fields.map(({ field, value }) => `${field}: ${value === undefined ? '–' : asText(value)}`);
  return filled(words.reasons['condition-on'], { fields: fields.join(', ') });
};

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

type Given = ScoreContribution & { readonly shortfall?: Uncounted | undefined };

/** Less than this shows as nothing. */
const NOTHING = 0.05;

/** One thing that counted, as a sentence without a full stop: what it gave, what is left, and what was cut off. */
export const pointInWords = (model: Model, given: Given, speech: Speech): string => {
  const { words, points, date, quoted, number } = speech;
  const { event, title, points: worth, pointsNow, rule: id, shortfall } = given;
  const whole = filled(words.given, { date: date(event.time), title: quoted(title), points: points(worth) });
  const told = shortfall
    ? filled(words.cut, {
        given: whole,
        worth: points(worth + shortfall.points),
        reason: shortfallInWords(model, shortfall, speech),
      })
    : whole;
  const decay = fadingInWords(model, id, speech);
  if (Math.abs(pointsNow - worth) < NOTHING) return told;
  if (Math.abs(pointsNow) < NOTHING) return filled(words.gone, { given: told, decay });
  return filled(words.left, { given: told, now: number(pointsNow), decay });
};
