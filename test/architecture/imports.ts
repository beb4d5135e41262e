import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';

export type Import = {
  readonly from: string;
  /** A file of ours by its path, `node:fs`, or the name of a package. */
  readonly to: string;
  /** Gone when the code runs. */
  readonly typeOnly: boolean;
};

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The code is formatted by a tool, so that imports look like this and no other way. */
const statement =
  /^(?:import|export)\b(?<type> type\b)?(?:[^;'"`]*?\bfrom)? '(?<static>[^']+)'|\bimport\('(?<dynamic>[^']+)'\)/gm;

const packageName = /^(?:@[^/]+\/)?[^/]+/;

const target = (from: string, specifier: string): string => {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(from), specifier);
  if (specifier.startsWith('node:')) return specifier;
  return packageName.exec(specifier)?.[0] ?? specifier;
};

export const importsOf = (from: string, code: string): Import[] =>
  [...code.matchAll(statement)].flatMap(({ groups }) => {
    const specifier = groups?.static ?? groups?.dynamic;
    return specifier ? [{ from, to: target(from, specifier), typeOnly: groups?.type !== undefined }] : [];
  });

export const files: readonly string[] = ['events', 'shared', 'functions', 'infra', 'test'].flatMap((room) =>
  readdirSync(`${root}${room}`, { recursive: true, encoding: 'utf8' })
    .map((path) => `${room}/${path.replaceAll('\\', '/')}`)
    .filter((path) => /\.m?ts$/.test(path)),
);

export const imports: readonly Import[] = files.flatMap((file) =>
  importsOf(file, readFileSync(`${root}${file}`, 'utf8')),
);
