import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { expect } from 'vitest';
import type { Purpose } from '../../events/purpose.ts';
import { keyStore } from '../../shared/aws/key-store.ts';
import { Model } from '../../shared/scoring/model.ts';
import { sealedBy } from '../../shared/sealing/sealed-by.ts';
import { around } from '../simulation/around.ts';
import { START } from '../simulation/batch.ts';
import { straight } from '../simulation/cloud/calls.ts';
import { sesClient } from '../simulation/cloud/mail.ts';
import { sqsClient } from '../simulation/cloud/queues.ts';
import { dynamodbClient } from '../simulation/cloud/tables.ts';
import { openCloud } from '../simulation/cloud.ts';
import { batchOf } from '../simulation/event-source.ts';
import { graveIn } from '../simulation/graves.ts';
import { queueNames, tableNames } from '../simulation/names.ts';
import { context, realWiring } from '../simulation/wiring.ts';
import { quietConfig } from '../simulation/world.ts';
import { definitions } from './definitions.ts';
import { document } from './given.ts';
import { plainLetters } from './plain-letters.ts';

const model = Model.parse(document);

/** A member who has joined and agreed, whose effects wait for deliver. `before` is done before each call of deliver and of the preferences. */
export const opened = async (before: (command: unknown) => Promise<void> = async () => {}) => {
  const clock = { now: START };
  const cloud = openCloud(definitions(), clock);
  let tokens = 0;
  const outside = {
    dynamodb: dynamodbClient(cloud.tables, straight),
    sqs: sqsClient(cloud.queues, straight),
    ses: sesClient(cloud.mail, straight),
    now: () => clock.now,
    newToken: () => `token-${++tokens}`,
    randomBytes: (count: number) => Buffer.alloc(count),
    sleep: async () => {},
    pause: async () => {},
  };
  const keys = keyStore({ client: outside.dynamodb, table: tableNames.CONFIG_TABLE, ...outside });
  const config = quietConfig(cloud, outside.now);
  await config.publishModel(model, plainLetters(model), { publishedAt: START - 1 });
  const watched = <Client extends typeof outside.dynamodb | typeof outside.ses>(client: Client): Client =>
    around(client, async (command, send) => {
      await before(command);
      return send(command);
    });
  const workers = {
    activity: realWiring.score(outside),
    effects: realWiring.deliver({ ...outside, dynamodb: watched(outside.dynamodb), ses: watched(outside.ses) }),
  };
  const desk = realWiring.preferences({ ...outside, dynamodb: watched(outside.dynamodb) });
  const say = (message: object) => cloud.queues.queue(queueNames.activity).send(JSON.stringify(message));
  const event = (id: string, type: string, time: number, data: object = {}) =>
    say({
      kind: 'activity',
      event: { source: 'crm', id, type, member: 'maija', email: 'maija@example.org', time, data },
    });
  const work = async (name: keyof typeof workers): Promise<void> => {
    const queue = cloud.queues.queue(queueNames[name]);
    for (let batch = queue.receive(10); batch.length > 0; batch = queue.receive(10)) {
      const answer = await workers[name](batchOf(batch), context);
      expect(answer?.batchItemFailures).toEqual([]);
      for (const { receipt } of batch) queue.delete(receipt);
    }
  };
  event('1', 'consent.given', START - 2, { purpose: 'membership' });
  event('2', 'member.joined', START - 1, { attributes: { branch: 'care' } });
  await work('activity');
  return {
    clock,
    cloud,
    event,
    work,
    /** Maija's way out of mails of a purpose. */
    wayOut: (purpose: Purpose) => sealedBy(keys.linkKeys)({ member: 'maija', purpose }),
    desk: (event: APIGatewayProxyEventV2) => desk(event, context),
    grave: () => graveIn(cloud.tables, 'maija'),
    erase: async () => {
      say({ kind: 'erasure', member: 'maija', at: clock.now });
      await work('activity');
    },
    /** What is kept under the member's id, by sort key. */
    kept: () =>
      cloud.tables
        .items(tableNames.MEMBERS_TABLE)
        .filter(({ pk }) => pk?.S === 'member#maija')
        .map(({ sk }) => sk?.S ?? ''),
    mails: () => cloud.mail.sent.map(({ to }) => to),
  };
};
