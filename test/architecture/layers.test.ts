import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { files, imports, importsOf } from './imports.ts';
import { betweenFunctions, breaches, layers } from './layers.ts';

describe('the rooms', () => {
  it.each(layers)('$name', (layer) => expect(breaches(layer, imports)).toEqual([]));

  it('functions live alone', () => expect(betweenFunctions(imports)).toEqual([]));

  it('lead somewhere: every import of ours is a file', () => {
    const known = new Set(files);
    const lost = imports.filter(
      ({ to }) => /^(events|shared|functions|infra|test)\/.*\.ts$/.test(to) && !known.has(to),
    );
    expect(lost).toEqual([]);
  });

  it('take what is deployed from the dependencies, not from the devDependencies', () => {
    const deployed = imports.filter(({ from, typeOnly }) => /^(events|shared|functions)\//.test(from) && !typeOnly);
    const packages = deployed.filter(({ to }) => !/^(events|shared|functions|node:)/.test(to)).map(({ to }) => to);
    expect([...new Set(packages)].filter((name) => !(name in packageJson.dependencies))).toEqual([]);
  });

  it('import zod as a namespace: by its name, every function would load the messages of fifty languages', () => {
    const room = new URL('../../', import.meta.url);
    const deployed = files.filter((file) => /^(events|shared|functions)\//.test(file));
    const whole = deployed.filter((file) =>
      /^import \{ z \} from 'zod'/m.test(readFileSync(new URL(file, room), 'utf8')),
    );
    expect(whole).toEqual([]);
  });

  it('have no circles', () => {
    const next = Map.groupBy(
      imports.filter(({ typeOnly }) => !typeOnly),
      ({ from }) => from,
    );
    const done = new Set<string>();
    const circle = (file: string, path: readonly string[]): readonly string[] | undefined => {
      if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
      if (done.has(file)) return undefined;
      const found = (next.get(file) ?? []).map(({ to }) => circle(to, [...path, file])).find(Boolean);
      done.add(file);
      return found;
    };
    expect(files.map((file) => circle(file, [])).find(Boolean)).toBeUndefined();
  });
});

describe('the rules are asked', () => {
  const code = [
    "import { readFile } from 'node:fs/promises';",
    "import type { Item } from '../aws/keys.ts';",
    "import {\n  DynamoDBClient,\n} from '@aws-sdk/client-dynamodb';",
    "export { score } from './score.ts';",
    "const later = await import('@middy/core');",
  ].join('\n');

  it('of imports in every form', () =>
    expect(importsOf('shared/scoring/x.ts', code).map(({ to, typeOnly }) => [to, typeOnly])).toEqual([
      ['node:fs/promises', false],
      ['shared/aws/keys.ts', true],
      ['@aws-sdk/client-dynamodb', false],
      ['shared/scoring/score.ts', false],
      ['@middy/core', false],
    ]));

  it('and say why', () => {
    const pure = layers.filter(({ name }) => name === 'the pure rooms stay pure');
    const said = pure.flatMap((layer) => breaches(layer, importsOf('shared/scoring/x.ts', code)));
    expect(said).toHaveLength(4);
    expect(said[0]).toBe(
      'shared/scoring/x.ts imports node:fs/promises. A standing follows from ledger, model and instant alone: no AWS, no Node, no framework. Take it as an argument.',
    );
  });
});
