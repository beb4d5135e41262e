import { DynamoDBClient, ListTablesCommand, paginateScan } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { startDynamoDb } from '../../infra/local/dynamodb/start-dynamodb.ts';
import { clientOf } from '../../infra/local/template/place.ts';
import { memberOf } from '../../shared/aws/keys.ts';
import { unpacked } from '../../shared/aws/packed.ts';

const Row = z.object({
  pk: z.object({ S: z.string() }),
  model: z.object({ N: z.string() }),
  body: z.object({ B: z.instanceof(Uint8Array) }),
});
const Body = z.looseObject({ standing: z.unknown() });

/** The stored standing of each member in the data folder of a local cloud that has stopped: its bytes, and by which version. */
export const storedStandings = async (data: string): Promise<ReadonlyMap<string, { bytes: string; model: number }>> => {
  const { endpoint, close } = await startDynamoDb(data);
  const client = new DynamoDBClient(clientOf(endpoint));
  const found = new Map<string, { bytes: string; model: number }>();
  const { TableNames = [] } = await client.send(new ListTablesCommand());
  for (const TableName of TableNames) {
    for await (const { Items = [] } of paginateScan({ client }, { TableName })) {
      for (const { pk, model, body } of Items.filter(({ sk }) => sk?.S === 'snapshot').map((item) => Row.parse(item))) {
        const bytes = JSON.stringify(Body.parse(JSON.parse(unpacked(body.B))).standing);
        found.set(memberOf(pk.S), { bytes, model: Number(model.N) });
      }
    }
  }
  client.destroy();
  await close();
  return found;
};
