import type { AddressNote } from './address-notes.ts';

/** Why an address is not written to. */
export type Suppression = 'complained' | 'bounced' | 'bounces-softly';

/** So many mails that did not get in, within so long (ms). */
export type SoftBounces = { readonly times: number; readonly per: number };

/** The beginnings of the mails that bounced softly, each mail once, ascending. */
const softInstants = (notes: readonly AddressNote[]): number[] => {
  const first = new Map<string, number>();
  for (const { mail, at } of notes) first.set(mail, Math.min(at, first.get(mail) ?? at));
  return [...first.values()].sort((a, b) => a - b);
};

/**
 * Whether an address is suppressed, from all that was noted of it, in whatever order.
 * @param liftedAt what was noted up to then counts no more, epoch ms: a person has said so
 */
export const suppressionOf = (
  all: readonly AddressNote[],
  { times, per }: SoftBounces,
  liftedAt = Number.NEGATIVE_INFINITY,
): Suppression | undefined => {
  const notes = all.filter(({ at }) => at > liftedAt);
  const of = (kind: AddressNote['kind']) => notes.filter((note) => note.kind === kind);
  if (of('complaint').length > 0) return 'complained';
  if (of('hard').length > 0) return 'bounced';
  const soft = softInstants(of('soft'));
  return soft.some((at, i) => (soft[i + times - 1] ?? Number.POSITIVE_INFINITY) - at < per)
    ? 'bounces-softly'
    : undefined;
};
