import {
  ChangeMessageVisibilityCommand,
  type ChangeMessageVisibilityCommandInput,
  DeleteMessageBatchCommand,
  type DeleteMessageBatchCommandInput,
  DeleteMessageCommand,
  type DeleteMessageCommandInput,
  ReceiveMessageCommand,
  type ReceiveMessageCommandInput,
  SendMessageBatchCommand,
  type SendMessageBatchCommandInput,
  SendMessageCommand,
  type SendMessageCommandInput,
} from '@aws-sdk/client-sqs';
import { NotUnderstood } from './misuse.ts';

type Of<Name extends string, Input> = { readonly service: 'sqs'; readonly name: Name; readonly input: Input };

export type SqsCall =
  | Of<'ChangeMessageVisibility', ChangeMessageVisibilityCommandInput>
  | Of<'DeleteMessage', DeleteMessageCommandInput>
  | Of<'DeleteMessageBatch', DeleteMessageBatchCommandInput>
  | Of<'ReceiveMessage', ReceiveMessageCommandInput>
  | Of<'SendMessage', SendMessageCommandInput>
  | Of<'SendMessageBatch', SendMessageBatchCommandInput>;

const service = 'sqs';

/** The call that a command of the SDK stands for. Throws NotUnderstood on any other. */
export const sqsCall = (command: unknown): SqsCall => {
  if (command instanceof SendMessageBatchCommand) return { service, name: 'SendMessageBatch', input: command.input };
  if (command instanceof SendMessageCommand) return { service, name: 'SendMessage', input: command.input };
  if (command instanceof ReceiveMessageCommand) return { service, name: 'ReceiveMessage', input: command.input };
  if (command instanceof DeleteMessageBatchCommand) {
    return { service, name: 'DeleteMessageBatch', input: command.input };
  }
  if (command instanceof DeleteMessageCommand) return { service, name: 'DeleteMessage', input: command.input };
  if (command instanceof ChangeMessageVisibilityCommand) {
    return { service, name: 'ChangeMessageVisibility', input: command.input };
  }
  throw new NotUnderstood('A command that the queues do not know');
};
