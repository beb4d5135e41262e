import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { SQSEvent } from 'aws-lambda';
import { expect, it } from 'vitest';
import { wireFeedback } from '../../../functions/feedback/wiring.ts';
import { mailRates } from '../../../shared/aws/mail-rates.ts';
import { mailStore } from '../../../shared/aws/mail-store.ts';
import { canonicalJson } from '../../../shared/kernel/json.ts';
import { straight } from '../../simulation/cloud/calls.ts';
import { dynamodbClient, memoryTables } from '../../simulation/cloud/tables.ts';
import { tableNames } from '../../simulation/names.ts';
import { context, quiet } from '../../simulation/wiring.ts';
import { definitions } from '../../support/definitions.ts';

const TAKEN = Date.parse('2026-03-02T10:00:00.000Z');
const iso = (seconds: number) => new Date(TAKEN + seconds * 1000).toISOString();
const aino = [{ emailAddress: 'Aino@example.org', status: '4.2.2', action: 'failed' }];

const reports = {
  send: { eventType: 'Send', send: {} },
  delay: { eventType: 'DeliveryDelay', deliveryDelay: { timestamp: iso(5) } },
  delivery: { eventType: 'Delivery', delivery: { timestamp: iso(9) } },
  full: bounced('Transient', 'MailboxFull', 20),
  gone: bounced('Permanent', 'NoEmail', 30),
  spam: { eventType: 'Complaint', complaint: { complainedRecipients: aino, timestamp: iso(40) } },
};
type Name = keyof typeof reports;

function bounced(bounceType: string, bounceSubType: string, after: number) {
  return { eventType: 'Bounce', bounce: { bounceType, bounceSubType, bouncedRecipients: aino, timestamp: iso(after) } };
}

const orders = <Thing>(things: readonly Thing[]): Thing[][] =>
  things.length < 2
    ? [[...things]]
    : things.flatMap((thing, i) => orders(things.toSpliced(i, 1)).map((rest) => [thing, ...rest]));

/** Everything that lies in the tables when reports of one mail were heard in an order, by a sender who got no answer. */
const after = async (order: readonly Name[]): Promise<string> => {
  const tables = memoryTables(definitions().tables);
  const client = dynamodbClient(tables, straight);
  const now = () => TAKEN + 60_000;
  let tokens = 0;
  const newToken = () => `token-${tokens++}`.padEnd(40, '.');
  const key = { member: 'aino', effect: 'member#1#message' };
  const store = mailStore({ client, table: 'members', now, newToken });
  const claim = await store.claim(key);
  if (claim.kind !== 'mine') throw new Error('The claim is taken');
  await store.mark(key, claim.token, 'unknown', 'TimeoutError');
  await mailRates({ client, table: 'members' }).countSent(10_000, TAKEN, 'a');
  const handler = wireFeedback(tableNames, { dynamodb: client, now, newToken }, quiet);
  const mail = { messageId: 'ses-1', timestamp: iso(0), tags: { mail: [claim.tag] } };
  for (const [i, name] of order.entries()) {
    const record = { messageId: String(i), body: JSON.stringify({ ...reports[name], mail }) };
    const event = { Records: [record] } as unknown as SQSEvent;
    expect(await handler(event, context)).toEqual({ batchItemFailures: [] });
  }
  expect(tables.misuse).toEqual([]);
  return canonicalJson(
    [tables.items('members'), tables.items('config')].map((items) => items.map((item) => unmarshall(item))),
  );
};

it('ends in the same, whatever the order of up to six reports of a mail, and each of them twice', async () => {
  const names = Object.keys(reports) as Name[];
  const expected = await after(names);
  expect(expected).toContain('fate#complained');
  expect(expected).not.toContain('example.org');
  for (const order of orders(names)) {
    expect(await after([...order, ...order.toReversed()])).toBe(expected);
  }
}, 60_000);

it('ends in the same for every choice of them, in every order', async () => {
  const names = Object.keys(reports) as Name[];
  for (let chosen = 1; chosen < 2 ** names.length; chosen++) {
    const some = names.filter((_, i) => chosen & (2 ** i));
    if (some.length > 4) continue;
    const expected = await after(some);
    for (const order of orders(some)) expect(await after(order.flatMap((one) => [one, one]))).toBe(expected);
  }
}, 60_000);
