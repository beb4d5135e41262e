import { createHash } from 'node:crypto';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { PARTITION, SORT } from './keys.ts';

/** How the items that hold claims are named, and which they are: partition and sort key. */
export type ClaimKey = { readonly partition: string; readonly sort: string };

/** What became of a claim, since when (epoch ms), and a word more: SES's id of the mail, or a code. */
export const ClaimRow = z.object({
  state: z.enum(['claimed', 'released', 'unknown', 'sent', 'refused', 'skipped']),
  at: z.int(),
  detail: z.string().default(''),
});

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
