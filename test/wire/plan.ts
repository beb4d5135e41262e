import type * as z from 'zod';
import type { Activity } from '../../events/envelope.ts';
import { random } from '../../infra/local/demo/random.ts';
import { chunks } from '../../shared/kernel/chunks.ts';
import { HALF_LIFE, stages, worth } from './model.ts';

export type Sent = z.input<typeof Activity>;
export type Size = {
  readonly events: number;
  readonly members: number;
  readonly scorerKills: number;
  readonly crashes: number;
  /** How often everybody does something once more, after all that came in disorder. */
  readonly rounds: number;
  readonly poison: number;
};

export const sizes: Readonly<Record<'short' | 'full', Size>> = {
  short: { events: 2_000, members: 100, scorerKills: 4, crashes: 2, rounds: 10, poison: 8 },
  full: { events: 20_000, members: 500, scorerKills: 30, crashes: 6, rounds: 40, poison: 40 },
};

const HOUR = 3_600_000;
const PER_REQUEST = 100;

/** A tenth of what is sent has been sent before. */
const DUPLICATES = 0.1;

const shuffled = <T>(list: readonly T[], next: () => number): T[] =>
  list
    .map((one) => ({ one, place: next() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ one }) => one);

export const memberId = (i: number): string => `wire-${String(i).padStart(3, '0')}`;
export const addressOf = (member: string): string => `${member}@example.org`;

/** What the sources will send, and in which requests. Follows from the seed and the instant (epoch ms) alone. */
export const planOf = ({ events, members, poison }: Size, seed: number, now: number) => {
  const chance = random(seed, 1);
  const [first = '', ...others] = Object.keys(worth);
  const all = Array.from({ length: events }, (_, i): Sent => {
    const time = new Date(now - chance.between(60_000, 20 * HOUR)).toISOString();
    const member = { id: memberId(chance.between(0, members - 1)) };
    return {
      id: `event-${i}`,
      type: chance.pick([first, ...others]),
      member,
      time,
      data: { benefit: 'course', event: `meeting-${i}` },
    };
  });
  const again = Array.from({ length: events * DUPLICATES }, () => all[chance.between(0, events - 1)] ?? []).flat();
  return {
    events: all,
    /** Everybody agrees to mail before anything else happens. */
    prelude: Array.from({ length: members }, (_, i): Sent => {
      const id = memberId(i);
      const time = new Date(now - 24 * HOUR).toISOString();
      return {
        id: `consent-${i}`,
        type: 'consent.given',
        member: { id, email: addressOf(id) },
        time,
        data: { purpose: 'membership' },
      };
    }),
    requests: chunks(shuffled([...all, ...again], chance.next), PER_REQUEST),
    /** Sent once more, past the front door. */
    byHand: shuffled(all, chance.next).slice(0, events / 100),
    poison: Array.from({ length: poison }, (_, i) => bad[i % bad.length]?.(i) ?? ''),
    chance,
  };
};

const bad: readonly ((i: number) => string)[] = [
  (i) => `no JSON at all, ${i}`,
  (i) => JSON.stringify({ kind: 'activity', number: i }),
  (i) => JSON.stringify({ kind: 'tick', member: '', number: i }),
  (i) => JSON.stringify({ kind: 'something', member: memberId(0), number: i }),
];

const stageAt = (lasting: number): string | undefined => stages.findLast(({ from }) => lasting >= from)?.id;

/** In which stage everybody is whom these events concern. */
export const stagesAfter = (events: readonly Sent[]): ReadonlyMap<string, string | undefined> => {
  const sums = new Map<string, number>();
  for (const { member, type } of events) {
    sums.set(member.id, (sums.get(member.id) ?? 0) + (worth[type]?.lasting ?? 0));
  }
  return new Map([...sums].map(([member, lasting]) => [member, stageAt(lasting)]));
};

/** What a member's record must be, reckoned from what was sent and nothing else. */
export const expectedOf = (events: readonly Sent[], member: string, asOf: number) => {
  const its = events.filter((event) => event.member.id === member);
  const sum = (of: (event: Sent) => number) => its.reduce((total, event) => total + of(event), 0);
  const lasting = sum(({ type }) => worth[type]?.lasting ?? 0);
  const fading = sum(({ type, time }) => (worth[type]?.fading ?? 0) * 2 ** ((Date.parse(time) - asOf) / HALF_LIFE));
  const counted = its.filter(({ type }) => (worth[type]?.lasting ?? 0) > 0).map(({ id }) => id);
  return {
    lasting,
    fading,
    counted: counted.toSorted(),
    stage: stageAt(lasting),
  };
};
