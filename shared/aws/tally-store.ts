import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { NO_TALLY, Tally } from '../mailing/restraint/tally.ts';
import { held } from './held.ts';
import { memberKey, PARTITION, SORT, TALLY } from './keys.ts';

const Row = z.object({ revision: z.int(), body: z.string() });

const ATTEMPTS = 12;

/** Others kept changing the same tally. The message comes back to the queue. */
class TallyContended extends Error {
  override readonly name = 'TallyContended';
}

/**
 * What each member was written, an item beside the record of each. Strongly consistent: of two who count at once, one sees
 * what the other has counted.
 */
export const tallyStore = ({ client, table }: { client: DynamoDBClient; table: string }) => {
  const keyOf = (member: string) => ({ [PARTITION]: memberKey(member), [SORT]: TALLY });

  const read = async (member: string): Promise<{ readonly revision: number; readonly tally: Tally }> => {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key: marshall(keyOf(member)), ConsistentRead: true }),
    );
    if (!Item) return { revision: 0, tally: NO_TALLY };
    const { revision, body } = Row.parse(unmarshall(Item));
    return { revision, tally: Tally.parse(JSON.parse(body)) };
  };

  const write = (member: string, revision: number, tally: Tally, erasedAt: number): Promise<boolean> =>
    held(
      client.send(
        new PutItemCommand({
          TableName: table,
          Item: marshall({ ...keyOf(member), revision: Math.max(revision, erasedAt) + 1, body: JSON.stringify(tally) }),
          ConditionExpression: revision === 0 ? 'attribute_not_exists(#r)' : '#r = :r',
          ExpressionAttributeNames: { '#r': 'revision' },
          ...(revision === 0 ? {} : { ExpressionAttributeValues: marshall({ ':r': revision }) }),
        }),
      ),
    );

  return {
    /**
     * Reads a member's tally, asks what is to become of it, and writes that, unless it is the same. Asks again when
     * somebody else has written in between.
     * @param erasedAt when whoever had the id before was erased, epoch ms: what they were written counts no more
     * @throws when that never ends
     */
    async reckon<Result>(
      member: string,
      ask: (tally: Tally) => { readonly tally: Tally; readonly result: Result },
      erasedAt = 0,
    ): Promise<Result> {
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const { revision, tally } = await read(member);
        const known = revision > erasedAt ? tally : NO_TALLY;
        const next = ask(known);
        if (next.tally === known || (await write(member, revision, next.tally, erasedAt))) return next.result;
      }
      throw new TallyContended('The tally of a member is written by too many at once');
    },
  };
};
export type Reckon = ReturnType<typeof tallyStore>['reckon'];
