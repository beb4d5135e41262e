import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { firstActs } from '../mailing/following/human.ts';
import type { MeasuredMail } from '../mailing/measuring/enrolment.ts';
import { actsIn, ClaimRow, fatesIn } from './claim-key.ts';
import { SORT } from './keys.ts';
import { mailRows } from './mail-rows.ts';

const Row = ClaimRow.extend({
  [SORT]: z.string(),
  message: z.string().optional(),
  arms: z.record(z.string(), z.string()).default({}),
  drawnAt: z.int().optional(),
}).loose();

const mailOf = (row: z.infer<typeof Row>): MeasuredMail => {
  const { [SORT]: sort, state, detail, at, arms, drawnAt = at } = row;
  // Earlier mails do not say which message they are; the id of the effect may end with it.
  const { message = sort.split('#').at(-1) ?? '' } = row;
  const fates = fatesIn(row);
  const { clicked } = firstActs(actsIn(row), fates.delivered ?? at);
  const followed = clicked === undefined ? {} : { clicked };
  return { message, state, why: detail, arms, at: drawnAt, fates, ...followed };
};

/** The mails that a member's effects asked for, as far as they tell what messages do. */
export const measuredMails =
  (tools: { readonly client: DynamoDBClient; readonly table: string }) =>
  async (member: string): Promise<MeasuredMail[]> =>
    (await mailRows(tools, member)).map((item) => mailOf(Row.parse(unmarshall(item))));
