import * as z from 'zod';
import { isDuration, milliseconds } from '../kernel/duration.ts';
import { MemberCondition } from './condition.ts';
import { Duration, Name } from './data-condition.ts';
import { LocalText } from './local-text.ts';

/** How points lose their worth. */
export const Decay = z.union(
  [
    z.literal('none'),
    z.strictObject({ halfLife: Duration }),
    z.strictObject({ linear: Duration }),
    z.strictObject({ expiry: Duration }),
    z.strictObject({
      steps: z
        .array(z.strictObject({ after: Duration, keep: z.number().min(0).lt(1) }))
        .min(1)
        .max(10),
    }),
  ],
  {
    error:
      'none, or one of halfLife, linear or expiry with a duration such as "90 days", or steps: a list of { after, keep }, keep from 0 to below 1',
  },
);
export type Decay = z.infer<typeof Decay>;

/** Points for what somebody is rather than for what they do. */
const Fact = z.strictObject({
  id: Name,
  title: LocalText,
  /** Asked of attributes, tags, dates, and the time since joining or leaving. */
  when: MemberCondition,
  points: z.number().min(-10_000).max(10_000),
});

export const Score = z.strictObject({
  id: Name,
  title: LocalText,
  /** The time in which points lose half their worth: short for `decay: { halfLife }`. */
  halfLife: Duration.optional(),
  /** How points lose their worth, where the rule does not say otherwise; left out, they keep it. */
  decay: Decay.optional(),
  /** A lead's score ends at joining and keeps its value; a member's begins there. Left out: counts at all times. */
  while: z.enum(['lead', 'member']).optional(),
  /** Makes it a score of fit: the sum of the facts that are true of somebody now. No rule feeds it. */
  fit: z.array(Fact).min(1).max(100).optional(),
  /** Makes it the sum of other scores, which stand before it. No rule feeds it. */
  sum: z.array(Name).min(1).max(20).optional(),
  /** Points that would take the score below this do not count. At most 0: a score begins there. */
  floor: z.number().max(0).optional(),
  /** Points that would take the score above this do not count. */
  ceiling: z.number().positive().optional(),
  /** Names for what the score amounts to, lowest first; below the first one it has none. */
  bands: z
    .array(z.strictObject({ id: Name, title: LocalText, from: z.number() }))
    .max(20)
    .optional(),
});
export type Score = z.infer<typeof Score>;

const Bounds = z
  .strictObject({ score: Name, from: z.array(z.number()).min(1).max(8) })
  .refine(({ from }) => from.every((bound, i) => bound < (from[i - 1] ?? Number.POSITIVE_INFINITY)), {
    path: ['from'],
    error: 'the highest bound first, each less than the one before',
  });

/** Two scores at one glance: a letter for the one, a number for the other, A1 the best. */
export const Grade = z.strictObject({ id: Name, title: LocalText, letter: Bounds, number: Bounds });
export type Grade = z.infer<typeof Grade>;

/** The decay that a score gives its points. */
export const decayOf = ({ halfLife, decay }: Score): Decay => decay ?? (halfLife === undefined ? 'none' : { halfLife });

const WHOLE_DAYS = 86_400_000;
const LONGEST = 1100 * WHOLE_DAYS;

type Fault = { readonly path: PropertyKey[]; readonly message: string };

const durationFaults = (duration: string, dated: boolean, path: PropertyKey[]): Fault[] => {
  // What is no duration has been named already.
  if (!isDuration(duration)) return [];
  const length = milliseconds(duration);
  if (length === 0) return [{ path, message: 'must be longer than nothing' }];
  return dated && (length % WHOLE_DAYS > 0 || length > LONGEST)
    ? [{ path, message: 'must be whole days, 1100 at most: points that come to an end fade by the day' }]
    : [];
};

/** What the schema of a decay does not see: lengths of nothing, steps out of order, points that never end. */
export const decayFaults = (decay: Decay | undefined, path: PropertyKey[]): Fault[] => {
  if (decay === undefined || decay === 'none') return [];
  if ('halfLife' in decay) return durationFaults(decay.halfLife, false, [...path, 'halfLife']);
  if ('linear' in decay) return durationFaults(decay.linear, true, [...path, 'linear']);
  if ('expiry' in decay) return durationFaults(decay.expiry, true, [...path, 'expiry']);
  const { steps } = decay;
  const within = steps.flatMap(({ after }, i) => durationFaults(after, true, [...path, 'steps', i, 'after']));
  if (within.length > 0 || !steps.every(({ after }) => isDuration(after))) return within;
  return [
    ...steps.flatMap(({ after, keep }, i): Fault[] => {
      const before = steps[i - 1];
      if (!before) return [];
      return [
        ...(milliseconds(after) > milliseconds(before.after)
          ? []
          : [{ path: [...path, 'steps', i, 'after'], message: 'must be later than that of the step before' }]),
        ...(keep < before.keep
          ? []
          : [{ path: [...path, 'steps', i, 'keep'], message: 'must be less than that of the step before' }]),
      ];
    }),
    ...(steps.at(-1)?.keep === 0
      ? []
      : [{ path: [...path, 'steps', steps.length - 1, 'keep'], message: 'must be 0: the last step ends the points' }]),
  ];
};
