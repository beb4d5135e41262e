import type { ActivityEvent } from '../../events/envelope.ts';

/** Whether one event takes another back: it must be of the same source, and name its id; and it cannot be taken back itself. */
const takesBack = (one: ActivityEvent, other: ActivityEvent): boolean =>
  one.type === 'event.retracted' &&
  other.type !== 'event.retracted' &&
  one.source === other.source &&
  one.data.id === other.id;

/** What is left of a ledger once everything was taken back that its sources have taken back; event by event, and slowly. */
export const notTakenBack = (ledger: readonly ActivityEvent[]): readonly ActivityEvent[] =>
  ledger.filter((event) => event.type !== 'event.retracted' && !ledger.some((other) => takesBack(other, event)));
