import PostalMime, { type Address } from 'postal-mime';
import * as z from 'zod';
import type { Mail } from './mail-store.ts';
import { SesError } from './ses-error.ts';

/** A mail as SES was asked to send it; id and time are SES's to give. */
export type Letter = Omit<Mail, 'id' | 'at'>;

const SendRawEmail = z.object({
  Tags: z.array(z.object({ Name: z.string(), Value: z.string() })).default([]),
  ConfigurationSetName: z.string().optional(),
  Source: z.string().optional(),
  Destinations: z.array(z.string()).default([]),
  RawMessage: z.object({ Data: z.base64() }),
});

const read = <S extends z.ZodType>(schema: S, given: unknown): z.infer<S> => {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new SesError('ValidationError', `${issue?.path.join('.')}: ${issue?.message}`);
};

const some = <Key extends string, Value>(key: Key, value: Value | undefined) =>
  value === undefined ? {} : { [key]: value };

const flat = (addresses: readonly Address[] = []): string[] =>
  addresses.flatMap(({ address, group }) => (group ? flat(group) : (address ?? [])));

/** RFC 5322, section 2.1.1: SES refuses a mail with a longer line. */
const LONGEST_LINE = 998;

const checkLines = (raw: Buffer): void => {
  if (
    raw
      .toString('latin1')
      .split('\r\n')
      .some((line) => line.length > LONGEST_LINE)
  )
    throw new SesError('InvalidParameterValue', 'A line of the message is too long');
};

const parsed = async (raw: Buffer) => {
  const mime = await PostalMime.parse(raw);
  const headers = Object.fromEntries(mime.headers.map(({ key, value }) => [key, value]));
  const [from] = mime.from ? flat([mime.from]) : [];
  return { ...mime, headers, sender: mime.from?.name ? `${mime.from.name} <${from}>` : from };
};

/** A mail from its MIME. Recipients named outside of it count alone, and are blind copies where it does not name them. */
export const letterOf = async (given: unknown): Promise<Letter> => {
  const { Source, Destinations, RawMessage, Tags, ConfigurationSetName } = read(SendRawEmail, given);
  const raw = Buffer.from(RawMessage.Data, 'base64');
  checkLines(raw);
  const mime = await parsed(raw);
  const named = { to: flat(mime.to), cc: flat(mime.cc), bcc: flat(mime.bcc) };
  const among = (list: readonly string[]) =>
    Destinations.length > 0 ? list.filter((one) => Destinations.includes(one)) : [...list];
  const [to, cc] = [among(named.to), among(named.cc)];
  const hidden = Destinations.filter((one) => !to.includes(one) && !cc.includes(one));
  return {
    from: mime.sender ?? Source ?? '',
    to,
    cc,
    bcc: [...new Set([...among(named.bcc), ...hidden])],
    replyTo: flat(mime.replyTo),
    subject: mime.subject ?? '',
    headers: mime.headers,
    ...some('text', mime.text),
    ...some('html', mime.html),
    tags: Object.fromEntries(Tags.map(({ Name, Value }) => [Name, Value])),
    ...some('configurationSet', ConfigurationSetName),
  };
};
