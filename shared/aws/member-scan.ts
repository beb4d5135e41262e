import { type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { memberOf, PARTITION, SNAPSHOT, SORT } from './keys.ts';

export type MemberPage = {
  readonly members: readonly string[];
  /** Where the next page begins; undefined on the last one. */
  readonly next: string | undefined;
};

/** Items that are looked at for one page; most of them are events. */
const PER_PAGE = 2000;

const Key = z.object({ [PARTITION]: z.string(), [SORT]: z.string() });

/**
 * All members, page by page and part by part: the only scan there is. It costs what the whole table costs to read, so it
 * is for the few questions that are about everybody. Reads keys alone.
 */
export const memberScan =
  ({ client, table }: { readonly client: DynamoDBClient; readonly table: string }) =>
  async (part: number, parts: number, after: string | undefined): Promise<MemberPage> => {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new ScanCommand({
        TableName: table,
        Segment: part,
        TotalSegments: parts,
        Limit: PER_PAGE,
        // Its permission asks for this word, and nobody says that naming attributes alone is enough.
        Select: 'SPECIFIC_ATTRIBUTES',
        ProjectionExpression: '#p, #s',
        FilterExpression: '#s = :snapshot',
        ExpressionAttributeNames: { '#p': PARTITION, '#s': SORT },
        ExpressionAttributeValues: marshall({ ':snapshot': SNAPSHOT }),
        ...(after === undefined ? {} : { ExclusiveStartKey: marshall(Key.parse(JSON.parse(after))) }),
      }),
    );
    return {
      members: Items.map((item) => memberOf(Key.parse(unmarshall(item))[PARTITION])),
      next: LastEvaluatedKey && JSON.stringify(unmarshall(LastEvaluatedKey)),
    };
  };
