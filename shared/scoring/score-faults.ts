import { type Combined, leavesOf } from './combined.ts';
import type { EventLeaf } from './condition.ts';
import { decayFaults, type Grade, type Score } from './score-schema.ts';

type Fault = { readonly path: PropertyKey[]; readonly message: string };

type Feeding = { readonly score: string; readonly decay?: Parameters<typeof decayFaults>[0] | undefined };

const isComputed = ({ fit, sum }: Score): boolean => fit !== undefined || sum !== undefined;

/** What belongs to the points of rules, and says nothing of a score that no rule feeds. */
const ofRules = ['halfLife', 'decay', 'while', 'floor', 'ceiling'] as const;

/** A fact is true of somebody whatever they did and however they stand. */
const asksBeyondFacts = (leaf: EventLeaf): boolean =>
  ['score', 'grade', 'journey', 'count', 'last', 'streak', 'sequence'].some((key) => key in leaf) ||
  ('since' in leaf && leaf.since === 'activity');

const factFaults = ({ fit = [] }: Score, path: PropertyKey[]): Fault[] => [
  ...fit.flatMap(({ id }, i) =>
    fit.findIndex((other) => other.id === id) < i
      ? [{ path: [...path, 'fit', i, 'id'], message: `another fact has the id "${id}" already` }]
      : [],
  ),
  ...fit.flatMap(({ when }, i) =>
    leavesOf(when as Combined<EventLeaf>, [...path, 'fit', i, 'when']).flatMap(({ leaf, path: place }) =>
      asksBeyondFacts(leaf)
        ? [
            {
              path: [...place],
              message: 'a fact may ask about attributes, tags, dates, and time since joining or leaving',
            },
          ]
        : [],
    ),
  ),
];

const sumFaults = ({ id, sum = [] }: Score, before: readonly string[], path: PropertyKey[]): Fault[] =>
  sum.flatMap((part, i) => [
    ...(before.includes(part)
      ? []
      : [{ path: [...path, 'sum', i], message: `there is no score "${part}" before "${id}"` }]),
    ...(sum.indexOf(part) < i ? [{ path: [...path, 'sum', i], message: `"${part}" is in the sum already` }] : []),
  ]);

const kindFaults = (score: Score, path: PropertyKey[]): Fault[] => {
  if (!isComputed(score)) {
    return score.halfLife === undefined || score.decay === undefined
      ? []
      : [{ path: [...path, 'decay'], message: 'stands beside `halfLife`, which is short for the same: keep one' }];
  }
  const kind = score.fit ? 'fit' : 'sum';
  return [
    ...(score.fit && score.sum ? [{ path: [...path, 'sum'], message: 'a score is either of fit or a sum' }] : []),
    ...ofRules.flatMap((key) =>
      score[key] === undefined
        ? []
        : [
            {
              path: [...path, key],
              message: `is for points that rules give; "${score.id}" is reckoned from its \`${kind}\``,
            },
          ],
    ),
  ];
};

const bandFaults = ({ bands = [] }: Score, path: PropertyKey[]): Fault[] =>
  bands.flatMap(({ from }, b) =>
    from <= (bands[b - 1]?.from ?? Number.NEGATIVE_INFINITY)
      ? [{ path: [...path, 'bands', b, 'from'], message: 'must be more than that of the band before' }]
      : [],
  );

const limitFaults = ({ floor, ceiling }: Score, path: PropertyKey[]): Fault[] =>
  floor !== undefined && ceiling !== undefined && floor >= ceiling
    ? [{ path: [...path, 'ceiling'], message: 'must be above the floor' }]
    : [];

const feedingFaults = (rules: readonly Feeding[], scores: readonly Score[]): Fault[] => {
  const computed = new Set(scores.filter(isComputed).map(({ id }) => id));
  return rules.flatMap(({ score, decay }, i) => [
    ...(computed.has(score)
      ? [{ path: ['rules', i, 'score'], message: `"${score}" is reckoned, no rule can feed it` }]
      : []),
    ...decayFaults(decay, ['rules', i, 'decay']),
  ]);
};

/** What is wrong with the scores of a model, their grades, and what the rules feed into them. */
export const scoreFaults = (
  scores: readonly Score[],
  grades: readonly Grade[],
  rules: readonly Feeding[],
): readonly Fault[] => {
  const ids = scores.map(({ id }) => id);
  return [
    ...scores.flatMap((score, i) => {
      const path = ['scores', i];
      return [
        ...kindFaults(score, path),
        ...decayFaults(score.halfLife === undefined ? undefined : { halfLife: score.halfLife }, path),
        ...decayFaults(score.decay, [...path, 'decay']),
        ...factFaults(score, path),
        ...sumFaults(score, ids.slice(0, i), path),
        ...limitFaults(score, path),
        ...bandFaults(score, path),
      ];
    }),
    ...grades.flatMap((grade, i) =>
      (['letter', 'number'] as const).flatMap((side) =>
        ids.includes(grade[side].score)
          ? []
          : [
              {
                path: ['grades', i, side, 'score'],
                message: `there is no score "${grade[side].score}" (there are: ${ids.join(', ')})`,
              },
            ],
      ),
    ),
    ...feedingFaults(rules, scores),
  ];
};
