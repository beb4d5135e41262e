import { canonicalJson } from '../kernel/json.ts';
import { filled } from '../kernel/phrase.ts';
import type { Combined } from '../scoring/combined.ts';
import type { AttributeCondition, MemberLeaf } from '../scoring/condition.ts';
import type { DataCondition, FieldCondition } from '../scoring/data-condition.ts';
import type { HistoryCondition } from '../scoring/history-condition.ts';
import type { Model } from '../scoring/model.ts';
import { stepsOf } from '../scoring/sequence.ts';
import type { Speech } from './speech.ts';

type Bounds = {
  readonly [operator in 'eq' | 'ne' | 'gt' | 'gte' | 'lt' | 'lte']?: string | number | boolean | undefined;
};
type Operators = Omit<FieldCondition, 'field'>;

const SPAN = /^(\d+) (month|year)s?$/;
const spanInWords = (text: string, { words, plural, length }: Speech): string => {
  const [, count, unit] = SPAN.exec(text) ?? [];
  return unit === 'month' || unit === 'year' ? plural(words.why.span[unit], Number(count)) : length(text);
};

const boundsInWords = ({ eq, ne, gt, gte, lt, lte }: Bounds, speech: Speech): string[] => {
  const { words, value, length } = speech;
  const { bounds } = words.why;
  const told = (sentence: string, bound: string | number | boolean | undefined, asText: (text: string) => string) =>
    bound === undefined ? [] : [filled(sentence, { n: typeof bound === 'string' ? asText(bound) : value(bound) })];
  return [
    ...told(bounds.eq, eq, value),
    ...told(bounds.ne, ne, value),
    ...told(bounds.gte, gte, length),
    ...told(bounds.gt, gt, length),
    ...told(bounds.lte, lte, length),
    ...told(bounds.lt, lt, length),
  ];
};

/** What a value must be, operator by operator, as phrases. */
const valueInWords = (operators: Operators, speech: Speech): string[] => {
  const { words, value, either, list } = speech;
  const { why } = words;
  const { in: among, is, exists, contains, containsAny, containsAll, startsWith } = operators;
  const dates = (['withinNext', 'withinLast', 'olderThan', 'beyondNext'] as const).flatMap((operator) => {
    const span = operators[operator];
    return span === undefined ? [] : filled(why[operator], { span: spanInWords(span, speech) });
  });
  const holding = [contains, containsAny && either(containsAny), containsAll && list(containsAll)];
  return [
    ...boundsInWords(operators, speech),
    ...(among ? [either(among.map(value))] : []),
    ...(is === undefined ? [] : [is]),
    ...(exists === undefined ? [] : [exists ? why.there : why.missing]),
    ...holding.flatMap((one) => (one === undefined ? [] : filled(why.contains, { value: one }))),
    ...(startsWith === undefined ? [] : [filled(why.startsWith, { value: startsWith })]),
    ...dates,
  ];
};

const factOf = (title: string, what: readonly string[], { words, list }: Speech): string =>
  filled(words.why.fact, { title, what: list(what) });

const dataInWords = (condition: DataCondition, speech: Speech): string => {
  if ('all' in condition) return speech.list(condition.all.map((one) => dataInWords(one, speech)));
  if ('any' in condition) return speech.either(condition.any.map((one) => dataInWords(one, speech)));
  if ('not' in condition) return filled(speech.words.why.not, { fact: dataInWords(condition.not, speech) });
  const { field, ...operators } = condition;
  return factOf(field, valueInWords(operators, speech), speech);
};

/** What somebody does, by the title of the rule that listens to just that; else by its type and data. */
const kindInWords = (
  { rules }: Model,
  { event, where }: { readonly event: string; readonly where?: DataCondition | undefined },
  speech: Speech,
): string => {
  const alike = (one: Combined<object> | undefined) =>
    (one ? canonicalJson(one) : '') === (where ? canonicalJson(where) : '');
  const exactly = rules.find((rule) => rule.on === event && alike(rule.where));
  if (exactly || !where) return speech.quoted(exactly?.title ?? event);
  const any = rules.find((rule) => rule.on === event && !rule.where);
  return `${speech.quoted(any?.title ?? event)} (${dataInWords(where, speech)})`;
};

const historyInWords = (model: Model, leaf: HistoryCondition, speech: Speech): string => {
  const { words, length, list, plural } = speech;
  const { why } = words;
  if ('sequence' in leaf) {
    const steps = list(stepsOf(leaf).map((step) => kindInWords(model, step, speech)));
    const sequence = filled(why.sequence, { steps, within: length(leaf.within, words.within) });
    const bounds = boundsInWords(leaf, speech);
    return bounds.length === 0 ? sequence : factOf(filled(why.sinceSequence, { sequence }), bounds, speech);
  }
  if ('streak' in leaf) {
    const title = kindInWords(model, { event: leaf.streak, where: leaf.where }, speech);
    return plural(why.streak[leaf.per], leaf.periods, { title });
  }
  if ('last' in leaf) {
    const title = kindInWords(model, { event: leaf.last, where: leaf.where }, speech);
    return factOf(filled(why.last, { title }), boundsInWords(leaf, speech), speech);
  }
  const title = kindInWords(model, { event: leaf.count, where: leaf.where }, speech);
  const within = leaf.within === undefined ? undefined : length(leaf.within, words.within);
  const times = within === undefined ? filled(why.count, { title }) : filled(why.countWithin, { title, within });
  return factOf(times, boundsInWords(leaf, speech), speech);
};

const attributeInWords = ({ attribute, ...operators }: AttributeCondition, speech: Speech): string => {
  const { why } = speech.words;
  if (attribute !== 'status') return factOf(speech.quoted(attribute), valueInWords(operators, speech), speech);
  const statuses: Readonly<Record<string, string>> = why.status;
  const named = (value: string | number | boolean) => statuses[String(value)] ?? String(value);
  const { eq, ne, in: among } = operators;
  return factOf(
    why.membership,
    valueInWords(
      {
        ...operators,
        ...(eq === undefined ? {} : { eq: named(eq) }),
        ...(ne === undefined ? {} : { ne: named(ne) }),
        ...(among ? { in: among.map(named) } : {}),
      },
      speech,
    ),
    speech,
  );
};

/** A test of a member as a phrase, titles as they are: `“Engagement”: at least 25`. */
export const factInWords = (model: Model, leaf: MemberLeaf, speech: Speech): string => {
  const { words, quoted, either } = speech;
  const titled = (list: readonly { readonly id: string; readonly title: Model['title'] }[], id: string) =>
    quoted(list.find((one) => one.id === id)?.title ?? id);
  if ('score' in leaf) return factOf(titled(model.scores, leaf.score), boundsInWords(leaf, speech), speech);
  if ('grade' in leaf) return factOf(titled(model.grades, leaf.grade), [either(leaf.in)], speech);
  if ('since' in leaf) return factOf(words.why.since[leaf.since], boundsInWords(leaf, speech), speech);
  if ('attribute' in leaf) return attributeInWords(leaf, speech);
  if ('tag' in leaf) return filled(words.why.tag, { tag: either([leaf.tag].flat()) });
  if (!('journey' in leaf)) return historyInWords(model, leaf, speech);
  const stages = model.journeys.find(({ id }) => id === leaf.journey)?.stages ?? [];
  return factOf(titled(model.journeys, leaf.journey), [either(leaf.in.map((id) => titled(stages, id)))], speech);
};
