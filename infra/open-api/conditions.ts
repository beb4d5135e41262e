import type { z } from 'zod';
import type { oas31 } from 'zod-openapi';
import { calendarPeriods } from '../../shared/kernel/calendar-period.ts';
import { DataCondition, EventCondition, MemberCondition, StandingCondition } from '../../shared/scoring/condition.ts';

type Schema = oas31.SchemaObject | oas31.ReferenceObject;

/*
 * A condition is read by a function, so that its faults name the place where they are; zod cannot say what such a
 * function takes. So it is written down here once more, for readers of the document only.
 */
const value: Schema = { type: ['string', 'number', 'boolean'] };
const duration: Schema = { type: 'string', examples: ['90 days', '12 hours'] };
const each = (names: readonly string[], schema: Schema): Record<string, Schema> =>
  Object.fromEntries(names.map((name) => [name, schema]));
const bounds = ['gt', 'gte', 'lt', 'lte'];
const onValue: Record<string, Schema> = {
  ...each(['eq', 'ne'], value),
  in: { type: 'array', items: value },
  ...each(bounds, { type: 'number' }),
  exists: { type: 'boolean' },
  ...each(['is', 'contains', 'startsWith'], { type: 'string' }),
};
const leaf = (key: string, subject: Schema, operators: Record<string, Schema>): Schema => ({
  type: 'object',
  properties: { [key]: subject, ...operators },
  required: [key],
  minProperties: 2,
  additionalProperties: false,
});
const combined = (name: string, leaves: readonly Schema[]): Schema => {
  const self: Schema = { $ref: `#/components/schemas/${name}` };
  const group = (key: string, schema: Schema): Schema => ({
    type: 'object',
    properties: { [key]: schema },
    required: [key],
    additionalProperties: false,
  });
  const several: Schema = { type: 'array', items: self, minItems: 1 };
  return { anyOf: [...leaves, group('all', several), group('any', several), group('not', self)] };
};

const path: Schema = { type: 'string', examples: ['benefit', 'order.total'] };

const type: Schema = { type: 'string', examples: ['event.attended'] };
const where: Record<string, Schema> = { where: { $ref: '#/components/schemas/DataCondition' } };
const ofStanding: readonly Schema[] = [
  leaf('attribute', path, onValue),
  leaf('score', { type: 'string' }, each(bounds, { type: 'number' })),
  leaf('since', { enum: ['activity', 'joining', 'leaving'] }, each(bounds, duration)),
];
const ofMember: readonly Schema[] = [
  ...ofStanding,
  leaf('count', type, { ...where, within: duration, ...each(['eq', ...bounds], { type: 'integer', minimum: 0 }) }),
  leaf('last', type, { ...where, ...each(bounds, duration) }),
  leaf('streak', type, { ...where, periods: { type: 'integer', minimum: 1 }, per: { enum: [...calendarPeriods] } }),
  leaf('journey', { type: 'string' }, { in: { type: 'array', items: { type: 'string' }, minItems: 1 } }),
];
const ofData = leaf('field', path, onValue);

type Condition = 'DataCondition' | 'EventCondition' | 'MemberCondition' | 'StandingCondition';

export const conditionSchemas: Readonly<Record<Condition, Schema>> = {
  DataCondition: {
    description: 'A test of the data of an event',
    ...combined('DataCondition', [ofData]),
  },
  EventCondition: {
    description: 'A test of an event, and of the member just before it',
    ...combined('EventCondition', [ofData, ...ofMember]),
  },
  MemberCondition: {
    description: 'A test of a member at an instant',
    ...combined('MemberCondition', ofMember),
  },
  StandingCondition: {
    description: 'A test of the standing of a member at an instant',
    ...combined('StandingCondition', ofStanding),
  },
};

const names = new Map<unknown, keyof typeof conditionSchemas>([
  [DataCondition, 'DataCondition'],
  [EventCondition, 'EventCondition'],
  [MemberCondition, 'MemberCondition'],
  [StandingCondition, 'StandingCondition'],
]);

/** Refers to the above wherever a condition stands. */
export const namedConditions = ({
  zodSchema,
  jsonSchema,
}: {
  zodSchema: z.core.$ZodType;
  jsonSchema: object;
}): void => {
  const name = names.get(zodSchema);
  if (name) Object.assign(jsonSchema, { $ref: `#/components/schemas/${name}` });
};
