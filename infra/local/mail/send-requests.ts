import PostalMime, { type Address } from 'postal-mime';
import * as z from 'zod';
import type { Mail } from './mail-store.ts';
import { SesError } from './ses-error.ts';

/** A mail as SES was asked to send it; id and time are SES's to give. */
export type Letter = Omit<Mail, 'id' | 'at'>;

const Addresses = z.array(z.string()).default([]);
const Tags = z.array(z.object({ Name: z.string(), Value: z.string() })).default([]);
const Content = z.object({ Data: z.string() });
const common = { Tags, ConfigurationSetName: z.string().optional() };

const SendEmail = z.object({
  ...common,
  Source: z.string(),
  Destination: z.object({ ToAddresses: Addresses, CcAddresses: Addresses, BccAddresses: Addresses }),
  ReplyToAddresses: Addresses,
  Message: z.object({ Subject: Content, Body: z.object({ Text: Content.optional(), Html: Content.optional() }) }),
});

const SendRawEmail = z.object({
  ...common,
  Source: z.string().optional(),
  Destinations: Addresses,
  RawMessage: z.object({ Data: z.base64() }),
});

const read = <S extends z.ZodType>(schema: S, given: unknown): z.infer<S> => {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new SesError('ValidationError', `${issue?.path.join('.')}: ${issue?.message}`);
};

const tagsOf = (tags: z.infer<typeof Tags>) => Object.fromEntries(tags.map(({ Name, Value }) => [Name, Value]));

const some = <Key extends string, Value>(key: Key, value: Value | undefined) =>
  value === undefined ? {} : { [key]: value };

export const letterOf = (given: unknown): Letter => {
  const { Source, Destination, ReplyToAddresses, Message, Tags, ConfigurationSetName } = read(SendEmail, given);
  return {
    from: Source,
    to: Destination.ToAddresses,
    cc: Destination.CcAddresses,
    bcc: Destination.BccAddresses,
    replyTo: ReplyToAddresses,
    subject: Message.Subject.Data,
    ...some('text', Message.Body.Text?.Data),
    ...some('html', Message.Body.Html?.Data),
    tags: tagsOf(Tags),
    ...some('configurationSet', ConfigurationSetName),
  };
};

const flat = (addresses: readonly Address[] = []): string[] =>
  addresses.flatMap(({ address, group }) => (group ? flat(group) : (address ?? [])));

/** The same from a whole MIME message. Recipients named outside of it count, and none of its own then. */
export const rawLetterOf = async (given: unknown): Promise<Letter> => {
  const { Source, Destinations, RawMessage, Tags, ConfigurationSetName } = read(SendRawEmail, given);
  const mime = await PostalMime.parse(Buffer.from(RawMessage.Data, 'base64'));
  const [from = ''] = mime.from ? flat([mime.from]) : [];
  const named = Destinations.length > 0;
  return {
    from: Source ?? from,
    to: named ? Destinations : flat(mime.to),
    cc: named ? [] : flat(mime.cc),
    bcc: named ? [] : flat(mime.bcc),
    replyTo: flat(mime.replyTo),
    subject: mime.subject ?? '',
    ...some('text', mime.text),
    ...some('html', mime.html),
    tags: tagsOf(Tags),
    ...some('configurationSet', ConfigurationSetName),
  };
};
