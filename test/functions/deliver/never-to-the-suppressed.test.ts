import { describe, expect, it } from 'vitest';
import type { ActivityMessage } from '../../../events/activity-message.ts';
import type { ActivityEvent } from '../../../events/envelope.ts';
import { wireDeliver } from '../../../functions/deliver/wiring.ts';
import { wireScore } from '../../../functions/score/wiring.ts';
import { wireSweep } from '../../../functions/sweep/wiring.ts';
import { addressNaming } from '../../../shared/aws/address-key.ts';
import { choiceStore } from '../../../shared/aws/choice-store.ts';
import { configStore } from '../../../shared/aws/config-store.ts';
import { suppressionStore } from '../../../shared/aws/suppression-store.ts';
import { choose } from '../../../shared/mailing/choose.ts';
import { compile } from '../../../shared/scoring/compile.ts';
import { Model } from '../../../shared/scoring/model.ts';
import { NO_PROFILE } from '../../../shared/scoring/profile.ts';
import { straight, type Through } from '../../simulation/cloud/calls.ts';
import type { DynamodbCall } from '../../simulation/cloud/dynamodb-calls.ts';
import { memoryMail } from '../../simulation/cloud/mail.ts';
import { memoryQueues } from '../../simulation/cloud/queues.ts';
import { dynamodbClient, memoryTables } from '../../simulation/cloud/tables.ts';
import { batchOf } from '../../simulation/event-source.ts';
import { queueNames, tableNames } from '../../simulation/names.ts';
import { context, quiet, settings } from '../../simulation/wiring.ts';
import { definitions } from '../../support/definitions.ts';
import { memoryWorld } from '../../support/memory-world.ts';
import { compiledLetters, letters, staff } from '../../support/postman.ts';

/** A Monday, at noon in Helsinki; and at ten in the evening, when nobody is written to. */
const NOON = Date.parse('2026-03-02T10:00:00Z');
const EVENING = Date.parse('2026-03-02T20:00:00Z');
const MORNING = Date.parse('2026-03-03T07:00:00Z');
const MINUTE = 60_000;
const stack = definitions();
const ADDRESS = 'maija@example.org';

const model = Model.parse({ ...letters.model, contactPolicy: { decentHours: { from: '09:00', until: '19:00' } } });
compile(model);

/** Somebody who joined just now and is owed a letter, which waits in the queue or, in the evening, for the morning. */
const owed = async (start: number) => {
  const clock = { now: start };
  const now = () => clock.now;
  const tables = memoryTables(stack.tables);
  const queues = memoryQueues(stack.queues, now);
  const { identities, configurationSets } = stack;
  const mail = memoryMail({ identities, configurationSets, perSecond: 14 }, now, () => {});
  const worldOf = (through: Through<DynamodbCall>) =>
    memoryWorld({ dynamodb: dynamodbClient(tables, through), queues, mail, clock });
  const world = worldOf(straight);
  const config = configStore({ client: world.dynamodb, table: tableNames.CONFIG_TABLE, now });
  await config.putStaff(staff);
  await config.publishModel(model, compiledLetters, { publishedAt: start - MINUTE });

  const scorer = wireScore(settings, world, quiet);
  const score = async (...messages: readonly ActivityMessage[]): Promise<void> => {
    const queue = queues.queue(queueNames.activity);
    for (const message of messages) queue.send(JSON.stringify(message));
    const batch = queue.receive(10);
    expect(await scorer(batchOf(batch), context)).toEqual({ batchItemFailures: [] });
    for (const { receipt } of batch) queue.delete(receipt);
  };
  const told = (type: string, data: ActivityEvent['data'] = {}): ActivityMessage => ({
    kind: 'activity',
    event: { source: 'crm', id: type, type, member: 'maija', email: ADDRESS, time: now(), data },
  });
  const deliver = async (through: Through<DynamodbCall> = straight): Promise<void> => {
    const queue = queues.queue(queueNames.effects);
    const worker = wireDeliver(settings, worldOf(through), quiet);
    for (let batch = queue.receive(10); batch.length > 0; batch = queue.receive(10)) {
      const answer = await worker(batchOf(batch), context);
      expect(answer).toEqual({ batchItemFailures: [] });
      for (const { receipt } of batch) queue.delete(receipt);
    }
  };

  await score(told('member.joined'), told('consent.given', { purpose: 'membership' }));
  if (start === EVENING) {
    await deliver();
    clock.now = MORNING;
    await wireSweep(settings, world, quiet)({}, context);
  }
  return { world, tables, mail, deliver, score, told, now };
};
type Owed = Awaited<ReturnType<typeof owed>>;

const noteOf = ({ world, now }: Owed, kind: 'hard' | 'complaint'): Promise<void> => {
  const config = { client: world.dynamodb, table: tableNames.CONFIG_TABLE, newToken: world.newToken };
  const members = { client: world.dynamodb, table: tableNames.MEMBERS_TABLE };
  const { noteAddress } = suppressionStore({ ...members, nameOf: addressNaming(config) });
  return noteAddress({ address: ADDRESS, note: { kind, at: now(), mail: 'ses-0' } });
};

const happenings: Readonly<Record<string, (there: Owed) => Promise<unknown>>> = {
  'a bounce': (there) => noteOf(there, 'hard'),
  'a complaint': (there) => noteOf(there, 'complaint'),
  'a click on the way out': async ({ world, now }) => {
    const said = choose(NO_PROFILE, undefined, { consents: { membership: false } }, 'page-1', now());
    if (!said) throw new Error('There is nothing to choose');
    await choiceStore({ client: world.dynamodb, table: tableNames.MEMBERS_TABLE }).writeChoices('maija', said);
  },
  'a withdrawal that a source reports': ({ score, told }) =>
    score(told('consent.withdrawn', { purpose: 'membership' })),
  'an erasure': ({ score, now }) => score({ kind: 'erasure', member: 'maija', at: now() }),
};

const isClaim = (call: DynamodbCall): boolean =>
  call.name === 'UpdateItem' &&
  String(call.input.Key?.sk?.S).startsWith('mail#') &&
  JSON.stringify(call.input.ExpressionAttributeValues).includes('"claimed"') &&
  call.input.UpdateExpression?.includes('#tag') === true;

/** Something happens just before the how-manieth call of those that deliver makes; what is sent, and whether it was claimed. */
const played = async (start: number, happen: (there: Owed) => Promise<unknown>, before: number) => {
  const there = await owed(start);
  let calls = 0;
  let claimed = false;
  let claimedBefore = false;
  await there.deliver(async (call, run) => {
    if (calls++ === before) {
      claimedBefore = claimed;
      await happen(there);
    }
    if (isClaim(call)) claimed = true;
    return run();
  });
  expect(there.tables.misuse).toEqual([]);
  return { sent: there.mail.sent.length, calls, claimedBefore };
};

describe.each([
  ['a letter on its way', NOON],
  ['a letter that waited for the morning', EVENING],
])('%s', (_, start) => {
  it('goes, where nothing happens', async () => {
    expect((await played(start, async () => {}, Number.POSITIVE_INFINITY)).sent).toBe(1);
  });

  it.each(Object.entries(happenings))(
    'does not go after %s, at whatever point before it is claimed; after that at most this one goes',
    async (_, happen) => {
      const { calls } = await played(start, async () => {}, Number.POSITIVE_INFINITY);
      let before = 0;
      let after = 0;
      for (let point = 0; point < calls; point++) {
        const { sent, claimedBefore } = await played(start, happen, point);
        if (claimedBefore) {
          after += 1;
          expect(sent).toBeLessThanOrEqual(1);
        } else {
          before += 1;
          expect({ point, sent }).toEqual({ point, sent: 0 });
        }
      }
      expect(before).toBeGreaterThan(0);
      expect(after).toBeGreaterThan(5);
    },
    60_000,
  );
});
