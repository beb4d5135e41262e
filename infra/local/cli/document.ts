import { LineCounter, parseDocument } from 'yaml';
import { codeOf, Trouble } from '../trouble.ts';
import type { World } from './world.ts';

export type Place = { readonly line: number; readonly column: number };
export type SourceDocument = {
  readonly value: unknown;
  /** Where in the file a path is, or the nearest part of it that is there. */
  readonly placeOf: (path: readonly PropertyKey[]) => Place;
};

export const readFileText = ({ readText }: Pick<World, 'readText'>, file: string): string => {
  try {
    return readText(file);
  } catch (error) {
    const why = codeOf(error) === 'ENOENT' ? 'There is no such file' : `The file cannot be read (${codeOf(error)})`;
    throw new Trouble(`${why}: ${file}.`);
  }
};

const startOf = (node: unknown): number | undefined =>
  node !== null && typeof node === 'object' && 'range' in node && Array.isArray(node.range) ? node.range[0] : undefined;

/** A file of YAML, or of JSON, which is YAML too. Throws Trouble, naming the line, where it is neither. */
export const readDocument = (world: Pick<World, 'readText'>, file: string): SourceDocument => {
  const lines = new LineCounter();
  const document = parseDocument(readFileText(world, file), { lineCounter: lines });
  const [error] = document.errors;
  if (error) {
    const { line = 1, col = 1 } = error.linePos?.[0] ?? {};
    throw new Trouble(
      `${file}:${line}:${col}: ${error.message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '')}.`,
    );
  }
  const placeOf = (path: readonly PropertyKey[]): Place => {
    for (let length = path.length; length > 0; length--) {
      const start = startOf(document.getIn(path.slice(0, length), true));
      if (start === undefined) continue;
      const { line, col } = lines.linePos(start);
      return { line, column: col };
    }
    return { line: 1, column: 1 };
  };
  return { value: document.toJS({ maxAliasCount: 100 }), placeOf };
};

/** `/rules/3/points` → `['rules', 3, 'points']`; a part of digits is a place in a list. */
export const pathOf = (pointer: string): PropertyKey[] =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
