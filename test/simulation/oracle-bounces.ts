import type { ContactPolicy } from './document.ts';
import type { Noted } from './mail-log.ts';
import { ms } from './oracle-conditions.ts';

/*
 * What is known of an address by what came back from it, reckoned anew from its definition (docs/deliverability.md).
 */

/** Left out of the contact policy, or without one. */
const USUAL = { times: 3, per: '14 days' };

/** Whether so many mails did not get in within so long, each mail once. */
const isSoft = (notes: readonly Noted[], policy: ContactPolicy | undefined): boolean => {
  const { times, per } = policy?.softBounces ?? USUAL;
  const mails = Map.groupBy(
    notes.filter(({ kind }) => kind === 'soft'),
    ({ mail }) => mail,
  );
  const begins = [...mails.values()].map((its) => Math.min(...its.map(({ at }) => at)));
  return begins.some((from) => begins.filter((at) => at >= from && at - from < ms(per)).length >= times);
};

/** Whether a reason not to write to an address is true, of which this was noted. */
export const isBarredFor = (why: string, notes: readonly Noted[], policy: ContactPolicy | undefined): boolean => {
  if (why === 'complained') return notes.some(({ kind }) => kind === 'complaint');
  if (why === 'bounced') return notes.some(({ kind }) => kind === 'hard');
  return why === 'bounces-softly' && isSoft(notes, policy);
};

export const BARS = ['complained', 'bounced', 'bounces-softly'] as const;

/** Since when an address was known not to be written to, by when each thing was noted; epoch ms. */
export const barredSince = (notes: readonly Noted[], policy: ContactPolicy | undefined): number | undefined =>
  notes
    .map(({ notedAt }) => notedAt)
    .filter((by) => {
      const known = notes.filter(({ notedAt }) => notedAt <= by);
      return BARS.some((why) => isBarredFor(why, known, policy));
    })
    .sort((a, b) => a - b)[0];
