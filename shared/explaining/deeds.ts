import type { ActivityEvent } from '../../events/envelope.ts';
import { canonicalJson, type Json, valueAt } from '../kernel/json.ts';
import type { LocalText } from '../kernel/text.ts';
import { type Combined, leavesOf } from '../scoring/combined.ts';
import type { AttributeCondition, EventLeaf } from '../scoring/condition.ts';
import { valueTest } from '../scoring/data-test.ts';
import type { HistoryCondition } from '../scoring/history-condition.ts';
import type { Journey, Model, Rule, Stage } from '../scoring/model.ts';
import { asksOfPast } from '../scoring/past.ts';
import { stepsOf } from '../scoring/sequence.ts';
import { asksOfDate, completed, fittingData, onDate, withValue } from './fitting-data.ts';

type Data = ActivityEvent['data'];

/** Something that could happen: what somebody does, or what a source says of them. */
export type Deed = {
  readonly type: string;
  /** The same for deeds that a person would not tell apart: one is enough to be shown. */
  readonly name: string;
  /** The data of the so-manieth such event, on a date: what may count once for each value differs. */
  readonly data: (n: number, date: string) => Data;
} & (
  | {
      readonly kind: 'done';
      /** The rule which it is taken from; undefined where only a condition asks for it. */
      readonly rule: string | undefined;
      readonly title: LocalText;
      /** The number in the data that the points follow. */
      readonly amount?: { readonly field: string; readonly value: number };
    }
  | { readonly kind: 'said'; readonly attribute: string; readonly value: Json }
  | { readonly kind: 'tagged'; readonly tag: string; readonly on: boolean }
);

/** These change who somebody is: no step on a path, however many points they give. */
const whoSomebodyIs = new Set([
  'member.joined',
  'member.left',
  'member.updated',
  'member.tagged',
  'member.untagged',
  'lead.created',
]);

/** What must differ from one event of a type to the next so that each counts. */
const countedOnce = ({ rules }: Model, type: string): string[] =>
  rules.filter(({ on }) => on === type).flatMap(({ cap }) => cap.flatMap(({ oncePer }) => oncePer ?? []));

const different =
  (data: Data, paths: readonly string[]) =>
  (n: number, date: string): Data =>
    paths.reduce(
      (sofar, path) => (valueAt(data, path.split('.')) === undefined ? withValue(sofar, path, `what-if-${n}`) : sofar),
      onDate(data, date),
    );

/** The number that points follow: what it was the last time, else what gives the most, else one. */
const amounts = ({ points }: Rule, type: string, events: readonly ActivityEvent[]) => {
  if (typeof points === 'number') return [undefined];
  const { field, times, atMost } = points;
  const path = field.split('.');
  const known = events.findLast((event) => event.type === type && typeof valueAt(event.data, path) === 'number');
  const last = known && valueAt(known.data, path);
  const most = times > 0 && atMost < 10_000 ? atMost / times : 1;
  const values = typeof last === 'number' && last > 0 ? [last, most] : [most];
  return [...new Set(values)].map((value) => ({ field, value }));
};

const nameOf = (type: string, where: object | undefined): string => (where ? `${type} ${canonicalJson(where)}` : type);

const ofRule = (model: Model, rule: Rule, events: readonly ActivityEvent[]): Deed[] =>
  amounts(rule, rule.on, events).flatMap((amount) =>
    fittingData(rule.where).flatMap((fits): Deed[] => {
      const data = completed(rule.on, amount ? withValue(fits, amount.field, amount.value) : fits);
      if (data === undefined) return [];
      const differs = different(data, countedOnce(model, rule.on));
      const named = { kind: 'done', name: nameOf(rule.on, rule.where), rule: rule.id, title: rule.title } as const;
      return [{ ...named, type: rule.on, data: differs, ...(amount ? { amount } : {}) }];
    }),
  );

type Kind = { readonly event: string; readonly where?: Combined<EventLeaf> | undefined };

/** The kinds of event that a condition on the past asks about. */
export const kindsIn = (leaf: HistoryCondition): readonly Kind[] => {
  if ('sequence' in leaf) return stepsOf(leaf);
  return [{ event: 'count' in leaf ? leaf.count : 'last' in leaf ? leaf.last : leaf.streak, where: leaf.where }];
};

const ofKind = (model: Model, { event: type, where }: Kind): Deed[] => {
  if (whoSomebodyIs.has(type)) return [];
  const title = model.rules.find((rule) => rule.on === type && rule.where === undefined)?.title ?? type;
  return fittingData(where).flatMap((fits): Deed[] => {
    const data = completed(type, fits);
    if (data === undefined) return [];
    const differs = different(data, countedOnce(model, type));
    return [{ kind: 'done', name: nameOf(type, where), rule: undefined, title, type, data: differs }];
  });
};

/** Stands for a value of which only matters that there is one. */
export const SOME_VALUE = 'what-if';

/** What a source may say of an attribute so that a test holds, or fails: what it names, the other of two, nothing. */
const sayings = (condition: AttributeCondition, wanted: boolean): Json[] => {
  if (asksOfDate(condition)) return [];
  const { attribute: _, exists, ...operators } = condition;
  const named = Object.values(operators)
    .flat()
    .filter((one) => one !== undefined);
  const flips = named.flatMap((one) => (typeof one === 'boolean' ? [!one] : []));
  const around = named.flatMap((one) => (typeof one === 'number' ? [one + 1, one - 1] : []));
  const test = valueTest({ exists, ...operators });
  return [...new Set<Json>([...named, ...flips, ...around, null, ...(exists === undefined ? [] : [SOME_VALUE])])]
    .filter((value) => test(value) === wanted)
    .slice(0, 3);
};

const ofTag = (tag: string, on: boolean): Deed => {
  const data = { tags: [tag] };
  const type = on ? 'member.tagged' : 'member.untagged';
  return { kind: 'tagged', name: `${type} ${tag}`, type, tag, on, data: () => data };
};

/** What a source may say of somebody so that a test of an attribute or of a tag holds, or fails. */
const ofRegister = (leaf: EventLeaf, wanted: boolean): Deed[] => {
  if ('tag' in leaf) return [leaf.tag].flat().map((tag) => ofTag(tag, wanted));
  if (!('attribute' in leaf) || leaf.attribute === 'status' || leaf.attribute.includes('.')) return [];
  const { attribute } = leaf;
  return sayings(leaf, wanted).map((value): Deed => {
    const data = { attributes: { [attribute]: value } };
    const name = `${attribute}=${JSON.stringify(value)}`;
    return { kind: 'said', name, type: 'member.updated', attribute, value, data: () => data };
  });
};

/** What a test asks about at second hand: the parts of a sum, the facts of a fit, the stages of another journey. */
const behind = (model: Model, leaf: EventLeaf): readonly EventLeaf[] => {
  if ('journey' in leaf) {
    const other = model.journeys.find(({ id }) => id === leaf.journey);
    return asked(model, other?.stages.filter(({ id }) => leaf.in.includes(id)) ?? []);
  }
  const grade = 'grade' in leaf ? model.grades.find(({ id }) => id === leaf.grade) : undefined;
  const score = 'score' in leaf ? model.scores.find(({ id }) => id === leaf.score) : undefined;
  const parts = grade ? [grade.letter.score, grade.number.score] : (score?.sum ?? []);
  return [
    ...parts.flatMap((part) => [{ score: part }, ...behind(model, { score: part })]),
    ...(score?.fit ?? []).flatMap(({ when }) => leavesOf(when).map(({ leaf: one }) => one)),
  ];
};

/** What some stages ask about, at first hand and at second. */
export const asked = (model: Model, stages: readonly Stage[]): readonly EventLeaf[] =>
  stages
    .flatMap(({ enter, stay }) => [enter, stay].flatMap((condition) => (condition ? leavesOf(condition) : [])))
    .flatMap(({ leaf }) => [leaf, ...behind(model, leaf)]);

const same = (a: Deed, b: Deed): boolean =>
  a.type === b.type && JSON.stringify(a.data(0, '')) === JSON.stringify(b.data(0, ''));
const once = (deeds: readonly Deed[]): Deed[] =>
  deeds.filter((deed, i) => deeds.findIndex((other) => same(other, deed)) === i);

/** The rules that a journey's conditions may take note of: first those that feed a score it asks about. */
const rulesThatMatter = ({ rules }: Model, leaves: readonly EventLeaf[]): Rule[] => {
  const scores = new Set(leaves.flatMap((leaf) => ('score' in leaf ? [leaf.score] : [])));
  const feeding = rules.filter(({ score }) => scores.has(score));
  const fed = new Set(feeding.map(({ score }) => score));
  // Any rule may be a sign of life, and may have a part in a score that is not fed by rules of its own.
  const any = leaves.some((leaf) => 'since' in leaf) || [...scores].some((score) => !fed.has(score));
  return [...feeding, ...(any ? rules.filter((rule) => !feeding.includes(rule)) : [])].filter(
    ({ on }) => !whoSomebodyIs.has(on),
  );
};

/**
 * What could happen to somebody that the conditions of a journey may take note of, each with data that its type and the
 * model ask for. What they have done before comes first, then rules before bare conditions before attributes.
 */
export const deedsFor = (model: Model, journey: Journey, events: readonly ActivityEvent[]): readonly Deed[] => {
  const leaves = [...leavesOf(journey.appliesTo).map(({ leaf }) => leaf), ...asked(model, journey.stages)];
  const done = new Set(events.map(({ type }) => type));
  const kinds = leaves.flatMap((leaf) => asksOfPast(leaf) ?? []).flatMap(kindsIn);
  return once([
    ...rulesThatMatter(model, leaves).flatMap((rule) => ofRule(model, rule, events)),
    ...kinds.flatMap((kind) => ofKind(model, kind)),
    ...leaves.flatMap((leaf) => ofRegister(leaf, true)),
  ]).toSorted((a, b) => Number(done.has(b.type)) - Number(done.has(a.type)));
};

/** What may be registered otherwise than the conditions of a journey name it. */
export const contrariesFor = (model: Model, { stages }: Journey): readonly Deed[] =>
  once(asked(model, stages).flatMap((leaf) => ofRegister(leaf, false)));
