import { jsonPointer } from '../../shared/api/problem.ts';
import type { Lint } from '../../shared/model/finding.ts';
import { Model } from '../../shared/scoring/model.ts';
import { document } from '../support/given.ts';

/** What a lint says of the small model with some of its parts replaced: place, level and mend. */
export const found = ({ look }: Lint, parts: object = {}): readonly string[] =>
  look(Model.parse({ ...document, ...parts })).map(({ path, level, mend }) =>
    [jsonPointer(path), level, ...(mend === undefined ? [] : [mend])].join(' '),
  );

/** The first thing that a lint says, in its words. */
export const said = ({ look }: Lint, parts: object): string | undefined =>
  look(Model.parse({ ...document, ...parts }))[0]?.message;

/** One rule, made from what matters about it. */
export const rule = (rest: object) => ({
  rules: [{ id: 'one', title: 'One', on: 'event.attended', score: 'engagement', points: 20, ...rest }],
});

/** A journey of members with the stages given, each with an id from its place: s0, s1 … */
export const journey = (...stages: object[]) => ({
  journeys: [
    {
      id: 'member',
      title: 'Member',
      appliesTo: { attribute: 'status', eq: 'member' },
      stages: stages.map((stage, i) => ({ id: `s${i}`, title: `Stage ${i}`, ...stage })),
    },
  ],
});
