import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as z from 'zod';
import { exclusiveLock } from './exclusive-lock.ts';
import { CloudTemplate } from './template/cloud-template.ts';
import { Trouble } from './trouble.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const cache = join(root, 'node_modules/.cache/polku');
/** Assemblies to keep: the last few, so that going back and forth between two versions stays quick. */
const KEEP = 10;
const LOCK = 'lock.db';
/** How long to wait for another that synthesises, in ms. */
const PATIENCE = 120_000;

export type Assembly = { readonly folder: string; readonly template: CloudTemplate };

const CdkJson = z.object({ context: z.record(z.string(), z.json()).default({}) });
const Manifest = z.object({
  artifacts: z.record(
    z.string(),
    z.object({ type: z.string(), properties: z.object({ templateFile: z.string().optional() }).optional() }),
  ),
});

/** Everything that the stack and the functions in it are made from; what runs it locally is no part of them. */
const sources = (): string[] =>
  [
    ...globSync('{infra,functions,shared,events}/**/*', {
      cwd: root,
      exclude: (path) => path.startsWith(join('infra', 'local')),
    }),
    ...['cdk.json', 'package-lock.json'],
  ]
    .filter((path) => statSync(join(root, path)).isFile())
    .sort();

/** What the app is told: the context of cdk.json, perhaps with the settings of another organisation. Throws Trouble. */
const contextWith = (settings: string | undefined): Readonly<Record<string, unknown>> => {
  const { context } = CdkJson.parse(JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')));
  if (settings === undefined) return context;
  try {
    return { ...context, polku: JSON.parse(readFileSync(settings, 'utf8')) };
  } catch {
    throw new Trouble(`${settings} cannot be read as JSON: give --settings a file as docs/deploying.md describes it.`);
  }
};

const fingerprint = (context: unknown): string => {
  const hash = createHash('sha256').update(process.version).update(JSON.stringify(context));
  for (const path of sources()) {
    const content = readFileSync(join(root, path));
    hash.update(`${path}\n${content.length}\n`).update(content);
  }
  return hash.digest('hex').slice(0, 32);
};

const synthesise = async (folder: string, context: Readonly<Record<string, unknown>>): Promise<void> => {
  const env = {
    // Nothing of the machine's own account or region gets into what is synthesised.
    PATH: process.env.PATH ?? '',
    CDK_OUTDIR: folder,
    // The paths give the emulated resources names that one can read.
    CDK_CONTEXT_JSON: JSON.stringify({ ...context, 'aws:cdk:enable-path-metadata': true }),
  };
  try {
    await promisify(execFile)(process.execPath, ['--disable-warning=ExperimentalWarning', 'infra/app.ts'], {
      cwd: root,
      env,
    });
  } catch (error) {
    const said = z.object({ stderr: z.string() }).safeParse(error);
    if (said.success) process.stderr.write(said.data.stderr);
    throw new Trouble('The CDK app does not synthesise (above is what it says): mend infra/ or cdk.json.');
  }
};

const templateIn = (folder: string): CloudTemplate => {
  const { artifacts } = Manifest.parse(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')));
  const files = Object.values(artifacts).flatMap(({ type, properties }) =>
    type === 'aws:cloudformation:stack' && properties?.templateFile ? [properties.templateFile] : [],
  );
  const [file] = files;
  if (!file || files.length > 1) throw new Error(`The local cloud runs one stack, and the app has ${files.length}`);
  return CloudTemplate.parse(JSON.parse(readFileSync(join(folder, file), 'utf8')));
};

const forgetOld = (): void => {
  const age = (name: string) => statSync(join(cache, name)).mtimeMs;
  const old = readdirSync(cache)
    .filter((name) => !name.startsWith(LOCK))
    .sort((a, b) => age(b) - age(a));
  for (const name of old.slice(KEEP)) rmSync(join(cache, name), { recursive: true, force: true });
};

const made = async (folder: string, context: Readonly<Record<string, unknown>>): Promise<void> => {
  const draft = `${folder}.draft`;
  rmSync(draft, { recursive: true, force: true });
  await synthesise(draft, context);
  renameSync(draft, folder);
  forgetOld();
};

/**
 * The synthesised app with its bundled functions: made anew when a source has changed since the last time. Throws Trouble.
 * @param settings the path of an organisation's settings; left out, those of cdk.json
 */
export const assemble = async (settings?: string): Promise<Assembly> => {
  const context = contextWith(settings);
  const folder = join(cache, fingerprint(context));
  if (!existsSync(folder)) {
    mkdirSync(cache, { recursive: true });
    // Several may start at once: one makes it, the others wait for it.
    const unlock = exclusiveLock(join(cache, LOCK), PATIENCE);
    try {
      if (!existsSync(folder)) await made(folder, context);
    } finally {
      unlock?.();
    }
  }
  return { folder, template: templateIn(folder) };
};
