import type { ModelFault } from '../mailing/publishable.ts';
import { type JsonSchema, modelJsonSchema } from './json-schema.ts';
import { nearest } from './nearest.ts';

type Path = readonly PropertyKey[];
type Object = Readonly<Record<PropertyKey, unknown>>;

const isObject = (value: unknown): value is Object => value !== null && typeof value === 'object';
/** A single thing may stand for a list of one. */
const at = (value: unknown, path: Path): unknown =>
  path.reduce((here, key) => {
    if (typeof key === 'number' && isObject(here) && !Array.isArray(here)) return here;
    return isObject(here) ? here[key] : undefined;
  }, value);

/** The schemas that a place may be read by: references followed, alternatives side by side. */
const opened = (root: JsonSchema, schema: JsonSchema | boolean | undefined): readonly JsonSchema[] => {
  if (typeof schema !== 'object') return [];
  const name = schema.$ref?.split('/').at(-1);
  const referred = name === undefined ? undefined : root.$defs?.[name];
  return [
    schema,
    ...(referred ? opened(root, referred) : []),
    ...(schema.anyOf ?? []).flatMap((one) => opened(root, one)),
  ];
};

const below = (schema: JsonSchema, key: PropertyKey): JsonSchema | boolean | undefined => {
  if (typeof key === 'number') return Array.isArray(schema.items) ? undefined : schema.items;
  return schema.properties?.[String(key)] ?? schema.additionalProperties;
};

const schemasAt = (root: JsonSchema, path: Path): readonly JsonSchema[] =>
  path.reduce<readonly JsonSchema[]>(
    (here, key) => here.flatMap((one) => opened(root, below(one, key))),
    opened(root, root),
  );

/** The keys that may stand at a place in a model. */
const keysAt = (root: JsonSchema, path: Path): readonly string[] => [
  ...new Set(schemasAt(root, path).flatMap(({ properties = {} }) => Object.keys(properties))),
];

/** The words that may stand at a place in a model, where not everything may. */
const wordsAt = (root: JsonSchema, path: Path): readonly string[] =>
  schemasAt(root, path).flatMap(({ enum: words = [] }) => words.filter((word) => typeof word === 'string'));

const idsIn = (list: unknown): readonly string[] =>
  (Array.isArray(list) ? list : []).map((one) => at(one, ['id'])).filter((id) => typeof id === 'string');

const listed: Readonly<Record<string, (input: unknown) => readonly string[]>> = {
  score: (input) => idsIn(at(input, ['scores'])),
  journey: (input) => idsIn(at(input, ['journeys'])),
  'cap group': (input) => idsIn(at(input, ['capGroups'])),
  message: (input) => idsIn(at(input, ['messages'])),
};

/** The fields that there are depend on the kind of mail, so the fault names them. */
const listedIn = (message: string): readonly string[] =>
  /\(there are: ([^)]+)\)$/.exec(message)?.[1]?.split(', ') ?? [];

/** What is to be written instead: for a key of what stands at the path, or for the text that stands there itself. */
export type Edit = { readonly key?: string; readonly to: string };
type Mend = {
  /** What its author most likely meant, in words after "did you mean". */
  readonly mend: string;
  /** How to put it right; absent where it stands in the midst of a text. */
  readonly edit?: Edit;
};

const ofKey = (key: string, meant: string | undefined): Mend | undefined =>
  meant === undefined ? undefined : { mend: `"${meant}"`, edit: { key, to: meant } };

const ofText = (value: unknown, text: string, meant: string | undefined): Mend | undefined => {
  if (meant === undefined) return undefined;
  return { mend: `"${meant}"`, ...(value === text ? { edit: { to: meant } } : {}) };
};

/** Undefined where nothing is near. */
const mendOf = (root: JsonSchema, { path, message }: ModelFault, input: unknown): Mend | undefined => {
  const [, unknownKey] = /^Unrecognized keys?: "([^"]+)"/.exec(message) ?? [];
  // A list's own faults and those of a single thing in it have the same keys.
  if (unknownKey !== undefined) return ofKey(unknownKey, nearest(unknownKey, keysAt(root, path)));
  const [, kind = '', unknownName = ''] = /there is no ([\w ]+) "([^"]+)"/.exec(message) ?? [];
  const [, options] = /^Invalid option: expected one of (.+)$/.exec(message) ?? [];
  const value = at(input, path);
  const [, kinds] = /^must be one of: (.+)$/.exec(message) ?? [];
  if (kinds && isObject(value)) {
    return Object.keys(value).flatMap((key) => ofKey(key, nearest(key, kinds.split(', '))) ?? [])[0];
  }
  if (unknownName === '' && !options) {
    const words = wordsAt(root, path);
    const text = String(value);
    // What may stand there is not at fault as a word.
    return words.includes(text) ? undefined : ofText(value, text, nearest(text, words));
  }
  if (!options) return ofText(value, unknownName, nearest(unknownName, listed[kind]?.(input) ?? listedIn(message)));
  const known = [...options.matchAll(/"([^"]+)"/g)].map(([, option = '']) => option);
  return ofText(value, String(value), nearest(String(value), known));
};

/** The faults of a document, each with what its author most likely meant, where that can be told. */
export const withMends = (faults: readonly ModelFault[], input: unknown): readonly (ModelFault & Partial<Mend>)[] => {
  const root = modelJsonSchema();
  return faults.map((fault) => ({ ...fault, ...mendOf(root, fault, input) }));
};
