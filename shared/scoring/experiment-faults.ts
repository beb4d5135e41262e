import type { Experiment, Outcome, Success } from './experiment.ts';
import { houseOutcomes } from './experiment.ts';

type Fault = { path: PropertyKey[]; message: string };
type Parts = {
  readonly journeys: readonly { readonly id: string; readonly stages: readonly { readonly id: string }[] }[];
  readonly outcomes?: readonly Outcome[] | undefined;
  readonly holdOut?: { readonly success: Success } | undefined;
  readonly messages: readonly {
    readonly purpose: string;
    readonly templates: object;
    readonly experiment?: Experiment | undefined;
  }[];
};

/** Names that variants may not have: they are what everybody else gets, and what nobody gets. */
const TAKEN: readonly string[] = ['letter', 'held-out'];

const inSuccess = ({ journeys, outcomes = [] }: Parts, success: Success, path: PropertyKey[]): Fault[] => {
  const known = [...outcomes, ...houseOutcomes].map(({ id }) => id);
  if (success.outcome !== undefined) {
    return known.includes(success.outcome)
      ? []
      : [
          {
            path: [...path, 'outcome'],
            message: `there is no outcome "${success.outcome}" (there are: ${[...new Set(known)].join(', ')})`,
          },
        ];
  }
  const journey = journeys.find(({ id }) => id === success.journey);
  if (!journey) return [{ path: [...path, 'journey'], message: `there is no journey "${success.journey}"` }];
  const stages = journey.stages.map(({ id }) => id);
  return (success.in ?? []).flatMap((stage, i) =>
    stages.includes(stage)
      ? []
      : [{ path: [...path, 'in', i], message: `that journey has no stage "${stage}" (it has: ${stages.join(', ')})` }],
  );
};

const inVariants = (experiment: Experiment, templates: object, path: PropertyKey[]): Fault[] => {
  const { holdOut = 0, variants = [] } = experiment;
  const total = variants.reduce((sum, { share }) => sum + share, holdOut);
  const ids = variants.map(({ id }) => id);
  return [
    ...(total > 100 ? [{ path, message: `the shares come to ${total} %: more than 100 cannot be given out` }] : []),
    ...variants.flatMap(({ id, subject = {} }, i): Fault[] => [
      ...(TAKEN.includes(id)
        ? [{ path: [...path, 'variants', i, 'id'], message: `"${id}" has a meaning already: choose another id` }]
        : []),
      ...(ids.indexOf(id) < i
        ? [{ path: [...path, 'variants', i, 'id'], message: `another variant has the id "${id}" already` }]
        : []),
      ...Object.keys(subject).flatMap((language) =>
        Object.hasOwn(templates, language)
          ? []
          : [
              {
                path: [...path, 'variants', i, 'subject', language],
                message: 'the message has no letter in this language',
              },
            ],
      ),
    ]),
  ];
};

/** What does not fit together in the experiments of a model. */
export const experimentFaults = (model: Parts): Fault[] => [
  ...(model.holdOut ? inSuccess(model, model.holdOut.success, ['holdOut', 'success']) : []),
  ...model.messages.flatMap(({ purpose, templates, experiment }, i) => {
    if (!experiment) return [];
    const path = ['messages', i, 'experiment'];
    return [
      ...(purpose === 'service' && experiment.holdOut !== undefined
        ? [{ path: [...path, 'holdOut'], message: 'service mail is withheld from nobody: leave it out' }]
        : []),
      ...inVariants(experiment, templates, path),
      ...inSuccess(model, experiment.success, [...path, 'success']),
    ];
  }),
];
