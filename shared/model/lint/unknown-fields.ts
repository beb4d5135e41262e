import type { Model } from '../../scoring/model.ts';
import { fieldsOf } from '../event-fields.ts';
import type { Finding, Lint } from '../finding.ts';
import { nearest } from '../nearest.ts';
import { fieldTestsIn } from '../places.ts';

type Named = { readonly on: string; readonly field: string; readonly path: readonly PropertyKey[] };

/** Every place in the model that names a field of an event's data. */
const named = (model: Model): readonly Named[] => [
  ...fieldTestsIn(model).map(({ on, leaf, path }) => ({ on, field: leaf.field, path: [...path, 'field'] })),
  ...model.rules.flatMap(({ on, points, cap }, i) => [
    ...(typeof points === 'object' ? [{ on, field: points.field, path: ['rules', i, 'points', 'field'] }] : []),
    ...cap.flatMap(({ oncePer }, c) =>
      oncePer === undefined ? [] : [{ on, field: oncePer, path: ['rules', i, 'cap', c, 'oncePer'] }],
    ),
  ]),
];

const finding = ({ on, field, path }: Named): readonly Finding[] => {
  const [first = ''] = field.split('.');
  const known = Object.keys(fieldsOf(on) ?? {});
  if (known.length === 0 || known.includes(first)) return [];
  const meant = nearest(first, known);
  const message = `${on} has no field "${first}" that Polku knows (it knows: ${known.join(', ')})`;
  return [{ path, level: meant ? 'warning' : 'info', message, ...(meant ? { mend: `"${meant}"` } : {}) }];
};

/** Systems may send more fields than Polku knows, so an unknown name is a mistake only where it is nearly a known one. */
export const unknownFields: Lint = { name: 'unknown-fields', look: (model) => named(model).flatMap(finding) };
