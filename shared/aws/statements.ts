import {
  type AttributeValue,
  BatchExecuteStatementCommand,
  type BatchStatementError,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { chunks } from '../kernel/chunks.ts';

export type Statement = { readonly Statement: string; readonly Parameters: AttributeValue[] };

/** `done`, or `taken` (its condition failed), or `refused` (it can never succeed), or `failed`: nobody knows. */
export type StatementOutcome = 'done' | 'taken' | 'refused' | 'failed';

const PER_REQUEST = 25;
const ATTEMPTS = 6;

const outcomes: Readonly<Record<string, StatementOutcome>> = {
  DuplicateItem: 'taken',
  ConditionalCheckFailed: 'taken',
  ValidationError: 'refused',
  ItemCollectionSizeLimitExceeded: 'refused',
};

const outcomeOf = (response: { readonly Error?: BatchStatementError | undefined } | undefined): StatementOutcome => {
  if (response === undefined) return 'failed';
  return response.Error === undefined ? 'done' : (outcomes[response.Error.Code ?? ''] ?? 'failed');
};

/**
 * Runs conditional PartiQL writes, 25 to a request. A 200 says nothing about the statements in it, so every result is
 * read, and what failed for a passing cause is tried again after a pause: its condition makes that safe.
 * @returns one outcome per statement, in order
 * @throws when the endpoint knows no PartiQL
 */
export const runStatements = async (
  client: DynamoDBClient,
  statements: readonly Statement[],
  pause: (attempt: number) => Promise<void>,
): Promise<StatementOutcome[]> => {
  const results: StatementOutcome[] = statements.map(() => 'failed');
  let open = statements.map((_, index) => index);
  for (let attempt = 0; attempt < ATTEMPTS && open.length > 0; attempt++) {
    if (attempt > 0) await pause(attempt);
    await Promise.all(
      chunks(open, PER_REQUEST).map(async (part) => {
        const answers = await runOnce(
          client,
          part.flatMap((index) => statements[index] ?? []),
        );
        part.forEach((index, i) => {
          results[index] = outcomeOf(answers?.[i]);
        });
      }),
    );
    open = open.filter((index) => results[index] === 'failed');
  }
  return results;
};

const runOnce = async (client: DynamoDBClient, statements: Statement[]) => {
  try {
    const { Responses } = await client.send(new BatchExecuteStatementCommand({ Statements: statements }));
    return Responses;
  } catch (error) {
    if (isWithoutPartiql(error)) throw error;
    return undefined;
  }
};

export const isWithoutPartiql = (error: unknown): boolean =>
  error instanceof Error && error.name === 'UnknownOperationException';
