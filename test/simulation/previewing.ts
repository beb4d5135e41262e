import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { wirePreview } from '../../functions/preview/wiring.ts';
import { CONFIG, PARTITION, SORT } from '../../shared/aws/keys.ts';
import { previewStore } from '../../shared/aws/preview-store.ts';
import { reportStore } from '../../shared/aws/report-store.ts';
import { previewResult } from '../../shared/preview/result.ts';
import { added, NO_TALLY } from '../../shared/preview/tally.ts';
import { Model } from '../../shared/scoring/model.ts';
import type { Definitions } from '../support/definitions.ts';
import { memoryWorld } from '../support/memory-world.ts';
import { plainLetters } from '../support/plain-letters.ts';
import { START } from './batch.ts';
import { straight } from './cloud/calls.ts';
import { dynamodbClient } from './cloud/tables.ts';
import { openCloud } from './cloud.ts';
import { batchOf } from './event-source.ts';
import { modelOf } from './models.ts';
import { queueNames, tableNames } from './names.ts';
import type { Call } from './through.ts';
import { context, quiet, realWiring, settings } from './wiring.ts';
import { quietConfig } from './world.ts';

const PARTS = 3;
const MEMBERS = ['maija', 'ola', 'åsa', 'member#3'];

/** One of the models, with some who are left out of its messages: it is drawn who. */
const measured = (): Model =>
  Model.parse({ ...modelOf(3), holdOut: { share: 50, purposes: ['membership'], success: { outcome: 'renewed' } } });

const joined = (member: string) => ({
  kind: 'activity',
  event: {
    ...{ source: 'crm', id: '1', type: 'member.joined', member, email: `${encodeURIComponent(member)}@example.org` },
    ...{ time: START - 60_000, data: { attributes: { branch: 'care' } } },
  },
});

/**
 * A preview and a report in a small organisation, worked on by the real function; tells of every call that it makes.
 * Returns how many members the preview has counted, and how many parts of both are done.
 */
export const playPreview = async (definitions: Definitions, onCall: (call: Call) => void) => {
  const clock = { now: START };
  const cloud = openCloud(definitions, clock);
  const outside = memoryWorld({ ...cloud, dynamodb: dynamodbClient(cloud.tables, straight), clock });
  const model = measured();
  await quietConfig(cloud, outside.now).publishModel(model, plainLetters(model), { publishedAt: START - 1000 });
  const queue = cloud.queues.queue(queueNames.activity);
  for (const member of MEMBERS) queue.send(JSON.stringify(joined(member)));
  await realWiring.score(outside)(batchOf(queue.receive(10)), context);
  // The key that addresses are named by is made by whoever needs it first: here by the preview.
  const Key = marshall({ [PARTITION]: CONFIG.keys, [SORT]: 'addresses' });
  await outside.dynamodb.send(new DeleteItemCommand({ TableName: tableNames.CONFIG_TABLE, Key }));

  const config = { client: outside.dynamodb, table: tableNames.CONFIG_TABLE, now: outside.now };
  const [previews, reports] = [previewStore(config), reportStore(config)];
  const head = {
    ...{ at: START, current: 1, parts: PARTS, attempt: 1 },
    ...{ startedAt: START, expiresAt: START + 3_600_000 },
  };
  const preview = { ...head, id: previews.idOf(model, 6, 1), from: START - 1e9, lastMonths: 6 };
  const report = { ...head, id: reports.idOf(undefined, 1) };
  await previews.begin(preview, model);
  await reports.begin(report);

  const dynamodb = dynamodbClient(cloud.tables, async (call, run) => {
    onCall(call);
    return run();
  });
  const work = wirePreview(settings, { ...outside, dynamodb }, quiet);
  for (let part = 0; part < PARTS; part++) {
    await work({ kind: 'preview', id: preview.id, at: START, part }, context);
    await work({ kind: 'report', id: report.id, at: START, part }, context);
  }
  const [counted, reported] = [await previews.parts(preview), await reports.parts(report)];
  const tally = counted.map((one) => one.tally).reduce(added, NO_TALLY);
  return {
    members: previewResult(tally, { before: model, after: model, months: 6 }).members,
    done: [...counted, ...reported].filter(({ done }) => done).length,
    misuse: cloud.tables.misuse,
  };
};
