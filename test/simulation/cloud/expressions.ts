import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { compareScalars, type Item, isSame, scalarOf } from './attribute-values.ts';
import { invalid } from './dynamodb-errors.ts';
import { readOnce, type Words } from './expression-words.ts';
import { NotUnderstood } from './misuse.ts';
import { nameIn, type Scope, valueIn } from './placeholders.ts';

type Test = (item: Item, scope: Scope) => boolean;
type Comparison = (a: AttributeValue, b: AttributeValue) => boolean;

const byOrder =
  (holds: (order: number) => boolean): Comparison =>
  (a, b) => {
    const [x, y] = [scalarOf(a), scalarOf(b)];
    if (y === undefined) throw new NotUnderstood('Only texts and numbers are ordered');
    return x !== undefined && holds(compareScalars(x, y));
  };

const unequal: Comparison = (a, b) => !isSame(a, b);

const comparisons = new Map<string, Comparison>([
  ['=', isSame],
  ['<>', unequal],
  ['<', byOrder((order) => order < 0)],
  ['<=', byOrder((order) => order <= 0)],
  ['>', byOrder((order) => order > 0)],
  ['>=', byOrder((order) => order >= 0)],
]);

const beginsWith: Comparison = (a, b) => {
  if (b.S === undefined) throw new NotUnderstood('begins_with is for texts');
  return a.S?.startsWith(b.S) ?? false;
};

/** `name = :value` or `begins_with(name, :value)`: what is compared, how, with what. */
const comparison = (words: Words): { name: string; value: string; holds: Comparison } => {
  if (words.accept('begins_with')) {
    words.expect('(');
    const name = words.name();
    words.expect(',');
    const value = words.value();
    words.expect(')');
    return { name, value, holds: beginsWith };
  }
  const name = words.name();
  const holds = comparisons.get(words.take());
  if (!holds) throw new NotUnderstood(`${name} is compared in a way that is not modelled`);
  return { name, value: words.value(), holds };
};

const existence = (words: Words, wanted: boolean): Test => {
  words.expect('(');
  const name = words.name();
  words.expect(')');
  return (item, scope) => (item[nameIn(scope, name)] !== undefined) === wanted;
};

const single = (words: Words): Test => {
  if (words.accept('(')) {
    const inner = either(words);
    words.expect(')');
    return inner;
  }
  if (words.accept('NOT')) {
    const inner = single(words);
    return (item, scope) => !inner(item, scope);
  }
  if (words.accept('attribute_exists')) return existence(words, true);
  if (words.accept('attribute_not_exists')) return existence(words, false);
  const { name, value, holds } = comparison(words);
  // What is not there is unequal to everything, and nothing else.
  const isUnequal = holds === unequal;
  return (item, scope) => {
    const [there, given] = [item[nameIn(scope, name)], valueIn(scope, value)];
    return there === undefined ? isUnequal : holds(there, given);
  };
};

const both = (words: Words): Test => {
  const tests = [single(words)];
  while (words.accept('AND')) tests.push(single(words));
  return (item, scope) => tests.every((test) => test(item, scope));
};

const either = (words: Words): Test => {
  const tests = [both(words)];
  while (words.accept('OR')) tests.push(both(words));
  return (item, scope) => tests.some((test) => test(item, scope));
};

/** A ConditionExpression. An item that is not there is one without attributes. */
export const condition = readOnce((words) => ({ uses: words.uses, test: either(words) }));

/** A KeyConditionExpression: equality of the partition key, and at most one comparison of the sort key after it. */
export const keyCondition = readOnce((words) => ({
  uses: words.uses,
  partition: comparison(words),
  sort: words.accept('AND') ? comparison(words) : undefined,
}));

const listOf = <One>(words: Words, one: () => One): One[] => {
  const all = [one()];
  while (words.accept(',')) all.push(one());
  return all;
};

/** What ADD makes of a number, or of nothing. */
const added = (there: AttributeValue | undefined, given: AttributeValue): AttributeValue => {
  if (given.N === undefined || (there !== undefined && there.N === undefined))
    throw new NotUnderstood('ADD is for numbers');
  return { N: String(Number(there?.N ?? 0) + Number(given.N)) };
};

/** An UpdateExpression that sets attributes to values, adds to numbers and removes attributes. Applied to a copy. */
export const update = readOnce((words) => {
  const sets: { name: string; value: string }[] = [];
  const adds: { name: string; value: string }[] = [];
  const removes: string[] = [];
  while (words.peek() !== undefined) {
    if (words.accept('ADD')) {
      adds.push(...listOf(words, () => ({ name: words.name(), value: words.value() })));
      continue;
    }
    if (words.accept('REMOVE')) {
      removes.push(...listOf(words, words.name));
      continue;
    }
    words.expect('SET');
    const set = () => {
      const name = words.name();
      words.expect('=');
      return { name, value: words.value() };
    };
    sets.push(...listOf(words, set));
  }
  const namesIn = (scope: Scope) =>
    [...[...sets, ...adds].map(({ name }) => name), ...removes].map((name) => nameIn(scope, name));
  return {
    uses: words.uses,
    namesIn,
    apply: (item: Item, scope: Scope): Item => {
      const names = namesIn(scope);
      if (new Set(names).size < names.length) throw invalid('Two document paths overlap with each other');
      const next: Record<string, AttributeValue> = { ...item };
      for (const { name, value } of sets) next[nameIn(scope, name)] = valueIn(scope, value);
      for (const { name, value } of adds) {
        const key = nameIn(scope, name);
        next[key] = added(next[key], valueIn(scope, value));
      }
      for (const name of removes) delete next[nameIn(scope, name)];
      return next;
    },
  };
});

/** A ProjectionExpression of whole attributes. */
export const projection = readOnce((words) => {
  const names = listOf(words, words.name);
  return {
    uses: words.uses,
    apply: (item: Item, scope: Scope): Item =>
      Object.fromEntries(
        names.map((name) => nameIn(scope, name)).flatMap((name) => (item[name] ? [[name, item[name]]] : [])),
      ),
  };
});
