import { paginateQuery } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { SendDigest } from '../../events/effect.ts';
import { batchGet, type Table } from './batch-get.ts';
import { type ClaimKey, claimItem, claimKeyIn } from './claim-key.ts';
import { DIGESTS, DOUBT_INDEX, HELD } from './keys.ts';

const Row = z.object({ asked: z.string().optional() });

/** The lists to owners that wait for their time and name a member. */
export const waitingDigests =
  (tools: Table) =>
  async (member: string): Promise<readonly SendDigest[]> => {
    const pages = paginateQuery(
      { client: tools.client },
      {
        TableName: tools.table,
        IndexName: DOUBT_INDEX.name,
        KeyConditionExpression: '#doubt = :held',
        ExpressionAttributeNames: { '#doubt': DOUBT_INDEX.partition },
        ExpressionAttributeValues: marshall({ ':held': HELD }),
      },
    );
    const keys: ClaimKey[] = [];
    for await (const { Items = [] } of pages) keys.push(...Items.map((item) => claimKeyIn(unmarshall(item))));
    const digests = keys.filter(({ partition }) => partition === DIGESTS).map(claimItem);
    const asked = (await batchGet(tools, digests)).flatMap((row) => Row.parse(unmarshall(row)).asked ?? []);
    return asked
      .map((text) => SendDigest.parse(JSON.parse(text)))
      .filter(({ news, known }) => [...news, ...known].some((one) => one.member === member));
  };
