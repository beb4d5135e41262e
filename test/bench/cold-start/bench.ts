import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { Template } from 'aws-cdk-lib/assertions';
import { buildSync } from 'esbuild';
import * as z from 'zod';
import { bundling, root } from '../../../infra/constructs/bundling.ts';
import { CloudTemplate } from '../../../infra/local/template/cloud-template.ts';
import { readFunctions } from '../../../infra/local/template/functions.ts';
import { viewStack } from '../../../infra/local/template/stack-view.ts';
import { appOf, context } from '../../support/template.ts';

/*
 * How long each function takes to be loaded in a fresh process, in CPU time, beside an empty handler and beside the bare
 * clients of the SDK that it holds, all bundled in the same way and taken in turn. Run `npm run bench:cold-start`.
 */
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '9' } } });
const rounds = Number(values.rounds);
/** At most so many times what its bare clients take. */
const GOAL = 1.3;

const folder = mkdtempSync(join(tmpdir(), 'polku-cold-start-'));

const { stack } = appOf(context.polku, {
  context: { ...context, 'aws:cdk:bundling-stacks': [], 'aws:cdk:enable-path-metadata': true },
  builtinCloudFormationValidation: false,
});
const view = viewStack(CloudTemplate.parse(Template.fromStack(stack).toJSON()), {
  queueUrl: (name) => `http://127.0.0.1/${name}`,
  door: 'http://127.0.0.1',
});
const environments = new Map(readFunctions(view).map(({ name, environment }) => [name.toLowerCase(), environment]));

type Bundle = { readonly name: string; readonly file: string; readonly environment: NodeJS.ProcessEnv };

const bundled = (name: string, entry: string, environment: NodeJS.ProcessEnv = {}) => {
  const outdir = join(folder, name);
  const { metafile } = buildSync({ ...bundling, entryPoints: { index: entry }, outdir, metafile: true });
  const inputs = Object.keys(metafile.inputs).join('\n');
  const clients = [
    ...new Set([...inputs.matchAll(/node_modules\/@aws-sdk\/(client-[a-z]+)\//g)].map(([, one = '']) => one)),
  ];
  return { bundle: { name, file: join(outdir, 'index.mjs'), environment }, clients: clients.sort() };
};

/** Bundles a text as if it were a function. It lies in the repository's own reach, so that it finds the packages. */
const written = (name: string, text: string): Bundle => {
  const place = join(root, 'node_modules/.cache/polku-cold-start');
  mkdirSync(place, { recursive: true });
  const file = join(place, `${name}.ts`);
  writeFileSync(file, text);
  return bundled(name, file).bundle;
};

/** The clients of the SDK, made as a function makes them, with one kind of request each. */
const bare = async (clients: readonly string[]): Promise<Bundle> => {
  const made = await Promise.all(
    clients.map(async (client) => {
      const names = Object.keys(z.record(z.string(), z.unknown()).parse({ ...(await import(`@aws-sdk/${client}`)) }));
      const named = (end: string) => names.find((name) => name.endsWith(end) && !name.startsWith('_')) ?? '';
      return { client, type: named('Client'), request: named('Command') };
    }),
  );
  const imports = made.map(({ client, type, request }) => `import { ${type}, ${request} } from '@aws-sdk/${client}';`);
  const text = `${imports.join('\n')}\nexport const handler = [${made.map(({ type, request }) => `new ${type}(), ${request}`)}];\n`;
  return written(clients.join('-'), text);
};

const LOAD = `
const before = process.cpuUsage();
await import(process.argv[1]);
const { user, system } = process.cpuUsage(before);
process.stdout.write(String((user + system) / 1000));
process.exit();
`;

/** CPU time to load it in a process of its own, in ms. */
const loading = ({ name, file, environment }: Bundle): number => {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--input-type=module', '--eval', LOAD, pathToFileURL(file).href],
    { env: { AWS_REGION: 'eu-north-1', POWERTOOLS_DEV: 'false', ...environment }, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`${name} cannot be loaded: ${stderr.slice(-2000)}`);
  return Number(stdout);
};

const kilobytes = (file: string): number =>
  readdirSync(join(file, '..'))
    .filter((one) => one.endsWith('.mjs'))
    .reduce((sum, one) => sum + statSync(join(file, '..', one)).size, 0) / 1024;

const names = readdirSync(join(root, 'functions')).sort();
const functions = names.map((name) => bundled(name, `functions/${name}/index.ts`, { ...environments.get(name) }));
const kinds = new Map(functions.map(({ clients }) => [clients.join('-'), clients]));
const clients = new Map<string, Bundle>();
for (const [kind, list] of kinds) clients.set(kind, await bare(list));
const empty = written('empty', 'export const handler = async () => {};\n');
const all = [empty, ...clients.values(), ...functions.map(({ bundle }) => bundle)];

const taken = new Map(all.map(({ name }): [string, number[]] => [name, []]));
for (let round = 0; round < rounds; round++) for (const one of all) taken.get(one.name)?.push(loading(one));
const median = (name: string): number => (taken.get(name) ?? []).toSorted((a, b) => a - b)[rounds >> 1] ?? Number.NaN;

const line = (...cells: readonly string[]) =>
  console.log(cells.map((cell, i) => (i === 0 ? cell.padEnd(34) : cell.padStart(14))).join(''));
line('', 'KB', 'ms', 'times bare');
line('an empty handler', kilobytes(empty.file).toFixed(1), median('empty').toFixed(0), '');
for (const [kind, { file }] of clients) line(`bare ${kind}`, kilobytes(file).toFixed(0), median(kind).toFixed(0), '');
for (const { bundle, clients: list } of functions) {
  const times = median(bundle.name) / median(list.join('-'));
  const missed = times > GOAL ? ' missed' : '';
  line(bundle.name, kilobytes(bundle.file).toFixed(0), median(bundle.name).toFixed(0), `${times.toFixed(2)}${missed}`);
}
rmSync(folder, { recursive: true });
