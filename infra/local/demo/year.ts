import type { Activity } from '../../../events/envelope.ts';
import { biography } from './biography.ts';
import { type LifeKind, lives, shares } from './lives.ts';
import { type Person, person, personId } from './person.ts';
import { random } from './random.ts';

export type Inhabitant = Person & { readonly kind: LifeKind };

export type Year = {
  readonly people: readonly Inhabitant[];
  /** In the order in which they happened. */
  readonly events: readonly Activity[];
};

export type YearOf = {
  /** Any whole number. The same seed gives the same year. */
  readonly seed: number;
  /** How many people. */
  readonly people: number;
  /** The first day: a midnight in UTC, epoch ms. */
  readonly start: number;
};

/** Each kind of life as often as its share says, as near as whole people allow, and mixed. */
const kinds = (seed: number, count: number): readonly LifeKind[] => {
  const all = (Object.entries(shares) as [LifeKind, number][]).flatMap(([kind, share]) =>
    Array.from({ length: share }, () => kind),
  );
  const shuffle = random(seed, -1);
  const order = Array.from({ length: count }, (_, i) => ({
    kind: all[Math.floor(((i + 0.5) * all.length) / count) % all.length] ?? 'steady',
    by: shuffle.next(),
  }));
  return order.sort((a, b) => a.by - b.by).map(({ kind }) => kind);
};

/** A year of a made-up organisation. Everybody has a stream of chance of their own. */
export const year = ({ seed, people, start }: YearOf): Year => {
  const inhabitants: Inhabitant[] = [];
  const moments = kinds(seed, people).flatMap((kind, i) => {
    const chance = random(seed, i);
    const inhabitant = { ...person(chance, personId(seed, i + 1)), kind };
    inhabitants.push(inhabitant);
    return biography(chance, inhabitant, lives[kind](chance), start).map((moment) => ({
      ...moment,
      member: inhabitant.id,
    }));
  });
  const events = moments
    .sort((a, b) => a.time - b.time || (a.member < b.member ? -1 : a.member > b.member ? 1 : 0))
    .map(({ time, type, data, member, email }, i) => ({
      id: `demo-${seed}-${String(i + 1).padStart(6, '0')}`,
      type,
      member: { id: member, ...(email === undefined ? {} : { email }) },
      time: new Date(time).toISOString(),
      data,
    }));
  return { people: inhabitants, events };
};
