import { expect, it } from 'vitest';
import { around } from '../../simulation/around.ts';
import { straight } from '../../simulation/cloud/calls.ts';
import { sesClient } from '../../simulation/cloud/mail.ts';
import { sqsClient } from '../../simulation/cloud/queues.ts';
import { dynamodbClient } from '../../simulation/cloud/tables.ts';
import { openCloud } from '../../simulation/cloud.ts';
import { batchOf } from '../../simulation/event-source.ts';
import { modelOf } from '../../simulation/models.ts';
import { queueNames, tableNames } from '../../simulation/names.ts';
import { START } from '../../simulation/scenario.ts';
import { context, realWiring } from '../../simulation/wiring.ts';
import { quietConfig } from '../../simulation/world.ts';
import { definitions } from '../../support/definitions.ts';
import { plainLetters } from '../../support/plain-letters.ts';

const DAY = 86_400_000;
const MODEL = 7;

/** A member who has joined and agreed, whose effects wait for deliver. `before` is done before a call of deliver. */
const opened = async (before: (command: unknown) => Promise<void> = async () => {}) => {
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
  const config = quietConfig(cloud, outside.now);
  await config.publishModel(modelOf(MODEL), plainLetters(modelOf(MODEL)), { publishedAt: START - 1 });
  const watched = <Client extends typeof outside.dynamodb | typeof outside.ses>(client: Client): Client =>
    around(client, async (command, send) => {
      await before(command);
      return send(command);
    });
  const workers = {
    activity: realWiring.score(outside),
    effects: realWiring.deliver({ ...outside, dynamodb: watched(outside.dynamodb), ses: watched(outside.ses) }),
  };
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

it('nothing is told of a member who was erased before, and nothing noted of them', async () => {
  const { erase, work, kept, mails, cloud } = await opened();
  expect(cloud.queues.queue(queueNames.effects).size()).toBeGreaterThan(1);
  await erase();
  expect(kept()).toEqual([]);
  await work('effects');
  expect([kept(), mails()]).toEqual([[], []]);
});

it('who is erased at any moment of a delivery leaves nothing, and gets a mail at most where it was claimed before', async () => {
  const calls: string[] = [];
  const plain = await opened(async (command) => void calls.push(Object(command).input.Key?.sk?.S ?? ''));
  await plain.work('effects');
  expect(plain.mails()).toHaveLength(1);
  const claim = calls.findIndex((sort) => sort.startsWith('mail#'));
  expect(claim).toBeGreaterThan(0);
  for (let at = 0; at < calls.length; at++) {
    let made = 0;
    let erase = async () => {};
    const { work, kept, mails, ...polku } = await opened(async () => {
      if (made++ === at) await erase();
    });
    erase = polku.erase;
    await work('effects');
    expect(kept(), `erased before call ${at} of ${calls.length}`).toEqual([]);
    expect(mails().length, `erased before call ${at}, claimed by ${claim}`).toBeLessThanOrEqual(at > claim ? 1 : 0);
  }
});

it('who comes back is written to as if they had never been there', async () => {
  const { clock, erase, event, work, kept, mails } = await opened();
  await work('effects');
  await erase();
  clock.now += DAY;
  event('3', 'consent.given', clock.now - 2, { purpose: 'membership' });
  event('4', 'member.joined', clock.now - 1, { attributes: { branch: 'care' } });
  await work('activity');
  await work('effects');
  expect(mails()).toEqual([['maija@example.org'], ['maija@example.org']]);
  expect(kept().filter((sort) => sort.startsWith('mail#'))).toHaveLength(1);
});
