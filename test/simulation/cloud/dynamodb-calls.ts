import {
  BatchExecuteStatementCommand,
  type BatchExecuteStatementCommandInput,
  BatchGetItemCommand,
  type BatchGetItemCommandInput,
  DeleteItemCommand,
  type DeleteItemCommandInput,
  GetItemCommand,
  type GetItemCommandInput,
  PutItemCommand,
  type PutItemCommandInput,
  QueryCommand,
  type QueryCommandInput,
  ScanCommand,
  type ScanCommandInput,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { NotUnderstood } from './misuse.ts';

type Of<Name extends string, Input> = { readonly service: 'dynamodb'; readonly name: Name; readonly input: Input };

export type DynamodbCall =
  | Of<'BatchExecuteStatement', BatchExecuteStatementCommandInput>
  | Of<'BatchGetItem', BatchGetItemCommandInput>
  | Of<'DeleteItem', DeleteItemCommandInput>
  | Of<'GetItem', GetItemCommandInput>
  | Of<'PutItem', PutItemCommandInput>
  | Of<'Query', QueryCommandInput>
  | Of<'Scan', ScanCommandInput>
  | Of<'UpdateItem', UpdateItemCommandInput>;

const service = 'dynamodb';

/** The call that a command of the SDK stands for. Throws NotUnderstood on any other. */
export const dynamodbCall = (command: unknown): DynamodbCall => {
  if (command instanceof BatchExecuteStatementCommand)
    return { service, name: 'BatchExecuteStatement', input: command.input };
  if (command instanceof BatchGetItemCommand) return { service, name: 'BatchGetItem', input: command.input };
  if (command instanceof GetItemCommand) return { service, name: 'GetItem', input: command.input };
  if (command instanceof UpdateItemCommand) return { service, name: 'UpdateItem', input: command.input };
  if (command instanceof QueryCommand) return { service, name: 'Query', input: command.input };
  if (command instanceof PutItemCommand) return { service, name: 'PutItem', input: command.input };
  if (command instanceof DeleteItemCommand) return { service, name: 'DeleteItem', input: command.input };
  if (command instanceof ScanCommand) return { service, name: 'Scan', input: command.input };
  throw new NotUnderstood('A command that the tables do not know');
};
