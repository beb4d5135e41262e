import { unmarshall } from '@aws-sdk/util-dynamodb';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ActivityEvent } from '../../../events/envelope.ts';
import { canonicalJson } from '../../../shared/kernel/json.ts';
import { letterTo } from '../../support/letter-to.ts';

const TAKEN = Date.parse('2026-03-02T10:00:00.000Z');
const iso = (seconds: number) => new Date(TAKEN + seconds * 1000).toISOString();
const aino = [{ emailAddress: 'Aino@example.org', status: '4.2.2', action: 'failed' }];
const userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:102.0) Gecko/20100101 Thunderbird/102.11.0';

const reports = {
  send: { eventType: 'Send', send: {} },
  delay: { eventType: 'DeliveryDelay', deliveryDelay: { timestamp: iso(5) } },
  delivery: { eventType: 'Delivery', delivery: { timestamp: iso(9) } },
  full: bounced('Transient', 'MailboxFull', 20),
  gone: bounced('Permanent', 'NoEmail', 30),
  goneAgain: bounced('Permanent', 'General', 35),
  spam: { eventType: 'Complaint', complaint: { complainedRecipients: aino, timestamp: iso(40) } },
  spamAgain: { eventType: 'Complaint', complaint: { complainedRecipients: aino, timestamp: iso(45) } },
  reject: { eventType: 'Reject', reject: { reason: 'Bad content' } },
  failure: { eventType: 'Rendering Failure', failure: { errorMessage: 'x', templateName: 'y' } },
  scannerOpen: { eventType: 'Open', open: { timestamp: iso(11), userAgent } },
  open: { eventType: 'Open', open: { timestamp: iso(500), userAgent } },
  openAgain: { eventType: 'Open', open: { timestamp: iso(900), userAgent } },
  click: clicked('spring', 510),
  clickAgain: clicked('spring', 910),
  otherClick: clicked('autumn', 513),
  robot: { eventType: 'Click', click: { timestamp: iso(700), link: 'https://example.org/', userAgent: 'curl/8.4' } },
};
type Name = keyof typeof reports;
const names = Object.keys(reports) as Name[];

function bounced(bounceType: string, bounceSubType: string, after: number) {
  return { eventType: 'Bounce', bounce: { bounceType, bounceSubType, bouncedRecipients: aino, timestamp: iso(after) } };
}

function clicked(link: string, after: number) {
  return { eventType: 'Click', click: { timestamp: iso(after), link: `https://example.org/${link}?who=1`, userAgent } };
}

const orders = <Thing>(things: readonly Thing[]): Thing[][] =>
  things.length < 2
    ? [[...things]]
    : things.flatMap((thing, i) => orders(things.toSpliced(i, 1)).map((rest) => [thing, ...rest]));

const agreed = {
  ...{ source: 'crm', id: '1', type: 'consent.given', member: 'aino', time: TAKEN - 1000 },
  data: { purpose: 'tracking' },
};
const takenBack = { ...agreed, id: '2', type: 'consent.withdrawn', time: TAKEN + 505_000 };

/**
 * Everything that lies in the tables, and what the ledger is told, when reports of one mail were heard in an order by a
 * sender who got no answer. What is to come again comes when all have been heard, also in that order.
 */
const after = async (order: readonly Name[], ledger: readonly ActivityEvent[] = [agreed]): Promise<string> => {
  const { heard, told, tables } = await letterTo('aino', { takenAt: TAKEN, ledger });
  const hear = async (some: readonly Name[], receives: number): Promise<Name[]> => {
    const back: Name[] = [];
    for (const name of some) if (!(await heard(reports[name], receives))) back.push(name);
    return back;
  };
  const back = await hear(order, 1);
  expect(await hear(back, 2)).toEqual([]);
  expect(tables.misuse).toEqual([]);
  return canonicalJson([
    ...[tables.items('members'), tables.items('config')].map((items) => items.map((item) => unmarshall(item))),
    [...new Set(told())].sort(),
  ]);
};
const doubled = (order: readonly Name[]) => [...order, ...order.toReversed()];

it.each<[string, Name[]]>([
  ['that it came to nothing', ['send', 'delay', 'delivery', 'full', 'gone', 'spam']],
  ['that it came to nothing, more than once', ['send', 'delivery', 'gone', 'goneAgain', 'spam', 'spamAgain']],
  ['that it was read', ['delivery', 'scannerOpen', 'open', 'click', 'clickAgain', 'delay']],
  ['that it was scanned', ['send', 'delivery', 'click', 'otherClick', 'openAgain', 'spam']],
])(
  'ends in the same, whatever the order of six reports of a mail, and each of them twice: %s',
  async (_, six) => {
    const expected = await after(six);
    expect(expected).not.toContain('example.org"');
    for (const order of orders(six)) expect(await after(doubled(order))).toBe(expected);
  },
  300_000,
);

it('ends in the same for up to six of them, in any order', async () => {
  const six = fc.shuffledSubarray(names, { minLength: 1, maxLength: 6 });
  const pair = six.chain((some) =>
    fc.tuple(fc.constant(some), fc.shuffledSubarray([...some, ...some], { minLength: 2 * some.length })),
  );
  await fc.assert(
    fc.asyncProperty(pair, async ([some, order]) => {
      expect(await after(order)).toBe(await after(some));
    }),
    { numRuns: 300 },
  );
}, 300_000);

it('tells the ledger once of each thing that a person did, as of the first time', async () => {
  const found = await after(['clickAgain', 'openAgain', 'click', 'open', 'scannerOpen', 'robot']);
  const told = JSON.parse(found)[2].map((body: string) => JSON.parse(body).event);
  const [opened, clicked] = told;
  expect(told).toHaveLength(2);
  expect(opened).toMatchObject({ type: 'email.opened', time: TAKEN + 500_000, data: { message: 'hello' } });
  expect(clicked).toMatchObject({
    ...{ source: 'polku', member: 'aino', type: 'email.clicked', time: TAKEN + 510_000 },
    data: { message: 'hello', link: 'https://example.org/spring' },
  });
});

it('notes nothing of whoever has not agreed, nor of what was done after the no', async () => {
  const nothing = await after(['send'], []);
  expect(await after(['send', 'open', 'click', 'otherClick'], [])).toBe(nothing);
  const partly = await after(['send', 'open', 'click'], [agreed, takenBack]);
  expect(partly).not.toMatch(/email.opened|email.clicked|act#/);
});

it('tells of no scanner: neither of one in a hurry, nor of one that tries every link, nor of one that says so', async () => {
  for (const some of [
    ['delivery', 'scannerOpen'],
    ['delivery', 'click', 'otherClick'],
    ['delivery', 'robot'],
  ] as Name[][]) {
    const found = await after(some);
    expect(JSON.parse(found)[2]).toEqual([]);
  }
});
