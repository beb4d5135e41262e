import * as z from 'zod';
import { EmailAddress } from './email-address.ts';
import { JsonValue } from './json-value.ts';

/** Printable, without the control characters that queues and headers refuse. */
const identifier = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\p{Cs}]+$/u, 'must not contain control characters');

export const SourceId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'lower-case letters, digits and hyphens, 40 at most');
/** The source of what people tell Polku itself, on its own pages. No other source has this name. */
export const OWN_SOURCE = 'polku';
export const MemberId = identifier(128);
export const EventId = identifier(128);
export const EventType = z
  .string()
  .max(64)
  .regex(/^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$/, 'noun.verbed in lower case, for example benefit.used');

/** What a source sends about one thing that one member did. */
export const Activity = z
  .strictObject({
    id: EventId.meta({ description: 'Unique within the source. The same id again is the same event.' }),
    type: EventType,
    member: z.strictObject({ id: MemberId, email: EmailAddress.optional() }),
    time: z.iso.datetime({ offset: true }).meta({ description: 'When it happened: ISO 8601 with an offset.' }),
    data: z.record(z.string().max(128), JsonValue).default({}),
  })
  .meta({ id: 'Activity', description: 'One activity event' });
export type Activity = z.infer<typeof Activity>;

/** An accepted activity event, as it travels on the queue and lies in the ledger. `time` is in epoch milliseconds. */
export const ActivityEvent = z.strictObject({
  source: SourceId,
  id: EventId,
  type: EventType,
  member: MemberId,
  email: z.string().max(254).optional(),
  time: z.int(),
  data: z.record(z.string(), JsonValue),
});
export type ActivityEvent = z.infer<typeof ActivityEvent>;
