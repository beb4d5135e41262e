import { readdirSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { conditionSchemas } from '../../shared/model/condition-schemas.ts';
import { modelJsonSchema, modelSchemaText } from '../../shared/model/json-schema.ts';
import { EventCondition } from '../../shared/scoring/condition.ts';
import { document } from '../support/given.ts';
import { codeBlocks, readText } from '../support/guide.ts';

// Dates are checked by their pattern; the format says the same once more.
const fits = new Ajv2020({ strict: true, allowUnionTypes: true, validateFormats: false }).compile(modelJsonSchema());
const places = (model: unknown): readonly string[] =>
  fits(model) ? [] : (fits.errors ?? []).map(({ instancePath, params }) => `${instancePath} ${JSON.stringify(params)}`);
const samples = readdirSync(new URL('../../samples/', import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

describe('the JSON Schema of the model', () => {
  it('is the one in docs (npm run model-schema writes it)', () =>
    expect(readText('docs/model.schema.json')).toBe(modelSchemaText()));

  it.each(samples)('takes the sample %s, which names it', (sample) => {
    const text = readText(`samples/${sample}/model.yaml`);
    expect(text.split('\n')[0]).toBe('# yaml-language-server: $schema=../../docs/model.schema.json');
    expect(places(parse(text))).toEqual([]);
  });

  const parts = ['scores', 'rules', 'journeys', 'messages'];
  const blocks = codeBlocks(readText('docs/model.md')).filter(({ info }) => parts.includes(info.replace('yaml ', '')));
  it.each(blocks)('takes what the guide shows ($info)', ({ info, content }) =>
    expect(places({ ...document, [info.replace('yaml ', '')]: parse(content) })).toEqual([]),
  );

  it.each([
    ['a key that there is not', { ...document, skores: [] }],
    ['one inside a part', { ...document, scores: [{ ...document.scores[0], halflife: '3 days' }] }],
    ['a time that is none', { ...document, scores: [{ ...document.scores[0], halfLife: '3 months' }] }],
    ['a condition that is none', { ...document, rules: [{ ...document.rules[0], where: { feld: 'x', eq: 1 } }] }],
  ])('refuses %s', (_, model) => expect(places(model)).not.toEqual([]));

  it('takes one cap, several and none', () => {
    const [rule] = document.rules;
    const once = { times: 1 };
    for (const cap of [{}, { cap: once }, { cap: [once, once] }])
      expect(places({ ...document, rules: [{ ...rule, ...cap }] })).toEqual([]);
  });
});

describe('conditions, written down for editors', () => {
  const { EventCondition: written } = conditionSchemas((name) => `#/$defs/${name}`);
  const leaves = (written.anyOf ?? []).filter(({ required: [key = ''] = [] }) => !['all', 'any', 'not'].includes(key));
  const subject: Readonly<Record<string, string>> = { since: 'activity', count: 'a.b', last: 'a.b' };
  const testing = leaves.filter(
    ({ required: [key = ''] = [] }) =>
      !['streak', 'journey', 'grade', 'tag', 'first', 'after', 'sequence'].includes(key),
  );

  it.each(testing.map(({ required: [key = ''] = [], properties = {} }) => [key, properties] as const))(
    'have all the operators that Polku takes for %s, and no others',
    (key, properties) => {
      const read = EventCondition.safeParse({ [key]: subject[key] ?? 'x' });
      const said = /^needs at least one of (.+)$/.exec(read.error?.issues[0]?.message ?? '')?.[1] ?? '';
      const others = [key, 'where', 'within'];
      expect(
        Object.keys(properties)
          .filter((one) => !others.includes(one))
          .sort(),
      ).toEqual(said.split(', ').sort());
    },
  );

  it('have every kind that Polku takes', () => {
    const read = EventCondition.safeParse({});
    const said = /must be one of: (.+)$/.exec(read.error?.issues[0]?.message ?? '')?.[1]?.split(', ') ?? [];
    const kinds = (written.anyOf ?? []).flatMap(({ required = [] }) => required.slice(0, 1));
    expect([...kinds].sort()).toEqual([...said].sort());
  });
});
