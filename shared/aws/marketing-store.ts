import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { cached } from '../kernel/cached.ts';
import { MarketingSwitch } from '../mailing/feedback/marketing-switch.ts';
import { held } from './held.ts';
import { CONFIG, PARTITION, SORT } from './keys.ts';

const Row = z.object({ revision: z.int(), body: z.string() });
type Read = { readonly revision: number; readonly at: MarketingSwitch };

export type SwitchTools = {
  readonly client: DynamoDBClient;
  /** The table `config`. */
  readonly table: string;
  /** Epoch ms. */
  readonly now: () => number;
};

/** Whether marketing may go out. It stops by itself, and goes on when a person says so. */
export const marketingStore = ({ client, table, now }: SwitchTools) => {
  const key = { [PARTITION]: CONFIG.mail, [SORT]: 'marketing' };
  const read = async (): Promise<Read> => {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key: marshall(key), ConsistentRead: true }),
    );
    if (!Item) return { revision: 0, at: {} };
    const { revision, body } = Row.parse(unmarshall(Item));
    return { revision, at: MarketingSwitch.parse(JSON.parse(body)) };
  };
  const kept = cached(read, now);

  /** What follows from the switch as it is; undefined: nothing. Returns whether this call has changed it. */
  const change = async (next: (at: MarketingSwitch) => MarketingSwitch | undefined): Promise<boolean> => {
    const { revision, at } = await read();
    const wanted = next(at);
    if (wanted === undefined) return false;
    const written = await held(
      client.send(
        new PutItemCommand({
          TableName: table,
          Item: marshall({ ...key, revision: revision + 1, body: JSON.stringify(wanted) }),
          ConditionExpression: 'attribute_not_exists(#r) OR #r = :r',
          ExpressionAttributeNames: { '#r': 'revision' },
          ExpressionAttributeValues: marshall({ ':r': revision }),
        }),
      ),
    );
    kept.forget('');
    return written || change(next);
  };

  return {
    /** At most `maxAge` ms old. */
    marketing: async (maxAge: number): Promise<MarketingSwitch> => (await kept.get('', maxAge))?.at ?? {},
    /** Stops it, unless it stands still already or a person let it go on after `since`. Whether this call did. */
    stopMarketing: (stopped: NonNullable<MarketingSwitch['stopped']>, since: number): Promise<boolean> =>
      change((at) => (at.stopped || (at.liftedAt ?? 0) > since ? undefined : { ...at, stopped })),
    /** Lets it go on: from `liftedAt` (epoch ms) the rates are reckoned anew. Whether it stood still. */
    resumeMarketing: (liftedAt: number): Promise<boolean> =>
      change(({ stopped }) => (stopped ? { liftedAt } : undefined)),
  };
};
