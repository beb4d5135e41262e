import { canonicalJson } from '../../kernel/json.ts';
import { inWords, keyInWords } from '../words.ts';

/** One difference inside a part of a model. What was not there before, or is not any more, is left out. */
export type Detail = { readonly what: string; readonly before?: string; readonly after?: string };

type Fields = Readonly<Record<string, unknown>>;
type Item = Fields & { readonly id: string };

const isFields = (value: unknown): value is Fields =>
  value !== null && typeof value === 'object' && !Array.isArray(value);
const isItem = (value: unknown): value is Item => isFields(value) && typeof value.id === 'string';
const areItems = (value: unknown): value is readonly Item[] => Array.isArray(value) && value.every(isItem);

/** Nothing that its author wrote: left out, or what the model takes where it is left out. */
const isNothing = (key: string, value: unknown): boolean =>
  value === undefined ||
  value === false ||
  (value === 0 && key === 'priority') ||
  (Array.isArray(value) && value.length === 0);

const same = (a: unknown, b: unknown): boolean => canonicalJson({ value: a }) === canonicalJson({ value: b });
const named = (prefix: string, key: string): string => (prefix === '' ? key : `${prefix} ${key}`);

const one = (what: string, key: string, before: unknown, after: unknown): Detail => {
  const switched = before === false && after === true;
  const unswitched = before === true && after === false;
  return {
    what,
    ...(isNothing(key, before) && !switched ? {} : { before: inWords(key, before) }),
    ...(isNothing(key, after) && !unswitched ? {} : { after: inWords(key, after) }),
  };
};

const singular = (key: string): string => key.replace(/s$/, '');

const betweenLists = (key: string, before: readonly Item[], after: readonly Item[], prefix: string): Detail[] => {
  const [was, is] = [before, after].map((list) => new Map(list.map((item) => [item.id, item])));
  const name = (id: string) => named(prefix, `${singular(key)} ${id}`);
  const kept = (list: readonly Item[]) => list.map(({ id }) => id).filter((id) => was?.has(id) && is?.has(id));
  const [orderBefore, orderAfter] = [kept(before).join(', '), kept(after).join(', ')];
  return [
    ...before
      .filter(({ id }) => !is?.has(id))
      .map(({ id, title }) => ({ what: name(id), before: inWords('', title ?? id) })),
    ...after.flatMap((item) => {
      const earlier = was?.get(item.id);
      if (earlier) return detailsBetween(earlier, item, name(item.id));
      return [
        { what: name(item.id), after: inWords('', item.title ?? item.id) },
        ...detailsBetween({}, item, name(item.id)),
      ];
    }),
    ...(orderBefore === orderAfter
      ? []
      : [{ what: named(prefix, `order of the ${key}`), before: orderBefore, after: orderAfter }]),
  ];
};

/** Keys under which every language, or every language and its texts, is looked at by itself. */
const opened = new Set(['title', 'nextStep', 'templates', 'subject', 'preheader', 'body']);

const betweenValues = (key: string, before: unknown, after: unknown, prefix: string): Detail[] => {
  if (same(before, after)) return [];
  const what = named(prefix, keyInWords(key));
  const [was, is] = [before ?? [], after ?? []];
  if (areItems(was) && areItems(is) && was.length + is.length > 0) return betweenLists(key, was, is, prefix);
  const texts = opened.has(key) || prefix.endsWith('templates');
  if (texts && isFields(before) && isFields(after)) return detailsBetween(before, after, what);
  const detail = one(what, key, before, after);
  return detail.before === undefined && detail.after === undefined ? [] : [detail];
};

/** What differs between two states of one part, apart from its id. A part that is new is compared with `{}`. */
export const detailsBetween = (before: Fields, after: Fields, prefix = ''): Detail[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((key) => key !== 'id' && !(key === 'title' && before.id === undefined && after.id !== undefined))
    .flatMap((key) => betweenValues(key, before[key], after[key], prefix));
