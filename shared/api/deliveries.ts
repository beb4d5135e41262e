import * as z from 'zod';
import { MailTag } from '../../events/feedback-message.ts';
import { Instant } from './instant.ts';

export const DeliveriesQuery = z.object({
  state: z
    .enum(['unknown', 'held'])
    .meta({ description: '`unknown`: nobody knows whether the mail left; `held`: it waits for its time' }),
  cursor: MailTag.optional().meta({ description: '`next` of the page before' }),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

const common = {
  tag: z.string().meta({ description: 'Names the mail; SES knows it as the message tag `mail`' }),
  at: Instant.meta({ description: 'Since when' }),
  why: z.string().meta({ description: 'What went wrong, or what it waits for, as a code' }),
  until: Instant.optional().meta({ description: 'Until when it waits' }),
};
const Delivery = z.discriminatedUnion('kind', [
  z.strictObject({
    ...common,
    kind: z.literal('mail'),
    member: z.string().meta({ description: 'Whom it is for or about' }),
    id: z.string(),
  }),
  z.strictObject({ ...common, kind: z.literal('digest'), owner: z.string(), run: Instant }),
]);
export const DeliveryList = z.strictObject({ deliveries: z.array(Delivery), next: z.string().optional() }).meta({
  id: 'DeliveryList',
  description: 'Mails in doubt, which are never sent again by themselves; or mails that wait.',
});
export type DeliveryList = z.infer<typeof DeliveryList>;

export const DeliveryPath = z.object({ tag: MailTag });
export const Resolution = z
  .strictObject({ sent: z.boolean().meta({ description: 'Whether it went out. Either way it is never sent again.' }) })
  .meta({ id: 'Resolution' });
export const Resolved = z.strictObject({ tag: z.string(), sent: z.boolean() }).meta({ id: 'Resolved' });
export type Resolved = z.infer<typeof Resolved>;
