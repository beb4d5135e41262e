import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wireDeliver } from '../../functions/deliver/wiring.ts';
import { wireFeedback } from '../../functions/feedback/wiring.ts';
import { wireScore } from '../../functions/score/wiring.ts';
import { UNITS_OF_A_MAIL } from '../../infra/cost.ts';
import { dynoxide, startDynoxide } from '../../infra/local/dynamodb/dynoxide.ts';
import { configStore } from '../../shared/aws/config-store.ts';
import { Model } from '../../shared/scoring/model.ts';
import { memoryMail } from '../simulation/cloud/mail.ts';
import { memoryQueues } from '../simulation/cloud/queues.ts';
import { batchOf } from '../simulation/event-source.ts';
import { queueNames, tableNames } from '../simulation/names.ts';
import { context, quiet, settings } from '../simulation/wiring.ts';
import { definitions } from '../support/definitions.ts';
import { memoryWorld } from '../support/memory-world.ts';
import { metered } from '../support/metered.ts';
import { compiledLetters, letters, staff } from '../support/postman.ts';
import { openTables } from '../support/tables.ts';

const program = dynoxide();
const NOON = Date.parse('2026-03-02T10:00:00Z');
const PEOPLE = 50;

describe.runIf(program !== undefined)('what a letter to a member costs', () => {
  let tables: Awaited<ReturnType<typeof openTables>>;
  beforeAll(async () => {
    tables = await openTables((folder) => startDynoxide(program ?? '', folder));
  });
  afterAll(() => tables.close());

  it('is at most what the reckoning of the costs says, from the effect to the report of its delivery', async () => {
    const meter = metered(tables.client);
    const clock = { now: NOON };
    const now = () => clock.now;
    const stack = definitions();
    const queues = memoryQueues(stack.queues, now);
    const mail = memoryMail({ ...stack, perSecond: 1_000 }, now, () => {});
    const world = memoryWorld({ dynamodb: tables.client, queues, mail, clock });
    const caps = [{ messages: 3, per: '7 days' }];
    const model = Model.parse({ ...letters.model, contactPolicy: { decentHours: {}, caps } });
    const config = configStore({ client: tables.client, table: tableNames.CONFIG_TABLE, now });
    await config.putStaff(staff);
    await config.publishModel(model, compiledLetters, { publishedAt: NOON - 1_000 });
    const score = wireScore(settings, world, quiet);
    const happened = Array.from({ length: PEOPLE }, (_, i) =>
      ['member.joined', 'consent.given'].map((type) => {
        const common = { source: 'crm', id: type, type, member: `m-${i}`, time: now() };
        const event = { ...common, email: `m-${i}@example.org`, data: { purpose: 'membership' } };
        return JSON.stringify({ kind: 'activity', event });
      }),
    ).flat();
    const activity = queues.queue(queueNames.activity);
    for (const body of happened) activity.send(body);
    expect(await score(batchOf(activity.receive(PEOPLE * 2)), context)).toEqual({ batchItemFailures: [] });

    // The places in the lists cost what a move costs, and the first mail reads the settings.
    const deliver = wireDeliver(settings, world, quiet);
    const effects = queues.queue(queueNames.effects).receive(PEOPLE * 2);
    const isMove = ({ body }: (typeof effects)[number]) => JSON.parse(body).kind === 'move';
    const [first, ...rest] = effects.filter((message) => !isMove(message));
    if (!first) throw new Error('There is no mail');
    await deliver(batchOf([first]), context);
    const delivered = readFileSync(new URL('../fixtures/ses-events/delivery.json', import.meta.url), 'utf8');
    const report = (type: 'Send' | 'Delivery', index: number): string => {
      const { id = '', tags = {} } = mail.sent[index] ?? {};
      const { mail: about, ...event } = JSON.parse(delivered);
      const named = { ...about, messageId: id, tags: { ...about.tags, mail: [tags.mail] } };
      const timestamp = new Date(now()).toISOString();
      const own = type === 'Send' ? { send: {} } : { delivery: { ...event.delivery, timestamp } };
      return JSON.stringify({ eventType: type, mail: { ...named, timestamp }, ...own });
    };
    meter.read();
    for (let i = 0; i < rest.length; i += 10) {
      expect(await deliver(batchOf(rest.slice(i, i + 10)), context)).toEqual({ batchItemFailures: [] });
    }
    const sending = meter.read();
    expect(mail.sent).toHaveLength(PEOPLE);

    const feedback = wireFeedback(settings, world, quiet);
    const reports = queues.queue(queueNames.feedback);
    for (const type of ['Send', 'Delivery'] as const) {
      for (let i = 1; i < PEOPLE; i++) reports.send(report(type, i));
    }
    for (let batch = reports.receive(10); batch.length > 0; batch = reports.receive(10)) {
      expect(await feedback(batchOf(batch), context)).toEqual({ batchItemFailures: [] });
      for (const { receipt } of batch) reports.delete(receipt);
    }
    const hearing = meter.read();
    const of = (units: number) => units / rest.length;
    const measured = {
      // What is sent writes to the index by tag; what is heard reads it.
      reads: of(sending.reads + hearing.reads + hearing.index),
      writes: of(sending.writes + sending.index + hearing.writes),
    };
    expect(measured.reads).toBeLessThanOrEqual(UNITS_OF_A_MAIL.reads);
    expect(measured.writes).toBeLessThanOrEqual(UNITS_OF_A_MAIL.writes);
    // And not much less: a figure that nobody can exceed says nothing.
    expect(measured.reads).toBeGreaterThan(UNITS_OF_A_MAIL.reads - 1.5);
    expect(measured.writes).toBeGreaterThan(UNITS_OF_A_MAIL.writes - 1.5);
  }, 60_000);
});
