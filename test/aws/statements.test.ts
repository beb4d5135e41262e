import { BatchExecuteStatementCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { runStatements, type Statement } from '../../shared/aws/statements.ts';

const statements = (count: number): Statement[] =>
  Array.from({ length: count }, (_, i) => ({ Statement: `INSERT ${i}`, Parameters: [] }));

/** A table that answers the n-th request, statement by statement, with the code that the plan gives it. */
const table = (plan: (request: number, statement: string) => string | undefined) => {
  const client = new DynamoDBClient({ region: 'eu-north-1' });
  const requests: string[][] = [];
  mockClient(client)
    .on(BatchExecuteStatementCommand)
    .callsFake((input: BatchExecuteStatementCommand['input']) => {
      const asked = (input.Statements ?? []).map(({ Statement: one }) => one ?? '');
      const request = requests.push(asked);
      return {
        Responses: asked.map((one) => {
          const Code = plan(request, one);
          return Code === undefined ? {} : { Error: { Code } };
        }),
      };
    });
  const pauses: number[] = [];
  const run = (count: number) => runStatements(client, statements(count), async (attempt) => void pauses.push(attempt));
  return { run, requests, pauses };
};

describe('a batch of conditional writes', () => {
  it('goes 25 to a request', async () => {
    const { run, requests } = table(() => undefined);
    expect(await run(60)).toEqual(Array(60).fill('done'));
    expect(requests.map((asked) => asked.length)).toEqual([25, 25, 10]);
  });

  it('reads the result of every statement, whatever the request says', async () => {
    const codes: Record<string, string> = {
      'INSERT 1': 'DuplicateItem',
      'INSERT 2': 'ConditionalCheckFailed',
      'INSERT 3': 'ValidationError',
    };
    expect(await table((_, one) => codes[one]).run(5)).toEqual(['done', 'taken', 'taken', 'refused', 'done']);
  });

  it.each([
    'ThrottlingError',
    'ProvisionedThroughputExceeded',
    'RequestLimitExceeded',
    'InternalServerError',
    'TransactionConflict',
  ])('tries what met a %s again, and that alone', async (code) => {
    const { run, requests, pauses } = table((request, one) => (request === 1 && one === 'INSERT 1' ? code : undefined));
    expect(await run(3)).toEqual(['done', 'done', 'done']);
    expect(requests).toEqual([['INSERT 0', 'INSERT 1', 'INSERT 2'], ['INSERT 1']]);
    expect(pauses).toEqual([1]);
  });

  it('takes a write for failed, not for done, when it never comes through', async () => {
    const { run, pauses } = table(() => 'ThrottlingError');
    expect(await run(2)).toEqual(['failed', 'failed']);
    expect(pauses).toEqual([1, 2, 3, 4, 5]);
  });

  it('takes a statement without a result for failed', async () => {
    const client = new DynamoDBClient({ region: 'eu-north-1' });
    mockClient(client)
      .on(BatchExecuteStatementCommand)
      .resolves({ Responses: [{}] });
    expect(await runStatements(client, statements(2), async () => {})).toEqual(['done', 'done']);
    mockClient(client).on(BatchExecuteStatementCommand).rejects(new Error('socket hang up'));
    expect(await runStatements(client, statements(2), async () => {})).toEqual(['failed', 'failed']);
  });
});
