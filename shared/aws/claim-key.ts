import { createHash } from 'node:crypto';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { type Fate, fates } from '../mailing/feedback/fate.ts';
import { type Act, actIn, actKey } from '../mailing/following/acts.ts';
import { type Telling, type Told, tellingIn, tellingKey } from '../mailing/following/tellings.ts';
import type { MailState } from '../mailing/send-once.ts';
import { DUE_INDEX, PARTITION, SORT } from './keys.ts';

/** How the items that hold claims are named, and which they are: partition and sort key. */
export type ClaimKey = { readonly partition: string; readonly sort: string };

/** What became of a claim, since when (epoch ms), and a word more: SES's id of the mail, or a code. */
export const ClaimRow = z.object({
  state: z.enum(['claimed', 'held', 'released', 'unknown', 'sent', 'refused', 'skipped']),
  at: z.int(),
  detail: z.string().default(''),
});

const open: ReadonlySet<string> = new Set(['held', 'claimed', 'released'] satisfies MailState[]);

/** Whether a mail may still be sent. Whoever takes up one that waited may die over it, or not be able to send it yet. */
export const isOpen = (state: MailState | undefined): boolean => state !== undefined && open.has(state);

/**
 * What brings a mail again that has waited: its place in the index of the due, and what it was asked for by. Both stay until
 * the mail has come to an end: whoever takes it up may die over it or let go of it, with no message left that would come back.
 */
export const waitNames = { '#dueShard': DUE_INDEX.partition, '#dueAt': DUE_INDEX.sort, '#asked': 'asked' };
export const waitRemoved = Object.keys(waitNames).join(', ');

/** Where the claim of a mail says when something became of the mail after SES took it. */
export const fateAttribute = (fate: Fate): string => `fate#${fate}`;

const ACT = 'act#';

/** Where the claim of a mail says that something was done with it, with the instant (epoch ms) as its value. */
export const actAttribute = (act: Act): string => ACT + actKey(act);

/** What was done with a mail. */
export const actsIn = (item: Record<string, unknown>): Act[] =>
  Object.keys(item).flatMap((name) => (name.startsWith(ACT) ? (actIn(name.slice(ACT.length)) ?? []) : []));

const TOLD = 'told#';

/** Where the claim of a mail says that the ledger was told of an act, with the link as its value; none: an empty text. */
export const toldAttribute = (told: Telling): string => TOLD + tellingKey(told);

/** What the ledger was told of a mail. */
export const toldIn = (item: Record<string, unknown>): Told[] =>
  Object.entries(item).flatMap(([name, link]) => {
    const telling = name.startsWith(TOLD) ? tellingIn(name.slice(TOLD.length)) : undefined;
    return telling ? [{ ...telling, link: typeof link === 'string' && link !== '' ? link : undefined }] : [];
  });

/** What became of a mail after SES took it, and when first (epoch ms). */
export const fatesIn = (item: Record<string, unknown>): Partial<Record<Fate, number>> =>
  Object.fromEntries(
    fates.flatMap((fate) => {
      const at = item[fateAttribute(fate)];
      return typeof at === 'number' ? [[fate, at]] : [];
    }),
  );

const Key = z.object({ [PARTITION]: z.string(), [SORT]: z.string() });

export const claimItem = ({ partition, sort }: ClaimKey) => marshall({ [PARTITION]: partition, [SORT]: sort });

/** The key in an item of the table or of one of its indexes. */
export const claimKeyIn = (item: Record<string, unknown>): ClaimKey => {
  const { [PARTITION]: partition, [SORT]: sort } = Key.parse(item);
  return { partition, sort };
};

/** Says which mail it is, to SES and to nobody else. */
export const tagOf = ({ partition, sort }: ClaimKey): string =>
  createHash('sha256')
    .update(JSON.stringify([partition, sort]))
    .digest('base64url');
