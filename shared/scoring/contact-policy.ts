import * as z from 'zod';
import { Purpose } from '../../events/purpose.ts';
import { MemberCondition } from './condition.ts';
import { Duration } from './data-condition.ts';

const Clock = z
  .string()
  .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'a time of day such as "08:00" or "20:30", or "24:00"');
const Purposes = z.array(Purpose).min(1);

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const office = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;

const DecentHours = z
  .strictObject({
    from: Clock.default('08:00'),
    until: Clock.default('20:00'),
    weekdays: z
      .array(z.enum(weekdays))
      .min(1)
      .default([...office]),
    holidays: z
      .array(z.enum(['DK', 'FI', 'NO', 'SE']))
      .default([])
      .meta({ description: 'On the public holidays of these countries nobody is written to' }),
    quietJuly: Purposes.optional().meta({ description: 'What is written for these purposes waits for August' }),
    purposes: Purposes.optional().meta({ description: 'What is held to these hours; left out: everything' }),
  })
  .refine(({ from, until }) => from < until, { path: ['until'], error: 'must be later than `from`' });

const ContactCap = z.strictObject({
  messages: z.int().min(0).max(100).meta({ description: 'How many a member may get; 0: none' }),
  per: Duration.meta({ description: 'within any period of this length' }),
  purposes: Purposes.optional().meta({ description: 'What counts and is held; left out: everything' }),
  when: MemberCondition.optional().meta({ description: 'Whom it holds for; left out: everybody' }),
});

/** When members are written to, and how often. Everything that goes to members passes it. */
export const ContactPolicy = z.strictObject({
  /** By the clock of the member (attribute `timeZone`), or else of the organisation. */
  decentHours: DecentHours.optional(),
  caps: z.array(ContactCap).max(20).default([]),
  /** Of two messages that are due within this time the one with the higher priority goes; the other waits so long. */
  gap: Duration.default('1 hour'),
  /** An address that lets so many mails bounce within so long, though for passing reasons, is not written to any more. */
  softBounces: z.strictObject({ times: z.int().min(1).max(100), per: Duration }).default({ times: 3, per: '14 days' }),
});
export type ContactPolicy = z.infer<typeof ContactPolicy>;
