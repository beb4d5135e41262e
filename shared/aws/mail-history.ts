import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { type Fate, fateIn } from '../mailing/feedback/fate.ts';
import { ClaimRow, fatesIn } from './claim-key.ts';
import { MAIL_PREFIX, SORT } from './keys.ts';
import { mailRows } from './mail-rows.ts';

const Row = ClaimRow.extend({ [SORT]: z.string(), message: z.string().optional() }).loose();

/** A mail that an effect of a member asked for, and what became of it. `at` is in epoch ms. */
export type PastMail = {
  readonly id: string;
  /** The message, or what else it is. */
  readonly what: string;
  readonly at: number;
  readonly state: string;
  /** Why it was not sent, or not yet, as a code. */
  readonly why?: string;
  /** What SES said later of one that was sent. */
  readonly became?: Fate;
};

/** Of one that was sent, the detail is SES's id of it. */
const pastMail = (row: z.infer<typeof Row>): PastMail => {
  const { [SORT]: sort, at, state, detail } = row;
  const id = sort.slice(MAIL_PREFIX.length);
  const became = fateIn(fatesIn(row));
  const why = state === 'sent' ? '' : detail;
  // Earlier mails do not say which message they are; the id of the effect may end with it.
  const { message: what = id.split('#').at(-1) ?? id } = row;
  return { id, what, at, state, ...(why === '' ? {} : { why }), ...(became ? { became } : {}) };
};

/** The mails that a member's effects asked for, and what became of each. `at` is in epoch ms. */
export const mailHistory = (tools: { readonly client: DynamoDBClient; readonly table: string }) => ({
  mails: async (member: string): Promise<PastMail[]> =>
    (await mailRows(tools, member)).map((item) => pastMail(Row.parse(unmarshall(item)))),
});
