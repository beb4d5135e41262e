import { conditionNamed, conditionSchemas } from '../../shared/model/condition-schemas.ts';

const refer = (name: string) => `#/components/schemas/${name}`;

export const conditionComponents = conditionSchemas(refer);

/** Refers to the above wherever a condition stands. */
export const namedConditions = ({ zodSchema, jsonSchema }: { zodSchema: unknown; jsonSchema: object }): void => {
  const name = conditionNamed(zodSchema);
  if (name) Object.assign(jsonSchema, { $ref: refer(name) });
};
