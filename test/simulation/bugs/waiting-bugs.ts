import { GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { DUE_INDEX, mailKey, memberKey } from '../../../shared/aws/keys.ts';
import { around } from '../around.ts';
import { tableNames } from '../names.ts';
import { realWiring } from '../wiring.ts';
import type { Bug } from './bug.ts';

/** What goes wrong with mails that wait for their time. */
export const waitingBugs: readonly Bug[] = [
  {
    name: 'released-unsent',
    says: 'a mail that waits is taken out of the index before anybody has heard that its time has come',
    isRare: true,
    wiring: {
      sweep: (outside) =>
        realWiring.sweep({
          ...outside,
          sqs: around(outside.sqs, async (command, send) => {
            const entries = command instanceof SendMessageBatchCommand ? (command.input.Entries ?? []) : [];
            for (const { MessageBody = '' } of entries) {
              const { kind, member, id } = JSON.parse(MessageBody);
              if (kind !== 'held') continue;
              const of = {
                TableName: tableNames.MEMBERS_TABLE,
                Key: { pk: { S: memberKey(member) }, sk: { S: mailKey(id) } },
              };
              await outside.dynamodb.send(
                new UpdateItemCommand({
                  ...of,
                  UpdateExpression: 'REMOVE #shard',
                  ConditionExpression: 'attribute_exists(#shard)',
                  ExpressionAttributeNames: { '#shard': DUE_INDEX.partition },
                }),
              );
              // Looks whether it is out: the longer it takes to tell of it, the more can happen before.
              await outside.dynamodb.send(new GetItemCommand(of));
              await outside.dynamodb.send(new GetItemCommand(of));
            }
            return send(command);
          }),
        }),
    },
  },
];
