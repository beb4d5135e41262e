import type { Activity } from '../../events/envelope.ts';
import { type Batch, SOURCES, START } from './batch.ts';
import { type Choice, FOLLOWED_WISHES } from './choices.ts';
import type { Random } from './random.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

type Item = Pick<Activity, 'id' | 'type' | 'data'>;

/** What sources say of somebody who may be written to, and perhaps followed; in turn, or all of it together. */
export const drawWords = ({ chance, pick, below, between }: Random, member: string, span: number): Batch[] => {
  const said = (time: number, ...items: readonly Item[]): Batch => ({
    at: time + pick([0, 0, 1000, HOUR, 2 * DAY]),
    source: pick(SOURCES),
    items: items.map((item) => ({
      ...item,
      member: { id: member, email: `${member}@example.org` },
      time: new Date(time).toISOString(),
    })),
    tries: undefined,
  });
  const word = (id: string, type: 'given' | 'withdrawn', purpose: string): Item => ({
    ...{ id, type: `consent.${type}`, data: { purpose } },
  });
  const tracking = (id: string, type: 'given' | 'withdrawn', time: number): Batch =>
    said(time, word(id, type, 'tracking'));
  /** Another system may report opens and clicks too, whoever has agreed. */
  const read = (id: string): Item => ({
    id,
    type: pick(['email.opened', 'email.clicked']),
    data: { message: pick(['letter', 'hello', 'other']) },
  });
  const begun = START + below(DAY);
  return [
    said(
      begun,
      word('write', 'given', 'membership'),
      word('offer', 'given', 'marketing'),
      ...(chance(0.8) ? [word('follow', 'given', 'tracking')] : []),
      { id: 'join', type: 'member.joined', data: {} },
    ),
    ...Array.from({ length: between(4, 8) }, (_, i) =>
      said(
        START + below(span),
        ...(chance(0.4) ? [read(`read ${i}`)] : []),
        ...(chance(0.1) ? [read(`read on ${i}`)] : []),
        { id: `come ${i}`, type: 'site.visited', data: {} },
      ),
    ),
    ...(chance(0.3) ? [tracking('leave alone', 'withdrawn', START + below(span))] : []),
    ...(chance(0.15) ? [tracking('follow again', 'given', START + below(span))] : []),
  ];
};

/** What of all else is left out, to make room: mostly what would end the mails. */
const thinned = (batches: readonly Batch[], { chance }: Random): Batch[] =>
  batches
    .map((batch) => ({
      ...batch,
      items: batch.items.filter((item) => chance(Object(item).type === 'consent.withdrawn' ? 0.1 : 0.35)),
    }))
    .filter(({ items }) => items.length > 0);

/** Most of the choices are about being followed, and some more of these are made at any time. */
const aboutIt = (choices: readonly Choice[], members: readonly string[], span: number, chance: Random): Choice[] => [
  ...choices.map((choice) => (chance.chance(0.7) ? { ...choice, wish: chance.pick(FOLLOWED_WISHES) } : choice)),
  ...members.flatMap((member): Choice[] =>
    chance.chance(0.3)
      ? [{ member, wish: chance.pick(['follow me', 'do not follow me']), at: START + chance.below(span) }]
      : [],
  ),
];

/** Whether the stack follows whoever agrees to it, and what else goes on then. */
type Following = {
  readonly follows: boolean;
  readonly amid: (batches: readonly Batch[]) => readonly Batch[];
  readonly choosing: (choices: readonly Choice[]) => readonly Choice[];
  readonly fewer: <One>(some: readonly One[]) => readonly One[];
};

/**
 * Whether the stack follows whoever agrees to it, as it does in four of ten seeds; and what the sources and the members
 * have to say then. From a stream of its own, so that all other seeds stay what they were.
 */
export const drawFollowing = (chance: Random, members: readonly string[], span: number): Following => {
  if (!chance.chance(0.4)) return { follows: false, amid: (all) => all, choosing: (all) => all, fewer: (all) => all };
  return {
    follows: true,
    amid: (batches) => [...thinned(batches, chance), ...members.flatMap((member) => drawWords(chance, member, span))],
    choosing: (choices) => aboutIt(choices, members, span, chance),
    fewer: (some) => some.filter(() => chance.chance(0.5)),
  };
};
