import type { ActivityEvent } from '../../events/envelope.ts';
import { RETRACTED } from '../../events/event-retracted.ts';
import { eventKey } from '../kernel/event-key.ts';

export const isRetraction = ({ type }: ActivityEvent): boolean => type === RETRACTED;

/** The keys of what the retractions among these events take back: events of their own source alone. */
const retractedBy = (ledger: readonly ActivityEvent[]): ReadonlySet<string> =>
  new Set(
    ledger.flatMap((event) =>
      isRetraction(event) && typeof event.data.id === 'string' ? [eventKey(event.source, event.data.id)] : [],
    ),
  );

/**
 * What counts of a member's whole ledger: neither what was taken back, wherever in time the retraction stands, nor the
 * retractions themselves, which therefore cannot be taken back.
 */
export const counting = (ledger: readonly ActivityEvent[]): readonly ActivityEvent[] => {
  if (!ledger.some(isRetraction)) return ledger;
  const retracted = retractedBy(ledger);
  return ledger.filter((event) => !isRetraction(event) && !retracted.has(eventKey(event.source, event.id)));
};

/** Whether something is taken back that does not lie in the ledger: it may come yet, and must not count then. */
export const awaitsRetracted = (ledger: readonly ActivityEvent[]): boolean => {
  const retracted = retractedBy(ledger);
  if (retracted.size === 0) return false;
  const there = new Set(ledger.map(({ source, id }) => eventKey(source, id)));
  return [...retracted].some((key) => !there.has(key));
};
