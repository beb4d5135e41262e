import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../shared/kernel/json.ts';
import { definitions } from '../support/definitions.ts';
import { memoryWorld } from '../support/memory-world.ts';
import { plainLetters } from '../support/plain-letters.ts';
import { START } from './batch.ts';
import { straight } from './cloud/calls.ts';
import { dynamodbClient } from './cloud/tables.ts';
import { openCloud } from './cloud.ts';
import { batchOf } from './event-source.ts';
import { webhook } from './front-door.ts';
import { modelOf } from './models.ts';
import { queueNames, tableNames } from './names.ts';
import { SECRET } from './staff.ts';
import { context, realWiring } from './wiring.ts';
import { quietConfig } from './world.ts';

const TIMES = 1000;
const WORKERS = 4;
const LONG = 120_000;

const item = (id: string, type: string, data: object) => ({
  id,
  type,
  member: { id: 'maija' },
  time: new Date(START - 1000).toISOString(),
  data,
});
const items = [
  item('1', 'member.joined', { attributes: { branch: 'care' } }),
  item('2', 'event.attended', { event: 'seminar' }),
];

/** The way from the front door to the tables, through the real handlers. */
const way = async () => {
  const clock = { now: START };
  const cloud = openCloud(definitions(), clock);
  const outside = memoryWorld({ ...cloud, dynamodb: dynamodbClient(cloud.tables, straight), clock });
  const config = quietConfig(cloud, outside.now);
  await config.createSource('crm', SECRET);
  await config.publishModel(modelOf(3), plainLetters(modelOf(3)), { publishedAt: START - 1 });
  const ingest = realWiring.ingest(outside);
  const workers = Array.from({ length: WORKERS }, () => realWiring.score(outside));
  const queue = cloud.queues.queue(queueNames.activity);

  const scoreAll = async (): Promise<void> => {
    while (queue.size() > 0) {
      await Promise.all(
        workers.map(async (score) => {
          const batch = queue.receive(10);
          if (batch.length === 0) return;
          expect(await score(batchOf(batch), context)).toEqual({ batchItemFailures: [] });
          for (const { receipt } of batch) queue.delete(receipt);
        }),
      );
    }
  };
  return {
    /** Sends the same request; the answer's status. */
    send: async () => (await ingest(webhook('crm', items, START), context)).statusCode,
    scoreAll,
    lies: () => canonicalJson(cloud.tables.items(tableNames.MEMBERS_TABLE)),
    told: () =>
      cloud.queues
        .queue(queueNames.effects)
        .messages()
        .map(({ body }) => body)
        .sort(),
  };
};

describe(`the same request, ${TIMES} times`, () => {
  const once = async () => {
    const { send, scoreAll, lies, told } = await way();
    expect(await send()).toBe(202);
    await scoreAll();
    return { lies: lies(), told: [...new Set(told())] };
  };

  it(
    'at once has the effect of one',
    async () => {
      const { send, scoreAll, lies, told } = await way();
      const answers = await Promise.all(Array.from({ length: TIMES }, send));
      expect(new Set(answers)).toEqual(new Set([202]));
      await scoreAll();
      expect({ lies: lies(), told: [...new Set(told())] }).toEqual(await once());
    },
    LONG,
  );

  it(
    'one after the other has the effect of one',
    async () => {
      const { send, scoreAll, lies, told } = await way();
      for (let i = 0; i < TIMES; i++) {
        expect(await send()).toBe(202);
        await scoreAll();
      }
      expect({ lies: lies(), told: [...new Set(told())] }).toEqual(await once());
    },
    LONG,
  );
});
