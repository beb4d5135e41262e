import type { ActivityEvent } from '../../../events/envelope.ts';
import { mayFollow } from '../../scoring/muted.ts';
import { comparePositions } from '../../scoring/position.ts';
import { NO_PROFILE, withEvent } from '../../scoring/profile.ts';
import { type Choices, withOwnWords } from '../choices.ts';

/**
 * Whether somebody had agreed to be followed at an instant (epoch ms) and has not taken it back since.
 * @param ledger all that happened
 */
export const hadAgreed = (
  member: string,
  ledger: readonly ActivityEvent[],
  choices: Choices | undefined,
  instant: number,
): boolean => {
  const all = (choices ? withOwnWords(member, ledger, choices) : ledger).toSorted(comparePositions);
  const mayUntil = (until: number) => mayFollow(all.filter(({ time }) => time <= until).reduce(withEvent, NO_PROFILE));
  return mayUntil(instant) && mayUntil(Number.POSITIVE_INFINITY);
};
