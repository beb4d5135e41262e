import * as z from 'zod';
import { Activity, MemberId } from '../../events/envelope.ts';
import { JsonValue } from '../../events/json-value.ts';
import { Instant } from './instant.ts';

export const ExportPath = z.object({ id: MemberId });
export const ExportQuery = z.object({
  cursor: z.string().min(1).max(4000).optional().meta({ description: '`next` of the page before' }),
});

const Event = z.strictObject({
  kind: z.literal('event'),
  at: Instant,
  source: z.string().meta({ description: 'Who told of it; `polku`: the member themselves' }),
  id: z.string(),
  type: z.string(),
  email: z.string().optional(),
  data: Activity.shape.data,
});
const Mail = z.strictObject({
  kind: z.literal('mail'),
  id: z.string(),
  tag: z.string().optional().meta({ description: 'By which SES knows it' }),
  message: z.string().optional().meta({ description: 'The message of the model; absent for a notice to an owner' }),
  to: z.string().optional().meta({ description: 'Who received it; absent where it was not sent, or long ago' }),
  state: z.string(),
  at: Instant.meta({ description: 'Since when it is so' }),
  detail: z.string().meta({ description: 'SES’s id of a mail that was sent; otherwise why it was not, as a code' }),
  became: z.record(z.string(), Instant).meta({ description: 'What became of it after it was sent, and when' }),
  until: Instant.optional().meta({ description: 'Until when it waits' }),
  drawn: z.record(z.string(), z.string()).optional().meta({ description: 'What was drawn, by trial' }),
  drawnAt: Instant.optional(),
  opened: Instant.optional().meta({ description: 'When they first opened it, if they agreed that it is noted' }),
  clicked: Instant.optional().meta({ description: 'When they first followed a link in it, if they agreed to that' }),
  acts: z
    .array(
      z.strictObject({
        what: z.enum(['open', 'click']),
        at: Instant,
        link: z.string().optional().meta({ description: 'A hash that stands for the link' }),
      }),
    )
    .optional()
    .meta({ description: 'All that was done with it, also what was taken for a machine’s doing' }),
  told: z
    .array(z.string())
    .optional()
    .meta({ description: 'The events that tell of it, by their ids; also what was taken back since' }),
  asked: JsonValue.optional().meta({ description: 'What a mail that waits was asked for by; times in epoch ms' }),
});
const Stored = z.strictObject({
  kind: z.literal('stored'),
  name: z
    .string()
    .meta({ description: '`snapshot`: the standing; `journey#…`: a place in a list; `choices`; `tally`' }),
  content: JsonValue.meta({ description: 'As it is stored; times in epoch ms' }),
});
const Address = z.strictObject({
  kind: z.literal('address'),
  email: z.string(),
  note: z.string().meta({ description: '`hard`, `soft` (bounces), `complaint`; `lifted`: counts no more' }),
  at: Instant,
  mail: z.string().optional().meta({ description: 'SES’s id of the mail' }),
});
const Refusal = z.strictObject({
  kind: z.literal('refusal'),
  purpose: z.string(),
  at: Instant,
  own: z.boolean().meta({ description: 'Whether the member said it, or a source' }),
  erasedAt: Instant.meta({ description: 'The erasure that it outlived' }),
});
const Quarantined = z.strictObject({
  kind: z.literal('quarantined'),
  id: z.string(),
  at: Instant,
  reason: z.string(),
  body: z.string().meta({ description: 'The input as it came' }),
});
const Digest = z.strictObject({
  kind: z.literal('digest'),
  owner: z.string().meta({ description: 'Who will receive it' }),
  run: Instant,
  entry: JsonValue.meta({ description: 'What the list says of the member; times in epoch ms' }),
});

const Previewed = z.strictObject({
  kind: z.literal('preview'),
  id: z.string().meta({ description: 'The preview of a draft of the model that names the member' }),
  at: Instant,
  entry: JsonValue.meta({ description: 'What the draft would change for them' }),
});

export const ExportedRecord = z
  .discriminatedUnion('kind', [Event, Mail, Stored, Address, Refusal, Quarantined, Digest, Previewed])
  .meta({ id: 'ExportedRecord' });
export type ExportedRecord = z.infer<typeof ExportedRecord>;

export const MemberExport = z
  .strictObject({
    member: z.string(),
    asOf: Instant,
    records: z.array(ExportedRecord),
    next: z.string().optional().meta({ description: 'The cursor of the next page; absent on the last one' }),
  })
  .meta({ id: 'MemberExport', description: 'All that is stored of a member' });
export type MemberExport = z.infer<typeof MemberExport>;
