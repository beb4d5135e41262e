import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { ActivityEvent } from '../../events/envelope.ts';
import type { Row } from './batch-get.ts';
import { DUE_INDEX, memberKey, PARTITION, SNAPSHOT, SORT } from './keys.ts';
import { dueAttributes, eventRow, modelAttributes, snapshotAttributes, snapshotKey } from './member-rows.ts';
import type { PutOutcome, SnapshotWrite, WriteOutcome } from './member-store.ts';
import { isWithoutPartiql, runStatements, type Statement, type StatementOutcome } from './statements.ts';

export type MemberWrites = {
  readonly putEvents: (events: readonly ActivityEvent[]) => Promise<PutOutcome[]>;
  readonly writeSnapshots: (writes: readonly SnapshotWrite[]) => Promise<WriteOutcome[]>;
};

const puts: Readonly<Record<StatementOutcome, PutOutcome>> = {
  done: 'new',
  taken: 'known',
  refused: 'refused',
  failed: 'failed',
};
const writes: Readonly<Record<StatementOutcome, WriteOutcome>> = {
  done: 'written',
  taken: 'stale',
  refused: 'failed',
  failed: 'failed',
};

/** The attributes of a snapshot that a write changes; index entries only where they move. */
const changes = ({ member, before, after }: SnapshotWrite): Row => ({
  ...snapshotAttributes(after),
  ...(after.madeBy.model === before?.madeBy.model ? {} : modelAttributes(member)),
  ...(after.dueAt === undefined || after.dueAt === before?.dueAt ? {} : dueAttributes(member, after.dueAt)),
});

const leavesIndex = ({ before, after }: SnapshotWrite): boolean =>
  after.dueAt === undefined && before?.dueAt !== undefined;

const insert = (table: string, row: Row): Statement => ({
  Statement: `INSERT INTO "${table}" VALUE {${Object.keys(row).map((name) => `'${name}': ?`)}}`,
  Parameters: Object.values(row),
});

const update = (table: string, key: Row, row: Row, version: number): Statement => ({
  Statement: `UPDATE "${table}" SET ${Object.keys(row).map((name) => `"${name}" = ?`)} WHERE ${PARTITION} = ? AND ${SORT} = ? AND version = ?`,
  Parameters: [...Object.values(row), ...Object.values(key), { N: String(version) }],
});

/** Conditional writes in batches of PartiQL: many conditions in one request, each with its own result. */
export const batchedWrites = (
  client: DynamoDBClient,
  table: string,
  pause: (attempt: number) => Promise<void>,
): MemberWrites => {
  const single = singleWrites(client, table);
  const statementOf = (write: SnapshotWrite): Statement =>
    write.before === undefined
      ? insert(table, { ...snapshotKey(write.member), ...changes(write) })
      : update(table, snapshotKey(write.member), changes(write), write.before.version);
  return {
    putEvents: async (events) =>
      (
        await runStatements(
          client,
          events.map((event) => insert(table, eventRow(event))),
          pause,
        )
      ).map((one) => puts[one]),

    // PartiQL can take attributes away, but not in one form that every endpoint knows; few snapshots leave the index.
    writeSnapshots: async (all) => {
      const leaving = all.filter(leavesIndex);
      const staying = all.filter((write) => !leavesIndex(write));
      const [left, stayed] = await Promise.all([
        single.writeSnapshots(leaving),
        runStatements(client, staying.map(statementOf), pause),
      ]);
      const outcomes = new Map<SnapshotWrite, WriteOutcome>([
        ...leaving.map((write, i) => [write, left[i] ?? 'failed'] as const),
        ...staying.map((write, i) => [write, writes[stayed[i] ?? 'failed']] as const),
      ]);
      return all.map((write) => outcomes.get(write) ?? 'failed');
    },
  };
};

const settled = async (call: Promise<unknown>): Promise<StatementOutcome> => {
  try {
    await call;
    return 'done';
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return 'taken';
    return error instanceof Error && error.name === 'ValidationException' ? 'refused' : 'failed';
  }
};

/** The same conditions, each in a call of its own. */
export const singleWrites = (client: DynamoDBClient, table: string): MemberWrites => {
  const write = ({ member, before, after }: SnapshotWrite) => {
    const row = {
      ...snapshotAttributes(after),
      ...modelAttributes(member),
      ...(after.dueAt === undefined ? {} : dueAttributes(member, after.dueAt)),
    };
    const key = { [PARTITION]: { S: memberKey(member) }, [SORT]: { S: SNAPSHOT } };
    if (before === undefined) {
      return client.send(
        new PutItemCommand({
          TableName: table,
          Item: { ...key, ...row },
          ConditionExpression: `attribute_not_exists(${PARTITION})`,
        }),
      );
    }
    const names = Object.keys(row);
    const remove = after.dueAt === undefined ? ` REMOVE ${DUE_INDEX.partition}, ${DUE_INDEX.sort}` : '';
    return client.send(
      new UpdateItemCommand({
        TableName: table,
        Key: key,
        UpdateExpression: `SET ${names.map((_, i) => `#a${i} = :a${i}`)}${remove}`,
        ConditionExpression: '#version = :read',
        ExpressionAttributeNames: {
          '#version': 'version',
          ...Object.fromEntries(names.map((name, i) => [`#a${i}`, name])),
        },
        ExpressionAttributeValues: {
          ':read': { N: String(before.version) },
          ...Object.fromEntries(Object.values(row).map((value, i) => [`:a${i}`, value])),
        },
      }),
    );
  };
  return {
    putEvents: (events) =>
      Promise.all(
        events.map(async (event) => {
          const put = new PutItemCommand({
            TableName: table,
            Item: eventRow(event),
            ConditionExpression: `attribute_not_exists(${PARTITION})`,
          });
          return puts[await settled(client.send(put))];
        }),
      ),
    writeSnapshots: (all) => Promise.all(all.map(async (one) => writes[await settled(write(one))])),
  };
};

/** Batched where the endpoint knows PartiQL, single where it answers that it does not. */
export const memberWrites = (
  client: DynamoDBClient,
  table: string,
  pause: (attempt: number) => Promise<void>,
): MemberWrites => {
  let chosen = batchedWrites(client, table, pause);
  const orSingle = async <Result>(run: (store: MemberWrites) => Promise<Result>): Promise<Result> => {
    try {
      return await run(chosen);
    } catch (error) {
      if (!isWithoutPartiql(error)) throw error;
      chosen = singleWrites(client, table);
      return run(chosen);
    }
  };
  return {
    putEvents: (events) => orSingle((store) => store.putEvents(events)),
    writeSnapshots: (all) => orSingle((store) => store.writeSnapshots(all)),
  };
};
