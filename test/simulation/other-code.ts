import {
  type AttributeValue,
  BatchExecuteStatementCommand,
  BatchGetItemCommand,
  type BatchGetItemCommandOutput,
  type DynamoDBClient,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { FORMAT } from '../../shared/scoring/snapshot.ts';
import { around } from './around.ts';

type Row = Record<string, AttributeValue>;

const OURS = String(FORMAT);
const THEIRS = String(FORMAT + 1);
const swapped = (value: AttributeValue): AttributeValue =>
  value.N === OURS ? { N: THEIRS } : value.N === THEIRS ? { N: OURS } : value;

const placesOf = (statement: string): string[] =>
  [...statement.matchAll(/['"]?(\w+)['"]?(?:: | = )\?/g)].map(([, name = '']) => name);

const written = (command: unknown): unknown => {
  if (command instanceof BatchExecuteStatementCommand) {
    const Statements = (command.input.Statements ?? []).map((one) => {
      const places = placesOf(one.Statement ?? '');
      const Parameters = one.Parameters?.map((value, i) => (places[i] === 'format' ? swapped(value) : value));
      return { ...one, Parameters };
    });
    return new BatchExecuteStatementCommand({ ...command.input, Statements });
  }
  if (command instanceof UpdateItemCommand) {
    const { ExpressionAttributeNames: names = {}, ExpressionAttributeValues: values = {} } = command.input;
    const place = Object.entries(names)
      .find(([, name]) => name === 'format')?.[0]
      .replace('#', ':');
    const value = place === undefined ? undefined : values[place];
    if (place === undefined || value === undefined) return command;
    return new UpdateItemCommand({
      ...command.input,
      ExpressionAttributeValues: { ...values, [place]: swapped(value) },
    });
  }
  return command;
};

const read = (row: Row): Row => (row.format ? { ...row, format: swapped(row.format) } : row);

/**
 * The table as code of another release sees it, whose fold has another format: its own snapshots are in order for it,
 * those of this release are void, and the other way about.
 */
export const asOtherCode = (client: DynamoDBClient): DynamoDBClient =>
  around(client, async (command, send) => {
    const answer = await send(written(command));
    if (!(command instanceof BatchGetItemCommand)) return answer;
    const got = answer as BatchGetItemCommandOutput;
    const Responses = Object.fromEntries(
      Object.entries(got.Responses ?? {}).map(([table, rows]) => [table, rows.map(read)]),
    );
    return { ...got, Responses };
  });
