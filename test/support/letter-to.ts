import type { SQSEvent } from 'aws-lambda';
import type { SendMessage } from '../../events/effect.ts';
import type { ActivityEvent } from '../../events/envelope.ts';
import { wireFeedback } from '../../functions/feedback/wiring.ts';
import { addressNaming } from '../../shared/aws/address-key.ts';
import { memberStore } from '../../shared/aws/dynamodb-member-store.ts';
import { mailRates } from '../../shared/aws/mail-rates.ts';
import { mailStore } from '../../shared/aws/mail-store.ts';
import { tombstoneStore } from '../../shared/aws/tombstone-store.ts';
import { around } from '../simulation/around.ts';
import { straight } from '../simulation/cloud/calls.ts';
import { memoryQueues, sqsClient } from '../simulation/cloud/queues.ts';
import { dynamodbClient, memoryTables } from '../simulation/cloud/tables.ts';
import { queueNames, queueUrls, tableNames } from '../simulation/names.ts';
import { context, quiet } from '../simulation/wiring.ts';
import { definitions } from './definitions.ts';
import { activity, scorer } from './pipeline.ts';
import { letters } from './postman.ts';

/** After all that is told of anybody, days after the start. */
const DAYS = 200;

/** A letter that SES took (epoch ms) from a sender who got no answer, to a member with this life; and feedback, which hears of it. */
export const letterTo = async (
  member: string,
  { takenAt, ledger }: { readonly takenAt: number; readonly ledger: readonly ActivityEvent[] },
) => {
  const tables = memoryTables(definitions().tables);
  const client = dynamodbClient(tables, straight);
  const now = () => takenAt + 2_000_000;
  const queues = memoryQueues(definitions().queues, now);
  const pause = async () => {};
  const members = { client, table: tableNames.MEMBERS_TABLE, pause };
  const config = { client, table: tableNames.CONFIG_TABLE };
  const nameOf = addressNaming({ ...config, newToken: () => 'a-key' });
  await nameOf(member);
  let tokens = 0;
  const newToken = () => `token-${tokens++}`.padEnd(40, '.');
  const asked: SendMessage = {
    ...{ kind: 'message', id: 'member#1#message', member, message: 'hello', model: 1 },
    ...{ journey: 'member', stage: 'quiet', sequence: 1, since: takenAt, decidedAt: takenAt },
  };
  await scorer({ store: memberStore(members), published: letters }).on(DAYS, ...ledger.map(activity));
  const mails = mailStore({ ...members, now, newToken });
  const key = { member, effect: asked.id, asked };
  const claim = await mails.claim(key);
  if (claim.kind !== 'mine') throw new Error('The claim is taken');
  await mails.mark(key, claim.token, 'unknown', 'TimeoutError');
  await mailRates(members).countSent(10_000, takenAt, 'a');

  const calls: string[] = [];
  const watched = around(client, async (command, send) => {
    const { IndexName, Key, KeyConditionExpression } = Object(command).input;
    const what = IndexName ?? Key?.sk?.S ?? KeyConditionExpression ?? '';
    calls.push(`${Object(command).constructor.name.replace('Command', '')} ${what}`.trim());
    return send(command);
  });
  const settings = { ...tableNames, ACTIVITY_QUEUE_URL: queueUrls.activity };
  const outside = { dynamodb: watched, sqs: sqsClient(queues, straight), now, newToken, pause };
  const handler = wireFeedback(settings, outside, quiet);
  const mail = { messageId: 'ses-1', timestamp: new Date(takenAt).toISOString(), tags: { mail: [claim.tag] } };
  return {
    members,
    graves: tombstoneStore({ ...members, nameOf }),
    tables,
    /** Reports what SES says of the letter, the how-manieth time; whether it is done with. */
    heard: async (report: object, receives = 1): Promise<boolean> => {
      const attributes = { ApproximateReceiveCount: String(receives) };
      const record = { messageId: '1', body: JSON.stringify({ ...report, mail }), attributes };
      const answer = await handler({ Records: [record] } as unknown as SQSEvent, context);
      return answer?.batchItemFailures.length === 0;
    },
    /** What the ledger was told since this was asked last, as texts. */
    told: (): string[] =>
      queues
        .queue(queueNames.activity)
        .drain()
        .map(({ body }) => body),
    /** What feedback asked the tables since this was asked last. */
    calls: (): string[] => calls.splice(0),
  };
};
