import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { cached } from '../kernel/cached.ts';
import type { Limit } from '../mailing/mail.ts';
import { type Brake, braked, NO_BRAKE } from '../mailing/rate-budget.ts';
import { batchGet } from './batch-get.ts';
import { held } from './held.ts';
import { BUDGET_PREFIX, PARTITION, SORT } from './keys.ts';
import type { BudgetTools } from './rate-budget.ts';

const Row = z.object({ share: z.number(), at: z.int(), closedUntil: z.int() });

/** How old may be what a sender knows of it, ms: so it is one read in that time, whatever the rate. */
const AGE = 5_000;

/** What SES has said of its limits, known to all who send. */
export const rateBrake = ({ client, table, pause, now }: Omit<BudgetTools, 'quota'>) => {
  const key = { [PARTITION]: `${BUDGET_PREFIX}brake`, [SORT]: 'brake' };
  const read = async (): Promise<Brake> => {
    const [row] = await batchGet({ client, table, pause }, [marshall(key)]);
    return row ? Row.parse(unmarshall(row)) : NO_BRAKE;
  };
  const kept = cached(read, now);

  return {
    brake: async (): Promise<Brake> => (await kept.get('', AGE)) ?? NO_BRAKE,
    /** Puts it on, unless another just did. */
    async putOn(limit: Limit): Promise<void> {
      const found = await read();
      const next = braked(found, limit, now());
      if (next !== found) {
        await held(
          client.send(
            new UpdateItemCommand({
              TableName: table,
              Key: marshall(key),
              UpdateExpression: 'SET #share = :share, #at = :at, #closed = :closed',
              ConditionExpression: 'attribute_not_exists(#at) OR (#at = :seenAt AND #closed = :seenClosed)',
              ExpressionAttributeNames: { '#share': 'share', '#at': 'at', '#closed': 'closedUntil' },
              ExpressionAttributeValues: marshall({
                ':share': next.share,
                ':at': next.at,
                ':closed': next.closedUntil,
                ':seenAt': found.at,
                ':seenClosed': found.closedUntil,
              }),
            }),
          ),
        );
      }
      kept.forget('');
    },
  };
};
