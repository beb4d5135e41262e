import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { MailStore } from '../mail/mail-store.ts';

/** A letter that is not sent, for whom it is, and the local cloud's time, epoch ms. */
const Preview = z.strictObject({
  to: z.string(),
  subject: z.string(),
  html: z.string(),
  text: z.string(),
  at: z.number(),
});
export type Preview = z.infer<typeof Preview>;

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Keeps a letter to be looked at. Its id; undefined where it is none. */
export const takePreview = (store: Pick<MailStore, 'keepPreview'>, body: string): string | undefined => {
  const read = Preview.safeParse(parsed(body));
  if (!read.success) return undefined;
  const { to, ...letter } = read.data;
  const id = `preview-${randomUUID()}`;
  const nobody = { from: 'preview', cc: [], bcc: [], replyTo: [], headers: {} };
  store.keepPreview({ ...nobody, ...letter, id, to: [to], tags: { preview: 'not sent' } });
  return id;
};
