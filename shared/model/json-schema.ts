import * as z from 'zod';
import { Model } from '../scoring/model.ts';
import { conditionNamed, conditionSchemas } from './condition-schemas.ts';

export type JsonSchema = z.core.JSONSchema.JSONSchema;

const refer = (name: string) => `#/$defs/${name}`;

/** One cap may stand alone or in a list, and none need stand there; the schema knows only what is made of that. */
const capAsWritten = (schema: JsonSchema): void => {
  const cap = schema.properties?.cap;
  if (typeof cap !== 'object' || typeof cap.items !== 'object' || Array.isArray(cap.items)) return;
  schema.properties = { ...schema.properties, cap: { anyOf: [cap.items, cap] } };
  if (!cap.minItems) schema.required = (schema.required ?? []).filter((key) => key !== 'cap');
};

/**
 * The model as JSON Schema (draft 2020-12), for editors and for whoever writes models by program. It says what a file
 * may hold; whether its parts fit together is another question, which `publishable` answers.
 */
export const modelJsonSchema = (): JsonSchema => {
  const { $defs, ...schema } = z.toJSONSchema(Model, {
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      const name = conditionNamed(zodSchema);
      if (name) Object.assign(jsonSchema, { $ref: refer(name) });
      capAsWritten(jsonSchema);
    },
    unrepresentable: 'any',
  });
  return { title: 'Scoring model of Polku', ...schema, $defs: { ...$defs, ...conditionSchemas(refer) } };
};

/** The text of docs/model.schema.json. */
export const modelSchemaText = (): string => `${JSON.stringify(modelJsonSchema(), undefined, 2)}\n`;
