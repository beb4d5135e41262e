import type { Decay, Document, Score } from './document.ts';
import { beginOf, dayOf } from './oracle-calendar.ts';
import { type Known, memberFits, ms } from './oracle-conditions.ts';

/*
 * Scores as sums over all points ever given. Instants are epoch ms.
 */

type Points = { readonly points: number; readonly time: number; readonly decay: Decay };

const DAY = 86_400_000;
const inDays = (length: string): number => ms(length) / DAY;

/** What is left of one point after so many days of the calendar. */
const leftAfterDays = (decay: Exclude<Decay, 'none' | { halfLife: string }>, days: number): number => {
  if ('linear' in decay) return Math.max(0, 1 - days / inDays(decay.linear));
  if ('expiry' in decay) return days < inDays(decay.expiry) ? 1 : 0;
  return decay.steps.reduce((left, { after, keep }) => (days >= inDays(after) ? keep : left), 1);
};

/** The numbers of days after which something else is left. */
const daysThatMatter = (decay: Decay): number[] => {
  if (decay === 'none' || 'halfLife' in decay) return [];
  if ('linear' in decay) return Array.from({ length: inDays(decay.linear) }, (_, i) => i + 1);
  return 'expiry' in decay ? [inDays(decay.expiry)] : decay.steps.map(({ after }) => inDays(after));
};

/** A score as it moves between two instants at which it may jump: a constant, and parts that halve again and again. */
export type Curve = { readonly constant: number; readonly halving: ReadonlyMap<number, number> };

/** The scores of one person. */
export class OracleScores {
  readonly #scores: ReadonlyMap<string, Score>;
  readonly #zone: string;
  readonly #points = new Map<string, Points[]>();
  readonly #endedAt = new Map<string, number>();

  constructor({ scores, timeZone = 'UTC' }: Document) {
    this.#scores = new Map(scores.map((score) => [score.id, score]));
    this.#zone = timeZone;
  }

  #given(id: string): Points[] {
    const given = this.#points.get(id) ?? [];
    this.#points.set(id, given);
    return given;
  }

  #left({ time, decay }: Points, at: number): number {
    if (decay === 'none') return 1;
    if ('halfLife' in decay) return 0.5 ** ((at - time) / ms(decay.halfLife));
    return leftAfterDays(decay, dayOf(at, this.#zone) - dayOf(time, this.#zone));
  }

  value(id: string, seen: Known): number {
    const { sum, fit } = this.#scores.get(id) ?? {};
    if (sum) return sum.reduce((total, part) => total + this.value(part, seen), 0);
    if (fit) {
      const facts = fit.filter(({ when }) => memberFits(when, { ...seen, score: () => Number.NaN, grade: () => '' }));
      return facts.reduce((total, { points }) => total + points, 0);
    }
    const until = Math.min(seen.at, this.#endedAt.get(id) ?? seen.at);
    return this.#given(id).reduce((total, one) => total + one.points * this.#left(one, until), 0);
  }

  /** Gives points, as far as the limits of the score let it. */
  give(id: string, points: number, rule: Decay | undefined, seen: Known): void {
    const {
      halfLife,
      decay,
      floor = Number.NEGATIVE_INFINITY,
      ceiling = Number.POSITIVE_INFINITY,
    } = this.#scores.get(id) ?? {};
    const value = this.value(id, seen);
    const up = Math.min(points, Math.max(0, ceiling - value));
    const down = Math.max(points, Math.min(0, floor - value));
    const own = decay ?? (halfLife === undefined ? 'none' : { halfLife });
    this.#given(id).push({ points: points > 0 ? up : down, time: seen.at, decay: rule ?? own });
  }

  /** Whether a score counts just now what somebody does who has this status. */
  isOpen(id: string, status: unknown): boolean {
    const phase = this.#scores.get(id)?.while;
    if (phase === 'lead') return status !== 'member' && status !== 'left';
    return phase !== 'member' || status === 'member';
  }

  /** Leads join or leave, and those who have left may begin anew as leads. */
  turn(was: unknown, is: unknown, at: number): void {
    if (was === is) return;
    for (const { id, while: phase } of this.#scores.values()) {
      if (phase !== 'lead') continue;
      const ended = this.#endedAt.has(id);
      if (is === 'lead' && was !== undefined) {
        this.#points.delete(id);
        this.#endedAt.delete(id);
      } else if (is !== 'lead' && !ended) this.#endedAt.set(id, at);
    }
  }

  /** Every score that a score is made of. */
  partsOf(id: string): Score[] {
    const score = this.#scores.get(id);
    if (!score) return [];
    return score.sum ? score.sum.flatMap((part) => this.partsOf(part)) : [score];
  }

  /** The instants after one at which days that have passed take points away. */
  jumps(id: string, from: number): number[] {
    return this.partsOf(id).flatMap((part) =>
      this.#endedAt.has(part.id)
        ? []
        : this.#given(part.id)
            .filter(({ points }) => points !== 0)
            .flatMap(({ time, decay }) =>
              daysThatMatter(decay).map((days) => beginOf(dayOf(time, this.#zone) + days, this.#zone)),
            )
            .filter((at) => at > from),
    );
  }

  /** How a score moves from an instant on, until it jumps. */
  curve(id: string, seen: Known): Curve {
    const halving = new Map<number, number>();
    let constant = 0;
    for (const part of this.partsOf(id)) {
      if (part.fit || this.#endedAt.has(part.id)) {
        constant += this.value(part.id, seen);
        continue;
      }
      for (const one of this.#given(part.id)) {
        const worth = one.points * this.#left(one, seen.at);
        if (one.decay === 'none' || !('halfLife' in one.decay)) constant += worth;
        else {
          const length = ms(one.decay.halfLife);
          halving.set(length, (halving.get(length) ?? 0) + worth);
        }
      }
    }
    return { constant, halving };
  }
}
