import type {
  BatchExecuteStatementCommandInput,
  BatchGetItemCommandInput,
  BatchStatementErrorCodeEnum,
  BatchStatementResponse,
} from '@aws-sdk/client-dynamodb';
import type { SendMessageBatchCommandInput } from '@aws-sdk/client-sqs';
import { batchExecuteStatement, batchGetItem } from './batch-operations.ts';
import type { Queues } from './queues.ts';
import { sendMessageBatch } from './sqs-operations.ts';
import type { Tables } from './tables.ts';

/*
 * Answers to a batch of which a part was not carried out, as the services give them now and then. Indexes are those of
 * the request. A request that leaves nothing to be done asks nothing of the service.
 */

/** Sends the messages that are `taken`; the others are in `Failed`, and may be sent again. */
export const sendSome = (queues: Queues, input: SendMessageBatchCommandInput, taken: (index: number) => boolean) => {
  const { Entries = [] } = input;
  const some = Entries.filter((_, index) => taken(index));
  const queue = queues.queue(input.QueueUrl);
  const sent =
    some.length === 0 ? { Successful: [], Failed: [] } : sendMessageBatch(queue, { ...input, Entries: some });
  const left = Entries.filter((_, index) => !taken(index));
  const Failed = left.map(({ Id }) => ({ Id, SenderFault: false, Code: 'InternalError' }));
  return { Successful: sent.Successful, Failed: [...(sent.Failed ?? []), ...Failed] };
};

/** Reads the keys that are `read`; the others are in `UnprocessedKeys`. */
export const readSome = (
  tables: Tables,
  { RequestItems = {} }: BatchGetItemCommandInput,
  read: (index: number) => boolean,
) => {
  const [[name, request] = ['', { Keys: [] }]] = Object.entries(RequestItems);
  const { Keys = [], ...rest } = request;
  const some = Keys.filter((_, index) => read(index));
  const left = Keys.filter((_, index) => !read(index));
  const asked = { RequestItems: { [name]: { ...rest, Keys: some } } };
  const answer = some.length === 0 ? { Responses: { [name]: [] } } : batchGetItem(tables.tableAt, asked);
  return { ...answer, UnprocessedKeys: left.length === 0 ? {} : { [name]: { ...rest, Keys: left } } };
};

/** Carries out the statements that `refusal` gives no code for; the others have that code in their answer. */
export const executeSome = (
  tables: Tables,
  { Statements = [] }: BatchExecuteStatementCommandInput,
  refusal: (index: number) => BatchStatementErrorCodeEnum | undefined,
): { Responses: BatchStatementResponse[] } => {
  const codes = Statements.map((_, index) => refusal(index));
  const some = Statements.filter((_, index) => codes[index] === undefined);
  const done = some.length === 0 ? [] : (batchExecuteStatement(tables.tableAt, { Statements: some }).Responses ?? []);
  const answers = done.values();
  const next = (): BatchStatementResponse => answers.next().value ?? {};
  return { Responses: codes.map((Code) => (Code === undefined ? next() : { Error: { Code, Message: 'Try again' } })) };
};
