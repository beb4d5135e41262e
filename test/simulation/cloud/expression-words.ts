import { invalid } from './dynamodb-errors.ts';
import { NotUnderstood } from './misuse.ts';
import { RESERVED_WORDS } from './reserved-words.ts';

const WORD = /\s*(?:([#:]?[A-Za-z_]\w*|[#:]\w+|<=|>=|<>|[=<>(),])|(\S))/g;

const KEYWORDS = new Set(['AND', 'OR', 'NOT', 'SET', 'REMOVE']);

const keywordOr = (word: string): string => (KEYWORDS.has(word.toUpperCase()) ? word.toUpperCase() : word);

/** An expression, word by word. */
export type Words = {
  readonly peek: () => string | undefined;
  /** The next word, whatever it is. */
  readonly take: () => string;
  /** Takes the next word where it is this one. */
  readonly accept: (word: string) => boolean;
  readonly expect: (word: string) => void;
  /** Throws, as DynamoDB does, where it is a reserved word. */
  readonly name: () => string;
  readonly value: () => string;
  readonly end: () => void;
  /** Every placeholder in it. */
  readonly uses: ReadonlySet<string>;
};

/** Throws NotUnderstood, there and later, where the expression is none that the double knows. */
const wordsOf = (text: string): Words => {
  const found = [...text.matchAll(WORD)].map(([, word, strange]) => {
    if (strange !== undefined || word === undefined) throw new NotUnderstood(`Not understood: ${text}`);
    return keywordOr(word);
  });
  let at = 0;
  const fail = (): never => {
    throw new NotUnderstood(`Not understood from word ${at + 1} on: ${text}`);
  };
  const take = (): string => found[at++] ?? fail();
  const accept = (word: string): boolean => {
    if (found[at] !== word) return false;
    at += 1;
    return true;
  };
  const like = (pattern: RegExp) => (): string => {
    const word = take();
    return pattern.test(word) && !KEYWORDS.has(word) ? word : fail();
  };
  const nameLike = like(/^(#\w+|[A-Za-z_]\w*)$/);
  const name = (): string => {
    const word = nameLike();
    // A function that is not modelled.
    if (found[at] === '(') fail();
    if (RESERVED_WORDS.has(word.toUpperCase())) throw invalid(`Attribute name is a reserved keyword: ${word}`);
    return word;
  };
  return {
    peek: () => found[at],
    take,
    accept,
    expect: (word) => void (accept(word) || fail()),
    name,
    value: like(/^:\w+$/),
    end: () => void (at === found.length || fail()),
    uses: new Set(found.filter((word) => /^[#:]/.test(word))),
  };
};

/** Reads each text once: a program has a handful of expressions, and runs them for ever. */
export const readOnce = <Read>(read: (words: Words) => Read): ((text: string) => Read) => {
  const known = new Map<string, Read>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const words = wordsOf(text);
    const made = read(words);
    words.end();
    known.set(text, made);
    return made;
  };
};
