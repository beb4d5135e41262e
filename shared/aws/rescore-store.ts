import {
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { Rescore, type RescoreChanges, type RescoreState } from '../model/rescore.ts';
import { held } from './held.ts';
import { CONFIG, modelKey, PARTITION, SORT } from './keys.ts';

/** One rescore for each version, at most. Every change says from which states: then none undoes another. */
export const rescoreStore = ({ client, table }: { client: DynamoDBClient; table: string }) => {
  const keyOf = (version: number) => marshall({ [PARTITION]: CONFIG.rescores, [SORT]: modelKey(version) });
  const inState = (states: readonly RescoreState[]) => ({
    condition: states.map((_, i) => `#state = :s${i}`).join(' OR '),
    values: Object.fromEntries(states.map((state, i) => [`:s${i}`, state])),
  });

  return {
    /** Strongly consistent. */
    async rescore(version: number): Promise<Rescore | undefined> {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: table, Key: keyOf(version), ConsistentRead: true }),
      );
      return Item && Rescore.parse(unmarshall(Item));
    },
    /** Those of the newest versions first. */
    async rescores(limit = 20): Promise<Rescore[]> {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: '#p = :p',
          ExpressionAttributeNames: { '#p': PARTITION },
          ExpressionAttributeValues: marshall({ ':p': CONFIG.rescores }),
          ConsistentRead: true,
          ScanIndexForward: false,
          Limit: limit,
        }),
      );
      return Items.map((item) => Rescore.parse(unmarshall(item)));
    },
    /** False if the version's is running or paused already. `at` in epoch ms. */
    async startRescore({ version, pace, total }: Pick<Rescore, 'version' | 'pace' | 'total'>, at: number) {
      const fresh: Rescore = {
        ...{ version, state: 'running', pace, total, behind: total, fruitless: 0 },
        ...{ startedAt: at, changedAt: at },
      };
      const { condition, values } = inState(['cancelled', 'done', 'stalled']);
      return held(
        client.send(
          new PutItemCommand({
            TableName: table,
            Item: { ...keyOf(version), ...marshall(fresh) },
            ConditionExpression: `attribute_not_exists(#state) OR ${condition}`,
            ExpressionAttributeNames: { '#state': 'state' },
            ExpressionAttributeValues: marshall(values),
          }),
        ),
      );
    },
    /** False if it is in none of these states any more. `at` in epoch ms. */
    async changeRescore(version: number, from: readonly RescoreState[], changes: RescoreChanges, at: number) {
      const set = Object.entries({ ...changes, changedAt: at }).filter(([, value]) => value !== undefined);
      const { condition, values } = inState(from);
      return held(
        client.send(
          new UpdateItemCommand({
            TableName: table,
            Key: keyOf(version),
            UpdateExpression: `SET ${set.map(([name]) => `#${name} = :${name}`).join(', ')}`,
            ConditionExpression: condition,
            ExpressionAttributeNames: {
              '#state': 'state',
              ...Object.fromEntries(set.map(([name]) => [`#${name}`, name])),
            },
            ExpressionAttributeValues: marshall({
              ...values,
              ...Object.fromEntries(set.map(([name, value]) => [`:${name}`, value])),
            }),
          }),
        ),
      );
    },
  };
};
