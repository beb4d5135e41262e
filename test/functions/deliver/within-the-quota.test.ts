import { describe, expect, it } from 'vitest';
import type { ActivityEvent } from '../../../events/envelope.ts';
import { wireDeliver } from '../../../functions/deliver/wiring.ts';
import { wireScore } from '../../../functions/score/wiring.ts';
import { wireSweep } from '../../../functions/sweep/wiring.ts';
import { configStore } from '../../../shared/aws/config-store.ts';
import type { World } from '../../../shared/aws/world.ts';
import { straight } from '../../simulation/cloud/calls.ts';
import { memoryQueues, sqsClient } from '../../simulation/cloud/queues.ts';
import { dynamodbClient, memoryTables } from '../../simulation/cloud/tables.ts';
import { batchOf } from '../../simulation/event-source.ts';
import { queueNames, tableNames } from '../../simulation/names.ts';
import { context, quiet, settings } from '../../simulation/wiring.ts';
import { definitions } from '../../support/definitions.ts';
import { type Account, meteredSes, most } from '../../support/metered-ses.ts';
import { plainLetters } from '../../support/plain-letters.ts';
import { letters, staff } from '../../support/postman.ts';
import { virtualTime } from '../../support/virtual-time.ts';

const START = Date.parse('2026-03-02T10:00:00Z');
const [SECOND, MINUTE, HOUR] = [1000, 60_000, 3_600_000];

const happened = (member: string, type: string, data: ActivityEvent['data'] = {}): ActivityEvent => ({
  source: 'crm',
  id: `${type} ${member}`,
  type,
  member,
  email: `${member}@example.org`,
  time: START - MINUTE,
  data,
});

/** So many people join at once, and each gets a letter; Polku was told of one account, SES knows another. */
const manyJoin = async (people: number, told: Account, account: Account, workers = 6) => {
  const time = virtualTime(START);
  const { queues: blueprints, tables: tableBlueprints } = definitions();
  const tables = memoryTables(tableBlueprints);
  const queues = memoryQueues(blueprints, time.now);
  const ses = meteredSes(account, time);
  let tokens = 0;
  const world: World = {
    dynamodb: dynamodbClient(tables, straight),
    sqs: sqsClient(queues, straight),
    ses: ses.client,
    now: time.now,
    newToken: () => `token-${tokens++}`,
    randomBytes: (size) => new Uint8Array(size).fill(7),
    sleep: time.sleep,
    pause: (attempt) => time.sleep(50 * 2 ** attempt),
  };
  const config = configStore({ client: world.dynamodb, table: tableNames.CONFIG_TABLE, now: time.now });
  await config.putStaff(staff);
  await config.publishModel(letters.model, plainLetters(letters.model), { publishedAt: START - HOUR });

  const activity = queues.queue(queueNames.activity);
  const effects = queues.queue(queueNames.effects);
  const score = wireScore(settings, world, quiet);
  for (let i = 0; i < people; i++) {
    const events = [
      happened(`m-${i}`, 'member.joined'),
      happened(`m-${i}`, 'consent.given', { purpose: 'membership' }),
    ];
    for (const event of events) activity.send(JSON.stringify({ kind: 'activity', event }));
  }
  for (let batch = activity.receive(100); batch.length > 0; batch = activity.receive(100)) {
    expect(await score(batchOf(batch), context)).toEqual({ batchItemFailures: [] });
    for (const { receipt } of batch) activity.delete(receipt);
  }

  const isDone = () => ses.taken.length >= people && effects.size() === 0;
  const voice = { ...settings, MAILS_PER_SECOND: told.perSecond, MAILS_PER_DAY: told.perDay };
  const worker = async (): Promise<void> => {
    const deliver = wireDeliver(voice, world, quiet);
    while (!isDone() && time.now() < START + 30 * 24 * HOUR) {
      const batch = effects.receive(10);
      if (batch.length === 0) await time.sleep(10 * SECOND);
      const answer = batch.length > 0 ? await deliver(batchOf(batch), context) : null;
      const failed = new Set(answer?.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
      for (const { id, receipt } of batch) if (!failed.has(id)) effects.delete(receipt);
    }
  };
  const sweep = async (): Promise<void> => {
    const run = wireSweep(settings, world, quiet);
    for (; !isDone() && time.now() < START + 30 * 24 * HOUR; await time.sleep(5 * MINUTE)) await run({}, context);
  };
  await time.until(Promise.all([sweep(), ...Array.from({ length: workers }, worker)]));

  expect(tables.misuse).toEqual([]);
  const givenUp = queues.all().filter(({ settings: { deadLetters } }) => deadLetters === undefined);
  const took = (ses.taken.at(-1) ?? START) - START;
  return { ...ses, took, givenUp: givenUp.reduce((sum, queue) => sum + queue.size(), 0) };
};

describe('more mails than SES takes', () => {
  it('go within its rate and its day, each once, none given up, in the time that the quota implies', async () => {
    const quota = { perSecond: 14, perDay: 600 };
    const { offered, taken, to, givenUp, took } = await manyJoin(1_500, quota, quota);
    expect([to.length, new Set(to).size, givenUp]).toEqual([1_500, 1_500, 0]);
    expect(most(offered, SECOND)).toBeLessThanOrEqual(15);
    expect(most(taken, 24 * HOUR)).toBeLessThanOrEqual(600);
    // Two whole days are full, and what was sent is counted by the hour.
    expect(took / HOUR).toBeGreaterThanOrEqual(48);
    expect(took / HOUR).toBeLessThanOrEqual(50.2);
    // None was offered in vain.
    expect(offered.length).toBe(taken.length);
  }, 120_000);

  it('slow down where SES takes fewer a second than was said, and none is lost', async () => {
    const told = { perSecond: 14, perDay: 50_000 };
    const { offered, to, givenUp, took } = await manyJoin(600, told, { ...told, perSecond: 3 });
    expect([to.length, new Set(to).size, givenUp]).toEqual([600, 600, 0]);
    expect(took).toBeLessThanOrEqual(30 * MINUTE);
    expect(offered.length).toBeLessThanOrEqual(2 * 600);
  }, 120_000);

  it('wait where others use up the day of the account, and none is lost', async () => {
    const told = { perSecond: 14, perDay: 50_000 };
    const { offered, to, givenUp, took } = await manyJoin(400, told, { ...told, perDay: 200 });
    expect([to.length, new Set(to).size, givenUp]).toEqual([400, 400, 0]);
    expect(took / HOUR).toBeLessThanOrEqual(25.2);
    // At the beginning of each hour some try.
    expect(offered.length - to.length).toBeLessThanOrEqual(25 * 60);
  }, 120_000);
});
