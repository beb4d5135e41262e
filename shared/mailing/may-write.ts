import type { Purpose } from '../../events/purpose.ts';
import type { Announced, Standing } from '../scoring/standing.ts';
import { isPaused } from './choose.ts';

/** What was decided about a member: that this stage was entered, as the how-manieth change told. */
export type Occasion = {
  readonly journey: string;
  readonly stage: string;
  readonly sequence: number;
  /** Epoch ms. */
  readonly decidedAt: number;
  /** On what the member is written to; left out: on entering the stage. */
  readonly on?: 'entry' | 'stay' | 'exit';
};

export type Refusal =
  | 'unknown-member'
  | 'stale'
  | 'moved-on'
  | 'no-consent'
  | 'opted-out'
  | 'paused'
  | 'no-address'
  | 'no-owner';
export type Permission = { readonly may: true; readonly to: string } | { readonly may: false; readonly why: Refusal };

const no = (why: Refusal): Permission => ({ may: false, why });

/** One mailbox and nothing else: nothing that a header would read as a name, a list or a new line. */
const mailbox =
  /^[^\s"(),:;<>@[\\\]\p{Cc}\p{Cf}]+@[^\s"(),:;<>@[\\\]\p{Cc}\p{Cf}]+\.[^\s"(),:;<>@[\\\]\p{Cc}\p{Cf}]+$/u;
const MAX_ADDRESS = 254;

export const isMailbox = (address: string): boolean => address.length <= MAX_ADDRESS && mailbox.test(address);

/**
 * Whether a member still is where the occasion says, or still away from what they left, so that writing about it is no mistake.
 * @param standing the member's standing at `now`, undefined where nothing is known of them
 * @param staleAfter how long a decision stays news, ms
 */
export const stillSo = (
  { journey, stage, sequence, decidedAt, on }: Occasion,
  standing: Standing | undefined,
  announced: Announced,
  now: number,
  staleAfter: number,
): Refusal | undefined => {
  if (!standing) return 'unknown-member';
  if (now - decidedAt > staleAfter) return 'stale';
  const told = announced[journey]?.sequence;
  const isThere = standing.stages[journey]?.stage === stage;
  return told === sequence && isThere !== (on === 'exit') ? undefined : 'moved-on';
};

/**
 * Whether a message for a purpose may go to a member: with their consent to it, not in a pause of theirs, and to an
 * address. What belongs to the service of a member (receipts, changed terms) needs no consent and knows no pause; only a
 * source can say that somebody objected to it.
 * @param profile with what the member has said themselves
 * @param now epoch ms
 */
export const mayWrite = (purpose: Purpose, { profile }: Pick<Standing, 'profile'>, now: number): Permission => {
  const given = profile.consents[purpose]?.given;
  if (given === false) return no('opted-out');
  if (purpose !== 'service' && given !== true) return no('no-consent');
  if (purpose !== 'service' && isPaused(profile, now)) return no('paused');
  return profile.email !== undefined && isMailbox(profile.email) ? { may: true, to: profile.email } : no('no-address');
};
