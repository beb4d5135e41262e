import { type Alias, type Document, isMap, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml';
import type { Edit } from '../../../shared/model/mends.ts';
import { codeOf, Trouble } from '../trouble.ts';
import type { World } from './world.ts';

export type Place = { readonly line: number; readonly column: number };
export type SourceDocument = {
  readonly value: unknown;
  /** Where in the file a path is, or the nearest part of it that is there. */
  readonly placeOf: (path: readonly PropertyKey[]) => Place;
  /** The text of the file with some words of it replaced, all else as it was; and how many were. */
  readonly edited: (edits: readonly Placed[]) => { readonly text: string; readonly count: number };
};
/** What is to be written instead of something at a path. */
export type Placed = Edit & { readonly path: readonly PropertyKey[] };

export const readFileText = ({ readText }: Pick<World, 'readText'>, file: string): string => {
  try {
    return readText(file);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EISDIR') throw new Trouble(`${file} is a folder: name a file in it.`);
    const why = code === 'ENOENT' ? 'There is no such file' : `The file cannot be read (${code})`;
    throw new Trouble(`${why}: ${file}.`);
  }
};

/** Throws Trouble where there is such a file already, or none can be written. */
export const writeNewFile = ({ writeNew }: Pick<World, 'writeNew'>, file: string, text: string): void => {
  try {
    writeNew(file, text);
  } catch (error) {
    const why =
      codeOf(error) === 'EEXIST' ? 'There is such a file already' : `The file cannot be written (${codeOf(error)})`;
    throw new Trouble(`${why}: ${file}.`);
  }
};

const startOf = (node: unknown): number | undefined =>
  node !== null && typeof node === 'object' && 'range' in node && Array.isArray(node.range) ? node.range[0] : undefined;

/** What stands at a path. A single thing may stand for a list of one: then there is no node for its place in the list. */
const nodeAt = (document: Document, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((here, key) => {
    if (isSeq(here)) return here.get(key, true);
    if (!isMap(here)) return undefined;
    return here.get(String(key), true) ?? (typeof key === 'number' ? here : undefined);
  }, document.contents);

/** The key or text that an edit is about; none where there is such a key beside it. */
const wordOf = (document: Document, { path, key, to }: Placed): unknown => {
  const node = nodeAt(document, path);
  if (key === undefined) return node;
  return isMap(node) && !node.has(to)
    ? node.items.find((pair) => isScalar(pair.key) && pair.key.value === key)?.key
    : undefined;
};

/** Words are replaced in the text itself, from the end: comments, order and quotation marks stay. */
const edited = (text: string, document: Document, edits: readonly Placed[]) => {
  const words = edits.flatMap((edit) => {
    const word = wordOf(document, edit);
    return isScalar(word) && word.range ? [{ from: word.range[0], until: word.range[1], to: edit.to }] : [];
  });
  const mended = words
    .toSorted((a, b) => b.from - a.from)
    .reduce((sofar, { from, until, to }) => {
      const [quote = ''] = /^["']/.exec(sofar.slice(from)) ?? [];
      return `${sofar.slice(0, from)}${quote}${to}${quote}${sofar.slice(until)}`;
    }, text);
  return { text: mended, count: words.length };
};

/** The first alias of something that is nowhere named. */
const danglingAlias = (document: Document): Alias | undefined => {
  let found: Alias | undefined;
  visit(document, {
    Alias: (_, alias) => {
      if (alias.resolve(document)) return undefined;
      found = alias;
      return visit.BREAK;
    },
  });
  return found;
};

/** What a text says, its aliases resolved. Throws Trouble, naming file and line, where they cannot be. */
const resolved = (document: Document, file: string, placeAt: (offset: number) => Place): unknown => {
  const dangling = danglingAlias(document);
  if (dangling) {
    const { line, column } = placeAt(dangling.range?.[0] ?? 0);
    const name = dangling.source;
    throw new Trouble(
      `${file}:${line}:${column}: "*${name}" is read as an alias of what "&${name}" names, and nothing does. Text that begins with * needs quotation marks.`,
    );
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    throw new Trouble(`${file}: its aliases stand for more than anybody would write.`);
  }
  try {
    JSON.stringify(value);
  } catch {
    throw new Trouble(`${file}: a part of it contains itself, by an alias.`);
  }
  return value;
};

/** What the reader of YAML says to programmers, or not at all, for whoever writes a file. */
const ourWords: Readonly<Partial<Record<string, string>>> = {
  RESOURCE_EXHAUSTION: 'it is nested too deep',
  MULTIPLE_DOCS: 'a second document begins here (after ---): a file holds one, so put each in a file of its own',
};

/** A text of YAML, or of JSON, which is YAML too. Throws Trouble, naming file and line, where it is neither. */
export const documentIn = (text: string, file: string): SourceDocument => {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [error] = document.errors;
  if (error) {
    const { line = 1, col = 1 } = error.linePos?.[0] ?? {};
    const [said = ''] = error.message.split('\n');
    const why = ourWords[error.code] ?? said.replace(/ at line \d+, column \d+:?$/, '');
    throw new Trouble(`${file}:${line}:${col}: ${why}.`);
  }
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const placeOf = (path: readonly PropertyKey[]): Place => {
    for (let length = path.length; length > 0; length--) {
      const start = startOf(document.getIn(path.slice(0, length), true));
      if (start !== undefined) return placeAt(start);
    }
    return { line: 1, column: 1 };
  };
  return {
    value: resolved(document, file, placeAt),
    placeOf,
    edited: (edits) => edited(text, document, edits),
  };
};

/** The document in a file. Throws Trouble where there is none. */
export const readDocument = (world: Pick<World, 'readText'>, file: string): SourceDocument =>
  documentIn(readFileText(world, file), file);

/** `/rules/3/points` → `['rules', 3, 'points']`; a part of digits is a place in a list. */
export const pathOf = (pointer: string): PropertyKey[] =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
