import type { ActivityEvent } from '../../events/envelope.ts';
import type { Combined, Document, MemberTest } from './document.ts';
import { beginningOf, eventFits, leavesOf, memberFits, ms, type Seen } from './oracle-conditions.ts';
import { after, nobody, type Person } from './oracle-person.ts';

/*
 * What a model says about a person, reckoned anew from the definition of the model (docs/model.md) and slowly: scores
 * are sums over all points, the instants of changes are found by halving intervals of whole milliseconds. It shares
 * nothing with the engine but the types of its input.
 */

type Points = { readonly score: string; readonly points: number; readonly time: number };

export type Found = {
  readonly person: Person;
  readonly activeAt: number | undefined;
  /** A score at an instant, epoch ms, not before the last event. */
  readonly score: (id: string, at: number) => number;
  /** Journey → stage, and since when (epoch ms). */
  readonly stages: ReadonlyMap<string, { readonly stage: string; readonly since: number }>;
  /** The next instant at which a stage changes by time alone; undefined: never. */
  readonly due: number | undefined;
  /** Whether a bound was met so closely that the last digits of a number decide: then nobody can say. */
  readonly close: boolean;
};

type Stages = Map<string, { stage: string; since: number }>;

const order = (a: string, b: string) => (a === b ? 0 : a < b ? -1 : 1);
const inOrder = (events: readonly ActivityEvent[]) =>
  [...events].sort((a, b) => a.time - b.time || order(a.source, b.source) || order(a.id, b.id));

const CLOSE = 2e-13;

const conditionsOf = ({ journeys }: Document): Combined<MemberTest>[] =>
  journeys.flatMap(({ appliesTo, stages }) => [
    appliesTo,
    ...stages.flatMap(({ enter, stay }) => [enter, stay].filter((one) => one !== undefined)),
  ]);

/** The reckoning of one person, event by event. */
class Reckoning {
  readonly #model: Document;
  readonly #halfLives: ReadonlyMap<string, number>;
  readonly #leaves: readonly MemberTest[];
  readonly #points: Points[] = [];
  readonly #counted = new Map<string, number[]>();
  readonly stages: Stages = new Map();
  person: Person = nobody;
  activeAt: number | undefined;
  close = false;

  constructor(model: Document) {
    this.#model = model;
    this.#halfLives = new Map(
      model.scores.flatMap(({ id, halfLife }) => (halfLife === undefined ? [] : [[id, ms(halfLife)] as const])),
    );
    this.#leaves = conditionsOf(model).flatMap(leavesOf);
  }

  score(id: string, at: number): number {
    const halfLife = this.#halfLives.get(id);
    let sum = 0;
    for (const { score, points, time } of this.#points) {
      if (score === id) sum += halfLife === undefined ? points : points * 0.5 ** ((at - time) / halfLife);
    }
    return sum;
  }

  #seen(at: number): Seen {
    return { person: this.person, activeAt: this.activeAt, at, score: (id) => this.score(id, at) };
  }

  /** Every journey's stage as it is at an instant. */
  place(at: number): boolean {
    const seen = this.#seen(at);
    let changed = false;
    for (const { id, appliesTo, stages } of this.#model.journeys) {
      const present = this.stages.get(id)?.stage;
      const fitting = stages.filter(
        ({ id, enter, stay }) =>
          enter === undefined ||
          memberFits(enter, seen) ||
          (id === present && stay !== undefined && memberFits(stay, seen)),
      );
      const stage = memberFits(appliesTo, seen) ? fitting.at(-1)?.id : undefined;
      if (stage === present) continue;
      changed = true;
      if (stage === undefined) this.stages.delete(id);
      else this.stages.set(id, { stage, since: at });
    }
    return changed;
  }

  /** The first ms after `from`, up to `until`, at which a score is on the other side of a bound. */
  #crossing(id: string, bound: number, from: number, until: number): number | undefined {
    if (!this.#halfLives.has(id)) return undefined;
    const side = (at: number) => Math.sign(this.score(id, at) - bound);
    const now = side(from);
    // It only ever comes nearer to zero.
    if (now === 0 ? bound === 0 : now * Math.sign(bound) <= 0) return undefined;
    if (until !== Number.POSITIVE_INFINITY && side(until) === now) return undefined;
    let step = 1;
    while (step < until - from && side(from + step) === now) step *= 2;
    let [low, high] = [from, Math.min(until, from + step)];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (side(middle) === now) low = middle;
      else high = middle;
    }
    for (const at of [low, high]) if (Math.abs(this.score(id, at) - bound) < CLOSE) this.close = true;
    return high;
  }

  /** All instants after one and up to another at which some single test may turn, in order. */
  #turns(from: number, until: number): number[] {
    const turns = this.#leaves.flatMap((leaf): number[] => {
      if ('attribute' in leaf) return [];
      if ('score' in leaf) {
        const bounds = [leaf.gt, leaf.gte, leaf.lt, leaf.lte].filter((bound) => bound !== undefined);
        return bounds.flatMap((bound) => {
          const first = this.#crossing(leaf.score, bound, from, until);
          // From on the bound to beyond it is a turn too.
          return first === undefined ? [] : [first, first + 1];
        });
      }
      const begun = beginningOf(leaf.since, this);
      if (begun === undefined) return [];
      const lengths = [leaf.gt, leaf.gte, leaf.lt, leaf.lte].filter((length) => length !== undefined);
      return lengths.flatMap((length) => [begun + ms(length), begun + ms(length) + 1]);
    });
    return [...new Set(turns)].filter((at) => at > from && at <= until).sort((a, b) => a - b);
  }

  /** Lets time pass. */
  pass(from: number, until: number): void {
    for (const at of this.#turns(from, until)) this.place(at);
  }

  /** The first instant after this one at which time alone changes a stage. */
  due(from: number): number | undefined {
    const before = new Map(this.stages);
    const found = this.#turns(from, Number.POSITIVE_INFINITY).find((at) => this.place(at));
    this.stages.clear();
    for (const [journey, place] of before) this.stages.set(journey, place);
    return found;
  }

  take(event: ActivityEvent, isFirst: boolean): void {
    const { type, time, data } = event;
    const fitting = this.#model.rules.filter(({ on, where }) => on === type && eventFits(where, data));
    for (const { id, score, points, cap } of fitting) {
      const per = cap?.per === undefined ? Number.POSITIVE_INFINITY : ms(cap.per);
      const before = this.#counted.get(id) ?? [];
      if (cap && before.filter((counted) => time - counted < per).length >= cap.times) continue;
      this.#counted.set(id, [...before, time]);
      this.#points.push({ score, points, time });
    }
    this.person = after(this.person, event);
    if (isFirst || type === 'member.joined' || fitting.some(({ points }) => points >= 0)) this.activeAt = time;
    for (const leaf of this.#leaves) {
      if (!('score' in leaf)) continue;
      for (const bound of [leaf.gt, leaf.gte, leaf.lt, leaf.lte]) {
        const off = bound === undefined ? 1 : Math.abs(this.score(leaf.score, time) - bound);
        if (off !== 0 && off < CLOSE) this.close = true;
      }
    }
    this.place(time);
  }
}

/**
 * What a model says of the person whose events these are, at an instant (epoch ms): as of the last event where that is
 * later, or where none is given.
 */
export const consult = (model: Document, events: readonly ActivityEvent[], instant = 0): Found => {
  const reckoning = new Reckoning(model);
  const all = inOrder(events);
  let now: number | undefined;
  for (const event of all) {
    if (now !== undefined) reckoning.pass(now, event.time);
    reckoning.take(event, now === undefined);
    now = event.time;
  }
  const last = now ?? 0;
  const at = Math.max(last, instant);
  if (all.length > 0) reckoning.pass(last, at);
  const { person, activeAt, stages } = reckoning;
  const due = all.length > 0 ? reckoning.due(at) : undefined;
  return { person, activeAt, stages, due, close: reckoning.close, score: (id, when) => reckoning.score(id, when) };
};
