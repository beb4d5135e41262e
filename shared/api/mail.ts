import * as z from 'zod';
import { EmailAddress } from '../../events/email-address.ts';
import { Instant } from './instant.ts';

const share = z.number().meta({ description: 'From 0 to 1' });

export const MailStatus = z
  .strictObject({
    marketing: z.strictObject({
      stopped: z
        .strictObject({ at: Instant, why: z.enum(['bounces', 'complaints']) })
        .nullable()
        .meta({ description: 'Set when it has stopped by itself; marketing and fundraising do not go out then' }),
    }),
    sent: z.int().meta({ description: 'Mails of the last two weeks, or since marketing was let go on' }),
    bounced: z.int(),
    complained: z.int(),
    bounceRate: share,
    complaintRate: share,
  })
  .meta({
    id: 'MailStatus',
    description: 'How mails fare. At 5 % bounces or 0.1 % complaints marketing stops by itself.',
  });
export type MailStatus = z.infer<typeof MailStatus>;

export const Address = z.strictObject({ address: EmailAddress }).meta({ id: 'Address' });
export const AddressAllowed = z.strictObject({ allowed: z.literal(true) }).meta({ id: 'AddressAllowed' });
