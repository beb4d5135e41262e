import type { FieldCondition } from '../../scoring/data-condition.ts';
import { fieldsOf } from '../event-fields.ts';
import type { Finding, Lint } from '../finding.ts';
import { nearest } from '../nearest.ts';
import { fieldTestsIn, testsIn } from '../places.ts';

const STATUSES = ['lead', 'member', 'left'];

type Asked = Pick<FieldCondition, 'eq' | 'in'>;
const valuesAsked = ({ eq, in: list = [] }: Asked) => [
  ...(eq === undefined ? [] : [{ value: eq, at: ['eq'] }]),
  ...list.map((value, i) => ({ value, at: ['in', i] })),
];

const inStatus = (leaf: Asked, path: readonly PropertyKey[]): readonly Finding[] =>
  valuesAsked(leaf)
    .filter(({ value }) => typeof value !== 'string' || !STATUSES.includes(value))
    .map(({ value, at }) => {
      const meant = nearest(String(value), STATUSES);
      return {
        path: [...path, ...at],
        level: 'warning',
        message: `nobody ever has the status ${JSON.stringify(value)} (there are: ${STATUSES.join(', ')})`,
        ...(meant ? { mend: `"${meant}"` } : {}),
      };
    });

const inField = (on: string, leaf: FieldCondition, path: readonly PropertyKey[]): readonly Finding[] => {
  const schema = fieldsOf(on)?.[leaf.field];
  if (!schema) return [];
  return valuesAsked(leaf)
    .filter(({ value }) => !schema.safeParse(value).success)
    .map(({ value, at }) => ({
      path: [...path, ...at],
      level: 'warning',
      message: `${on} never has ${JSON.stringify(value)} as its "${leaf.field}": such an event would be refused`,
    }));
};

/** Values that can never come: such as events of a known type cannot carry, and a status that there is not. */
export const unsendableValues: Lint = {
  name: 'unsendable-values',
  look: (model) => [
    ...fieldTestsIn(model).flatMap(({ on, leaf, path }) => inField(on, leaf, path)),
    ...testsIn(model).flatMap(({ leaf, path }) =>
      'attribute' in leaf && leaf.attribute === 'status' ? inStatus(leaf, path) : [],
    ),
  ],
};
