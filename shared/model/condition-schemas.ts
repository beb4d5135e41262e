import { calendarPeriods } from '../kernel/calendar-period.ts';
import { EventCondition, MemberCondition, StandingCondition } from '../scoring/condition.ts';
import { DataCondition } from '../scoring/data-condition.ts';

type Kind = 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean';
/** As much of JSON Schema as conditions need; OpenAPI takes it as well. */
type Schema = {
  $ref?: string;
  description?: string;
  type?: Kind | Kind[];
  enum?: string[];
  examples?: string[];
  items?: Schema;
  minItems?: number;
  minimum?: number;
  minProperties?: number;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean;
  anyOf?: Schema[];
};

/*
 * A condition is read by a function, so that its faults name the place where they are; zod cannot say what such a
 * function takes. So it is written down here once more, for editors and readers of the HTTP API.
 */
const value: Schema = { type: ['string', 'number', 'boolean'] };
const texts: Schema = { type: 'array', items: { type: 'string' }, minItems: 1 };
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
  ...each(['containsAny', 'containsAll'], texts),
  ...each(['withinNext', 'withinLast', 'olderThan', 'beyondNext'], {
    type: 'string',
    examples: ['30 days', '6 months', '18 years'],
  }),
};
const leaf = (key: string, subject: Schema, operators: Record<string, Schema>): Schema => ({
  type: 'object',
  properties: { [key]: subject, ...operators },
  required: [key],
  minProperties: 2,
  additionalProperties: false,
});
const combined = (self: Schema, leaves: readonly Schema[]): Schema => {
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
const ofStanding: readonly Schema[] = [
  leaf('attribute', path, onValue),
  { ...leaf('tag', { anyOf: [{ type: 'string' }, texts] }, {}), minProperties: 1 },
  leaf('score', { type: 'string' }, each(bounds, { type: 'number' })),
  leaf('grade', { type: 'string' }, { in: { type: 'array', items: { type: 'string' }, minItems: 1 } }),
  leaf('since', { enum: ['activity', 'joining', 'leaving'] }, each(bounds, duration)),
];
const stepOf = (data: Schema): Schema => ({
  anyOf: [type, { ...leaf('event', type, { where: data }), minProperties: 1 }],
});
const ofMember = (data: Schema): readonly Schema[] => [
  ...ofStanding,
  leaf('count', type, { where: data, within: duration, ...each(['eq', ...bounds], { type: 'integer', minimum: 0 }) }),
  leaf('last', type, { where: data, ...each(bounds, duration) }),
  leaf('streak', type, {
    where: data,
    periods: { type: 'integer', minimum: 1 },
    per: { enum: [...calendarPeriods] },
  }),
  {
    ...leaf(
      'sequence',
      { type: 'array', items: stepOf(data), minItems: 2 },
      { within: duration, ...each(bounds, duration) },
    ),
    required: ['sequence', 'within'],
  },
  leaf('journey', { type: 'string' }, { in: { type: 'array', items: { type: 'string' }, minItems: 1 } }),
];
const ofData = leaf('field', path, onValue);
const ofPresent = (data: Schema): readonly Schema[] => [
  ofData,
  { ...leaf('first', type, { where: data }), minProperties: 1 },
  { ...leaf('after', type, { where: data, within: duration }), minProperties: 1 },
];

type Name = 'DataCondition' | 'EventCondition' | 'MemberCondition' | 'StandingCondition';

/** The schemas of all conditions; `refer` says under which address one of them is found. */
export const conditionSchemas = (refer: (name: Name) => string): Record<Name, Schema> => {
  const named = (name: Name): Schema => ({ $ref: refer(name) });
  const member = ofMember(named('DataCondition'));
  return {
    DataCondition: {
      description: 'A test of the data of an event',
      ...combined(named('DataCondition'), [ofData]),
    },
    EventCondition: {
      description: 'A test of an event, and of the member just before it',
      ...combined(named('EventCondition'), [...ofPresent(named('DataCondition')), ...member]),
    },
    MemberCondition: {
      description: 'A test of a member at an instant',
      ...combined(named('MemberCondition'), member),
    },
    StandingCondition: {
      description: 'A test of the standing of a member at an instant',
      ...combined(named('StandingCondition'), ofStanding),
    },
  };
};

const names = new Map<unknown, Name>([
  [DataCondition, 'DataCondition'],
  [EventCondition, 'EventCondition'],
  [MemberCondition, 'MemberCondition'],
  [StandingCondition, 'StandingCondition'],
]);

/** The name of a condition that zod cannot describe; undefined for all other schemas. */
export const conditionNamed = (zodSchema: unknown): Name | undefined => names.get(zodSchema);
