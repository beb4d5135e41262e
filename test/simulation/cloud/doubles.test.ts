import {
  BatchExecuteStatementCommand,
  BatchGetItemCommand,
  DynamoDBClient,
  GetItemCommand,
  ListTablesCommand,
} from '@aws-sdk/client-dynamodb';
import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { marshall } from '@aws-sdk/util-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { asking } from './asking-dynamodb.ts';
import { straight } from './calls.ts';
import { executeSome, readSome, sendSome } from './partial-answers.ts';
import { memoryQueues, queueUrl, sqsClient } from './queues.ts';
import { dynamodbClient, memoryTables, type Tables } from './tables.ts';

const text = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' as const });
const keys = (partition: string, sort: string) => [
  { AttributeName: partition, KeyType: 'HASH' as const },
  { AttributeName: sort, KeyType: 'RANGE' as const },
];
const definition = {
  name: 'members',
  KeySchema: keys('pk', 'sk'),
  AttributeDefinitions: [text('pk'), text('sk'), text('stageShard')],
  GlobalSecondaryIndexes: [
    { IndexName: 'stage', KeySchema: keys('stageShard', 'pk'), Projection: { ProjectionType: 'KEYS_ONLY' as const } },
  ],
};

describe('the doubles, as the simulation sets them', () => {
  let tables: Tables;
  let members: ReturnType<typeof asking>;
  beforeEach(() => {
    tables = memoryTables([definition]);
    members = asking({ client: dynamodbClient(tables, straight), members: 'members' });
  });
  const inStage = async () => {
    const query = { IndexName: 'stage', KeyConditionExpression: 'stageShard = :s' };
    return (await members.query(query, { ':s': 'x' })).items.map(({ pk }) => pk);
  };
  const enter = (pk: string) => members.put({ pk, sk: 's', stageShard: 'x' });

  it('show an index as it was some changes ago, as it is, and again as it was', async () => {
    for (const pk of ['a', 'b', 'c']) await enter(pk);
    await members.remove('b', 's');
    await members.put({ pk: 'a', sk: 's', stageShard: 'x', body: 'no change of the index' });
    const views = [0, 1, 2, 4, 99, 0].map(async (lag) => {
      tables.answering.lag = lag;
      return inStage();
    });
    expect(await Promise.all(views)).toEqual([['a', 'c'], ['a', 'b', 'c'], ['a', 'b'], [], [], ['a', 'c']]);
  });

  it('show every change of an index once it has caught up, however many there were while it lagged', async () => {
    tables.answering.lag = 5;
    for (let i = 0; i < 2000; i++) {
      await enter(`m${i}`);
      if (i % 2 === 0) await members.remove(`m${i}`, 's');
      if (i % 100 === 0) await inStage();
    }
    expect(await inStage()).toHaveLength(999);
    tables.answering.lag = 0;
    expect(await inStage()).toHaveLength(1000);
  });

  it('keep what was asked of them and is not modelled, for a handler may swallow it', async () => {
    const client = dynamodbClient(tables, straight);
    expect(client).toBeInstanceOf(DynamoDBClient);
    await expect(client.send(new ListTablesCommand({}))).rejects.toThrow('not know');
    const Key = marshall({ pk: 'a', sk: 's' });
    const more = new GetItemCommand({ TableName: 'members', Key, ProjectionExpression: 'pk' });
    await expect(client.send(more)).rejects.toThrow('ProjectionExpression');
    const size = members.put({ pk: 'a', sk: 's' }, { ConditionExpression: 'size(pk) > :one' }, { ':one': 1 });
    await expect(size).rejects.toThrow('Not understood');
    expect(tables.misuse).toHaveLength(3);
  });

  it('can be wrong by what stands between: nothing done, or the answer lost', async () => {
    const fails = dynamodbClient(tables, () => Promise.reject(new Error('no connection')));
    const loses = dynamodbClient(tables, async (call, run) => {
      run();
      throw new Error(`no answer to ${call.name}`);
    });
    const put = (client: DynamoDBClient, pk: string) => asking({ client, members: 'members' }).put({ pk, sk: 's' });
    await expect(put(fails, 'a')).rejects.toThrow('no connection');
    await expect(put(loses, 'b')).rejects.toThrow('no answer to PutItem');
    expect(tables.items('members').map(({ pk }) => pk?.S)).toEqual(['b']);
  });

  it('carry out a part of the statements, and say which', async () => {
    const Statements = ['a', 'b', 'c'].map((pk) => ({
      Statement: `INSERT INTO "members" VALUE {'pk': ?,'sk': ?}`,
      Parameters: [{ S: pk }, { S: 's' }],
    }));
    const client = dynamodbClient(tables, async (call, run) =>
      call.name === 'BatchExecuteStatement'
        ? executeSome(tables, call.input, (index) => (index === 1 ? 'ThrottlingError' : undefined))
        : run(),
    );
    const { Responses } = await client.send(new BatchExecuteStatementCommand({ Statements }));
    expect(Responses?.map((one) => one.Error?.Code)).toEqual([undefined, 'ThrottlingError', undefined]);
    expect(tables.items('members')).toHaveLength(2);
  });

  it('leave a part of the keys unread, and a part of the messages unsent', async () => {
    for (const pk of ['a', 'b', 'c']) await enter(pk);
    const reader = dynamodbClient(tables, async (call, run) =>
      call.name === 'BatchGetItem' ? readSome(tables, call.input, (index) => index < 1) : run(),
    );
    const Keys = ['a', 'b', 'c'].map((pk) => marshall({ pk, sk: 's' }));
    const answer = await reader.send(new BatchGetItemCommand({ RequestItems: { members: { Keys } } }));
    expect(answer.Responses?.members).toHaveLength(1);
    expect(answer.UnprocessedKeys).toEqual({ members: { Keys: Keys.slice(1) } });

    const queues = memoryQueues([{ name: 'inbox', arn: '', attributes: {} }], () => 0);
    const sender = sqsClient(queues, async (call, run) =>
      call.name === 'SendMessageBatch' ? sendSome(queues, call.input, (index) => index > 0) : run(),
    );
    const Entries = ['a', 'b'].map((MessageBody) => ({ Id: MessageBody, MessageBody }));
    const sent = await sender.send(new SendMessageBatchCommand({ QueueUrl: queueUrl('inbox'), Entries }));
    expect([sent.Successful?.map(({ Id }) => Id), sent.Failed?.map(({ Id }) => Id)]).toEqual([['b'], ['a']]);
    expect(
      queues
        .queue('inbox')
        .messages()
        .map(({ body }) => body),
    ).toEqual(['b']);
  });
});
