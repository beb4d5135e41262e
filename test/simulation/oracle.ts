import type { ActivityEvent } from '../../events/envelope.ts';
import type { Cap, Combined, Document, MemberTest, Rule, Stage } from './document.ts';
import { beginOf, dayOf, firstOf, nextOf } from './oracle-calendar.ts';
import { OracleCaps } from './oracle-caps.ts';
import {
  at,
  attributeOf,
  beginningOf,
  eventFits,
  leavesOf,
  memberFits,
  ms,
  type Seen,
  sequenceAt,
  timesOf,
} from './oracle-conditions.ts';
import { CLOSE, crossings } from './oracle-crossings.ts';
import { turningDays } from './oracle-dates.ts';
import { gradeIn } from './oracle-grades.ts';
import { after, nobody, type Person } from './oracle-person.ts';
import { notTakenBack } from './oracle-retractions.ts';
import { OracleScores } from './oracle-scores.ts';

/*
 * What a model says about a person, reckoned anew from the definition of the model (docs/model.md) and slowly: scores
 * are sums over all points, the instants of changes are found by halving intervals of whole milliseconds. It shares
 * nothing with the engine but the types of its input.
 */

export type Found = {
  readonly person: Person;
  readonly activeAt: number | undefined;
  /** A score at an instant, epoch ms, not before the last event. */
  readonly score: (id: string, at: number) => number;
  /** A grade at an instant, epoch ms, not before the last event; undefined: the last digits of a score decide. */
  readonly grade: (id: string, at: number) => string | undefined;
  /** Journey → stage, and since when (epoch ms). */
  readonly stages: ReadonlyMap<string, { readonly stage: string; readonly since: number }>;
  /** The next instant at which a stage changes by time alone; undefined: never. */
  readonly due: number | undefined;
  /** Whether a bound was met so closely that the last digits of a number decide: then nobody can say. */
  readonly close: boolean;
};

const order = (a: string, b: string) => (a === b ? 0 : a < b ? -1 : 1);
const inOrder = (events: readonly ActivityEvent[]) =>
  [...events].sort((a, b) => a.time - b.time || order(a.source, b.source) || order(a.id, b.id));

/** What a system says of a person shows nothing of them. */
const saidOnly = new Set(['member.updated', 'member.tagged', 'member.untagged']);

/** What can be known only of those who are followed in their mails. */
const ofFollowed = new Set(['email.opened', 'email.clicked']);

const boundsOf = <T>({ gt, gte, lt, lte }: { gt?: T; gte?: T; lt?: T; lte?: T }): T[] =>
  [gt, gte, lt, lte].filter((bound) => bound !== undefined);

const conditionsOf = ({ journeys }: Document): Combined<MemberTest>[] =>
  journeys.flatMap(({ appliesTo, stages }) => [
    appliesTo,
    ...stages.flatMap(({ enter, stay }) => [enter, stay].filter((one) => one !== undefined)),
  ]);

const worthOf = ({ points }: Rule, data: ActivityEvent['data']): number | undefined => {
  if (typeof points === 'number') return points;
  const value = at(data, points.field.split('.'));
  if (typeof value !== 'number') return undefined;
  const most = points.atMost ?? Number.POSITIVE_INFINITY;
  return Math.max(points.atLeast ?? Number.NEGATIVE_INFINITY, Math.min(value * (points.times ?? 1), most));
};

const listed = (cap: Cap | readonly Cap[] | undefined): readonly Cap[] => (cap === undefined ? [] : [cap].flat());

/** The reckoning of one person, event by event. */
class Reckoning {
  readonly #model: Document;
  readonly #zone: string;
  readonly #leaves: readonly MemberTest[];
  readonly #scores: OracleScores;
  readonly #caps: OracleCaps;
  #past: ActivityEvent[] = [];
  #left = new Map<string, number>();
  stages = new Map<string, { stage: string; since: number }>();
  person: Person = nobody;
  activeAt: number | undefined;
  close = false;

  constructor(model: Document, scores = new OracleScores(model)) {
    this.#model = model;
    this.#zone = model.timeZone ?? 'UTC';
    this.#scores = scores;
    this.#caps = new OracleCaps(this.#zone);
    this.#leaves = conditionsOf(model).flatMap((condition) => leavesOf(condition));
  }

  /** Another one that stands here, for time to pass in: that moves no points, but stages. It can take no more events. */
  sight(): Pick<Reckoning, 'pass' | 'due' | 'score' | 'grade' | 'stages' | 'person' | 'activeAt' | 'close'> {
    const other = new Reckoning(this.#model, this.#scores);
    other.#past = this.#past;
    other.#left = new Map(this.#left);
    other.stages = new Map(this.stages);
    return Object.assign(other, { person: this.person, activeAt: this.activeAt, close: this.close });
  }

  #seen(at: number): Seen {
    const { person, activeAt, stages } = this;
    const seen = { person, activeAt, stages, at, past: this.#past, zone: this.#zone };
    const score = (id: string) => this.#scores.value(id, seen);
    return { ...seen, score, grade: (id) => gradeIn(this.#model, id, score) };
  }

  score(id: string, at: number): number {
    return this.#seen(at).score(id);
  }

  /** The scores that a test asks about, each with the bounds that it asks for. */
  #askedOf(leaf: MemberTest): { readonly score: string; readonly bounds: readonly number[] }[] {
    if ('score' in leaf) return [{ score: leaf.score, bounds: boundsOf(leaf) }];
    if (!('grade' in leaf)) return [];
    const its = this.#model.grades?.filter(({ id }) => id === leaf.grade) ?? [];
    return its.flatMap(({ letter, number }) => [letter, number]).map(({ score, from }) => ({ score, bounds: from }));
  }

  /** Whether a bound is missed so closely at an instant that it may have been met. */
  #isClose(score: string, bounds: readonly number[], at: number): boolean {
    const offs = bounds.map((bound) => Math.abs(this.score(score, at) - bound));
    return offs.some((off) => off !== 0 && off < CLOSE);
  }

  #mayEnter(journey: string, { id, enter, coolDown }: Stage, seen: Seen): boolean {
    const left = this.#left.get(`${journey} ${id}`);
    const isBackTooSoon = left !== undefined && coolDown !== undefined && seen.at < left + ms(coolDown);
    return !isBackTooSoon && (enter === undefined || memberFits(enter, seen));
  }

  /** The stage somebody comes to next in one journey; undefined: none. */
  #next(journey: Document['journeys'][number], seen: Seen): string | undefined {
    const { id, appliesTo, stages, ordered } = journey;
    if (!memberFits(appliesTo, seen)) return undefined;
    const present = this.stages.get(id);
    const place = stages.findIndex((stage) => stage.id === present?.stage);
    const here = stages[place];
    if (present && here?.leastStay !== undefined && seen.at < present.since + ms(here.leastStay)) return here.id;
    const open = stages.filter((stage, i) => {
      if (stage === here) {
        return (
          stage.enter === undefined ||
          memberFits(stage.enter, seen) ||
          (stage.stay !== undefined && memberFits(stage.stay, seen))
        );
      }
      return (!ordered || i <= place + 1) && this.#mayEnter(id, stage, seen);
    });
    const highest = Math.max(...open.map(({ priority = 0 }) => priority));
    return open.filter(({ priority = 0 }) => priority === highest).at(-1)?.id;
  }

  /** Every journey's stage as it is at an instant. */
  place(at: number): boolean {
    const seen = this.#seen(at);
    let changed = false;
    for (const journey of this.#model.journeys) {
      for (let again = true; again; again = journey.ordered === true && again) {
        const present = this.stages.get(journey.id)?.stage;
        const stage = this.#next(journey, seen);
        again = stage !== present;
        if (!again) break;
        changed = true;
        if (present !== undefined) this.#left.set(`${journey.id} ${present}`, at);
        if (stage === undefined) this.stages.delete(journey.id);
        else this.stages.set(journey.id, { stage, since: at });
      }
    }
    return changed;
  }

  /** The instants at which time that has passed since something began is as long as a bound, or longer. */
  #passing(begun: number | undefined, lengths: readonly string[]): number[] {
    return begun === undefined ? [] : lengths.flatMap((length) => [begun + ms(length), begun + ms(length) + 1]);
  }

  #turnsOfScore(id: string, bounds: readonly number[], from: number, until: number): number[] {
    const facts = this.#scores
      .partsOf(id)
      .flatMap(({ fit = [] }) => fit.flatMap(({ when }) => leavesOf(when)))
      .flatMap((leaf) => this.#turnsOf(leaf, from, until));
    const jumps = [...new Set([...facts, ...this.#scores.jumps(id, from)])].filter((at) => at > from && at <= until);
    const edges = [from, ...jumps.sort((a, b) => a - b), until === Number.POSITIVE_INFINITY ? until : until + 1];
    const value = (at: number) => this.score(id, at);
    const found = bounds.flatMap((bound) =>
      edges.slice(0, -1).flatMap((edge, i) => {
        const curve = this.#scores.curve(id, this.#seen(edge));
        const all = crossings({ value, curve, bound, from: edge, until: edges[i + 1] ?? until });
        const near = (at: number) => Math.abs(value(at) - bound);
        if (all.some((at) => near(at) < CLOSE || near(at - 1) < CLOSE)) this.close = true;
        if (near(edge) !== 0 && near(edge) < CLOSE) this.close = true;
        return all;
      }),
    );
    return [...jumps, ...found];
  }

  /** The instants at which a single test may turn, some of them in vain. */
  #turnsOf(leaf: MemberTest, from: number, until: number): number[] {
    if ('tag' in leaf || 'journey' in leaf) return [];
    if ('attribute' in leaf) {
      const { attribute, ...test } = leaf;
      const days = turningDays(attributeOf(attribute, this.person), test, this.#zone);
      return days.map((day) => beginOf(day, this.#zone));
    }
    if ('score' in leaf || 'grade' in leaf) {
      return this.#askedOf(leaf).flatMap(({ score, bounds }) => this.#turnsOfScore(score, bounds, from, until));
    }
    const past = { past: this.#past, zone: this.#zone };
    if ('since' in leaf) return this.#passing(beginningOf(leaf.since, this), boundsOf(leaf));
    if ('last' in leaf) return this.#passing(timesOf(leaf.last, leaf.where, past).at(-1), boundsOf(leaf));
    if ('sequence' in leaf) return this.#passing(sequenceAt(leaf, past), boundsOf(leaf));
    if ('count' in leaf) {
      const { within } = leaf;
      if (within === undefined) return [];
      return timesOf(leaf.count, leaf.where, past).map((time) => time + ms(within));
    }
    const latest = timesOf(leaf.streak, leaf.where, past).at(-1);
    if (latest === undefined) return [];
    const begins: number[] = [];
    let day = firstOf(leaf.per, dayOf(latest, this.#zone));
    while (begins.length < leaf.periods + 2) {
      day = nextOf(leaf.per, day);
      begins.push(beginOf(day, this.#zone));
    }
    return begins;
  }

  /** The ends of the times for which somebody must stay, or stay away. */
  #ends(): number[] {
    return this.#model.journeys.flatMap(({ id, stages }) =>
      stages.flatMap(({ id: stage, leastStay, coolDown }) => {
        const present = this.stages.get(id);
        const left = this.#left.get(`${id} ${stage}`);
        return [
          ...(present?.stage === stage && leastStay !== undefined ? [present.since + ms(leastStay)] : []),
          ...(left !== undefined && coolDown !== undefined ? [left + ms(coolDown)] : []),
        ];
      }),
    );
  }

  /** Lets time pass, up to the first change of a stage where only that is wanted. */
  pass(from: number, until: number, toFirst = false): number | undefined {
    const turns = new Set<number>();
    const add = (some: readonly number[]) => {
      for (const at of some) if (at > from && at <= until) turns.add(at);
    };
    for (const leaf of this.#leaves) add(this.#turnsOf(leaf, from, until));
    add(this.#ends());
    for (let at = Math.min(...turns); turns.size > 0; at = Math.min(...turns)) {
      turns.delete(at);
      if (!this.place(at)) continue;
      if (toFirst) return at;
      add(this.#ends().filter((end) => end > at));
    }
    return undefined;
  }

  /** The first instant after this one at which time alone changes a stage. */
  due(from: number): number | undefined {
    const [stages, left] = [new Map(this.stages), new Map(this.#left)];
    const found = this.pass(from, Number.POSITIVE_INFINITY, true);
    this.stages.clear();
    for (const [journey, place] of stages) this.stages.set(journey, place);
    this.#left.clear();
    for (const [stage, at] of left) this.#left.set(stage, at);
    return found;
  }

  #isInForce({ from, until }: Rule, time: number): boolean {
    const day = new Date(dayOf(time, this.#zone) * 86_400_000).toISOString().slice(0, 10);
    return (from === undefined || day >= from) && (until === undefined || day <= until);
  }

  /** A grade at an instant; undefined: the last digits of a score decide. */
  grade(id: string, at: number): string | undefined {
    const isUndecided = this.#askedOf({ grade: id, in: [] }).some(({ score, bounds }) =>
      this.#isClose(score, bounds, at),
    );
    return isUndecided ? undefined : this.#seen(at).grade(id);
  }

  #score(event: ActivityEvent, fitting: readonly Rule[]): void {
    const { data, time } = event;
    const { capGroups = [] } = this.#model;
    for (const rule of fitting) {
      const worth = worthOf(rule, data);
      if (worth === undefined || !this.#scores.isOpen(rule.score, this.person.attributes.get('status'))) continue;
      const shared = capGroups.filter(({ id }) => id === rule.capGroup).flatMap(({ cap }) => listed(cap));
      const points = this.#caps.count([...listed(rule.cap), ...shared], event, worth);
      if (points !== undefined) this.#scores.give(rule.score, points, rule.decay, this.#seen(time));
    }
  }

  take(event: ActivityEvent): void {
    const { type, time, data } = event;
    const before = this.person;
    const isFirst = this.activeAt === undefined;
    this.person = after(before, event);
    // As if it had not happened.
    if (ofFollowed.has(type) && this.person.consents.get('tracking')?.given !== true) return;
    this.#scores.turn(before.attributes.get('status'), this.person.attributes.get('status'), time);
    const fitting = this.#model.rules.filter(
      (rule) => rule.on === type && this.#isInForce(rule, time) && eventFits(rule.where, event, this.#seen(time)),
    );
    this.#score(event, fitting);
    const shows = fitting.some((rule) => rule.signOfLife ?? (!saidOnly.has(type) && (worthOf(rule, data) ?? -1) >= 0));
    if (isFirst || type === 'member.joined' || shows) this.activeAt = time;
    this.#past.push(event);
    for (const leaf of this.#leaves) {
      if (this.#askedOf(leaf).some(({ score, bounds }) => this.#isClose(score, bounds, time))) this.close = true;
    }
    this.place(time);
  }
}

/** Everything up to the last of some events in order. Readers come back to the same events again and again. */
const reckoned = (model: Document, all: readonly ActivityEvent[]): Reckoning => {
  const reckoning = new Reckoning(model);
  let now: number | undefined;
  for (const event of all) {
    if (now !== undefined) reckoning.pass(now, event.time);
    reckoning.take(event);
    now = event.time;
  }
  return reckoning;
};

type Kept = { readonly all: readonly ActivityEvent[]; readonly reckoning: Reckoning };

/** What was reckoned last of a model and a person, by the last of their events: the very same events give the same. */
const kept = new WeakMap<Document, WeakMap<ActivityEvent, Kept>>();

const upToLast = (model: Document, all: readonly ActivityEvent[]): Reckoning => {
  const ofModel = kept.get(model) ?? new WeakMap<ActivityEvent, Kept>();
  kept.set(model, ofModel);
  const last = all.at(-1);
  const known = last && ofModel.get(last);
  if (known && known.all.length === all.length && known.all.every((event, i) => event === all[i])) {
    return known.reckoning;
  }
  const reckoning = reckoned(model, all);
  if (last) ofModel.set(last, { all, reckoning });
  return reckoning;
};

/**
 * What a model says of the person whose events these are, at an instant (epoch ms): as of the last event where that is
 * later, or where none is given.
 */
export const consult = (model: Document, events: readonly ActivityEvent[], instant = 0): Found => {
  const all = inOrder(notTakenBack(events));
  const sight = upToLast(model, all).sight();
  const last = all.at(-1)?.time ?? 0;
  const at = Math.max(last, instant);
  if (all.length > 0) sight.pass(last, at);
  const { person, activeAt, stages } = sight;
  const due = all.length > 0 ? sight.due(at) : undefined;
  return {
    ...{ person, activeAt, stages, due },
    close: sight.close,
    score: (id, when) => sight.score(id, when),
    grade: (id, when) => sight.grade(id, when),
  };
};
