import { unmarshall } from '@aws-sdk/util-dynamodb';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ActivityEvent } from '../../../events/envelope.ts';
import { Purpose } from '../../../events/purpose.ts';
import { wireAdmin } from '../../../functions/admin/wiring.ts';
import { MemberExport } from '../../../shared/api/member-export.ts';
import { addressNaming } from '../../../shared/aws/address-key.ts';
import { choiceStore } from '../../../shared/aws/choice-store.ts';
import { tagOf } from '../../../shared/aws/claim-key.ts';
import { digestClaims } from '../../../shared/aws/digest-store.ts';
import { memberStore } from '../../../shared/aws/dynamodb-member-store.ts';
import { journeyStore } from '../../../shared/aws/journey-store.ts';
import { mailKey, memberKey } from '../../../shared/aws/keys.ts';
import { mailFinder } from '../../../shared/aws/mail-finder.ts';
import { mailStore } from '../../../shared/aws/mail-store.ts';
import { unpacked } from '../../../shared/aws/packed.ts';
import { previewStore } from '../../../shared/aws/preview-store.ts';
import { quarantineStore } from '../../../shared/aws/quarantine-store.ts';
import { suppressionStore } from '../../../shared/aws/suppression-store.ts';
import { tallyStore } from '../../../shared/aws/tally-store.ts';
import { tombstoneStore } from '../../../shared/aws/tombstone-store.ts';
import { choose } from '../../../shared/mailing/choose.ts';
import { fates } from '../../../shared/mailing/feedback/fate.ts';
import { Model } from '../../../shared/scoring/model.ts';
import { NO_PROFILE } from '../../../shared/scoring/profile.ts';
import { straight } from '../../simulation/cloud/calls.ts';
import { memoryQueues, sqsClient } from '../../simulation/cloud/queues.ts';
import { dynamodbClient, memoryTables } from '../../simulation/cloud/tables.ts';
import { queueUrls, tableNames } from '../../simulation/names.ts';
import { quiet } from '../../simulation/wiring.ts';
import { history } from '../../support/arbitrary.ts';
import { definitions } from '../../support/definitions.ts';
import { day, document } from '../../support/given.ts';
import { calling } from '../../support/http.ts';
import { activity, scorer } from '../../support/pipeline.ts';

const MEMBER = 'maija';
const ADDRESSES = ['maija@nowhere.example', 'Maija.Old@nowhere.example'];
const OTHER = 'somebody-else';
const stack = definitions();

const states = ['claimed', 'held', 'released', 'unknown', 'sent', 'refused', 'skipped'] as const;

const mail = fc.record({
  sequence: fc.integer({ min: 1, max: 9 }),
  kind: fc.constantFrom('message', 'alert'),
  state: fc.constantFrom(...states),
  waitedBefore: fc.boolean(),
  drawn: fc.boolean(),
  fate: fc.option(fc.constantFrom(...fates), { nil: undefined }),
  followed: fc.boolean(),
});
const note = fc.record({
  address: fc.constantFrom(...ADDRESSES),
  kind: fc.constantFrom('hard', 'complaint', 'soft'),
  at: fc.integer({ min: day(0), max: day(90) }),
});
const asIs = (id: string) => JSON.stringify({ kind: 'activity', event: { member: id, at: 'no time' } });
const input = fc.record({
  body: fc.constantFrom(asIs(MEMBER), JSON.stringify({ member: { id: MEMBER } }), `{"member":"${MEMBER}", broken`),
  n: fc.integer({ min: 0, max: 99 }),
  size: fc.constantFrom<number>(0, 500),
});

const state = fc.record({
  events: history(12),
  /** Which of the events give which address. */
  addresses: fc.array(fc.constantFrom(undefined, ...ADDRESSES), { minLength: 12, maxLength: 12 }),
  mails: fc.uniqueArray(mail, { selector: ({ sequence, kind }) => `${sequence} ${kind}`, maxLength: 5 }),
  refuses: fc.option(fc.constantFrom(...Purpose.options), { nil: undefined }),
  tally: fc.boolean(),
  notes: fc.array(note, { maxLength: 3 }),
  lifted: fc.boolean(),
  inputs: fc.array(input, { maxLength: 4 }),
  erasedBefore: fc.boolean(),
  listed: fc.constantFrom('not', 'news', 'known', 'only others'),
  page: fc.constantFrom(1, 2, 5, Number.POSITIVE_INFINITY),
});
type State = typeof state extends fc.Arbitrary<infer T> ? T : never;

const effect = (member: string, kind: 'message' | 'alert', sequence: number) => {
  const common = { id: `member#${sequence}#${kind}`, member, journey: 'member', sequence, since: 5, decidedAt: 6 };
  return kind === 'alert'
    ? { ...common, kind, model: 1, stage: 'at-risk' }
    : { ...common, kind, model: 1, stage: 'new', message: 'hello' };
};

/** A cloud in which all that can be stored of a member may be, beside what is stored of somebody else. */
const cloudOf = async (given: State) => {
  const tables = memoryTables(stack.tables);
  const client = dynamodbClient(tables, straight);
  let asked = 0;
  const now = () => day(100) + asked++;
  const members = { client, table: tableNames.MEMBERS_TABLE, pause: async () => {} };
  const claims = { ...members, now, newToken: () => `token-${asked++}` };
  const nameOf = addressNaming({ client, table: tableNames.CONFIG_TABLE, newToken: () => 'a-key' });
  const store = memberStore(members);
  const polku = scorer({ store });
  const others = given.events.map(
    (event): ActivityEvent => ({ ...event, member: OTHER, email: 'else@nowhere.example' }),
  );
  const own = given.events.map((event, i): ActivityEvent => {
    const email = given.addresses[i];
    return { ...event, member: MEMBER, ...(email === undefined ? {} : { email }) };
  });
  await polku.on(201, ...[...own, ...others].map(activity));
  const journeys = journeyStore(members);
  for (const one of polku.effects) if (one.kind === 'move') await journeys.move(one, day(101));

  const mails = mailStore(claims);
  for (const { sequence, kind, state, waitedBefore, drawn, fate, followed } of given.mails) {
    const asked = effect(MEMBER, kind, sequence);
    const arms = drawn ? { arms: { [`message.${kind}.1`]: 'held-out' } } : {};
    const key = { member: MEMBER, effect: asked.id, asked, ...arms };
    if (waitedBefore) {
      const before = await mails.claim(key);
      if (before.kind === 'mine') await mails.hold(key, before.token, { until: day(102), why: 'quiet-hours' });
    }
    const claim = await mails.claim(key);
    if (claim.kind !== 'mine') throw new Error('The claim is taken');
    if (state === 'held') await mails.hold(key, claim.token, { until: day(103), why: 'capped' });
    else if (state !== 'claimed')
      await mails.mark(key, claim.token, state, `detail-${sequence}`, `reader-${sequence}@x.example`);
    const mail = await mailFinder({ ...members, now })(
      tagOf({ partition: memberKey(MEMBER), sort: mailKey(asked.id) }),
    );
    if (fate) await mail?.became(fate, day(104));
    if (followed) {
      await mail?.noteAct({ kind: 'open', at: day(105) });
      await mail?.noteAct({ kind: 'click', at: day(106), link: 'a-link' });
    }
  }

  const choices = choiceStore(members);
  const said =
    given.refuses && choose(NO_PROFILE, undefined, { consents: { [given.refuses]: false } }, 'page-1', day(1));
  if (said) await choices.writeChoices(MEMBER, said);
  const counted = [{ id: 'member#1#message', message: 'hello', purpose: 'membership' as const, at: day(3) }];
  if (given.tally)
    await tallyStore(members).reckon(MEMBER, (tally) => ({ tally: { ...tally, counted }, result: undefined }));

  const suppression = suppressionStore({ ...members, nameOf });
  for (const { address, kind, at } of given.notes)
    await suppression.noteAddress({ address, note: { kind, at, mail: `ses-${at}` } });
  if (given.lifted) await suppression.liftAddress(ADDRESSES[0] ?? '', day(80));
  const graves = tombstoneStore({ ...members, nameOf });
  if (given.erasedBefore)
    await graves.bury(MEMBER, ADDRESSES[1], () => ({
      erasedAt: day(-5),
      refusals: { marketing: { at: day(-9), own: true } },
    }));

  const quarantine = quarantineStore(members);
  for (const { body, n, size } of given.inputs)
    await quarantine.put({ at: day(n), reason: 'odd', body: `${body}${' '.repeat(n + size)}` });
  await quarantine.put({ at: day(1), reason: 'odd', body: asIs(OTHER) });

  const list = { kind: 'digest' as const, at: day(99), model: 1, count: 2, countNew: 1 };
  const entry = (member: string) => [{ member, journey: 'member', stage: 'at-risk', since: 12_345 }];
  const digests = digestClaims(claims);
  const owed = { owner: 'aune', run: day(98) };
  const listing = {
    ...list,
    ...owed,
    news: entry(given.listed === 'news' ? MEMBER : OTHER),
    known: entry(given.listed === 'known' ? MEMBER : OTHER),
  };
  const claim = await digests.claim({ ...owed, asked: listing });
  if (claim.kind === 'mine')
    await digests.hold({ ...owed, asked: listing }, claim.token, { until: day(105), why: 'RateBudget' });

  tables.answering.page = given.page;
  const queues = memoryQueues(stack.queues, now);
  const ask = calling(
    wireAdmin(
      {
        ...tableNames,
        ACTIVITY_QUEUE_URL: queueUrls.activity,
        FEEDBACK_QUEUE_URL: queueUrls.feedback,
        PREVIEW_STATE_MACHINE: 'arn:aws:states:eu-north-1:000000000000:stateMachine:none',
      },
      {
        dynamodb: client,
        sqs: sqsClient(queues, straight),
        now,
        pause: async () => {},
        randomBytes: (size) => new Uint8Array(size),
        newSecret: () => 'never',
      },
      quiet,
    ),
  );
  return { tables, nameOf, ask, config: { client, table: tableNames.CONFIG_TABLE, now } };
};
type Cloud = Awaited<ReturnType<typeof cloudOf>>;

const exportOf = async ({ ask }: Cloud, member = MEMBER) => {
  const records: MemberExport['records'] = [];
  let cursor: string | undefined;
  let pages = 0;
  do {
    const query = cursor === undefined ? {} : { cursor };
    const answer = await ask({ path: '/v1/members/{id}/export', params: { id: member }, query });
    if (answer.status !== 200) return { status: answer.status, records, pages };
    expect(answer.text.length).toBeLessThan(6_000_000);
    const page = MemberExport.parse(answer.body);
    records.push(...page.records);
    cursor = page.next;
    pages += 1;
  } while (cursor !== undefined);
  return { status: 200, records, pages };
};

/** All texts and numbers in a value; JSON in a text or packed is looked into, an instant counts as epoch ms as well. */
const leavesOf = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(leavesOf);
  if (value instanceof Object) return Object.values(value).flatMap(leavesOf);
  const text = String(value);
  const instant = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text) ? [String(Date.parse(text))] : [];
  return [text, ...instant];
};
const opened = (stored: unknown): unknown => {
  const text = stored instanceof Uint8Array ? unpacked(stored) : stored;
  try {
    return typeof text === 'string' ? JSON.parse(text) : text;
  } catch {
    return text;
  }
};

/** They say where an item lies in an index, or who worked at it, and nothing about anybody. */
const technical = new Set(['pk', 'sk', 'dueShard', 'stageShard', 'modelShard', 'doubt', 'token']);

/** What a scan of every table finds that is about the member: by their id, their addresses, and the hashes of both. */
const foundOf = async ({ tables, nameOf }: Cloud, addresses: readonly string[]) => {
  const names = await Promise.all([
    ...addresses.map(async (one) => `address#${await nameOf(one.toLowerCase())}`),
    ...addresses.slice(-1).map(async (one) => `tombstone#${await nameOf(`address ${one.toLowerCase()}`)}`),
    (async () => `tombstone#${await nameOf(`member ${MEMBER}`)}`)(),
  ]);
  const all = Object.values(tableNames).flatMap((name) => tables.items(name).map((item) => unmarshall(item)));
  return all.filter((item) => {
    const { pk } = item;
    const text = JSON.stringify(item);
    return (
      pk === memberKey(MEMBER) || names.includes(String(pk)) || [MEMBER, ...ADDRESSES].some((one) => text.includes(one))
    );
  });
};

const isOf = (kind: string) => (record: MemberExport['records'][number]) => record.kind === kind;

it(
  'what is given out of a member is all that a scan of every table finds of them, and of nobody else',
  { timeout: 120_000 },
  () =>
    fc.assert(
      fc.asyncProperty(state, async (given) => {
        const cloud = await cloudOf(given);
        const { status, records } = await exportOf(cloud);
        const addresses = records.flatMap((record) => (record.kind === 'event' ? (record.email ?? []) : []));
        const found = await foundOf(cloud, [...new Set(addresses)]);
        const there = new Set(leavesOf(records));
        for (const item of found) {
          if (item.pk === 'digests') continue;
          const leaves = Object.entries(item).flatMap(([name, value]) =>
            technical.has(name) ? [] : leavesOf(name === 'body' && item.pk === 'quarantine' ? value : opened(value)),
          );
          expect(leaves.filter((leaf) => !there.has(leaf))).toEqual([]);
        }
        const lies = (prefix: string) =>
          found.filter(({ pk, sk }) => pk === memberKey(MEMBER) && sk.startsWith(prefix));
        expect(records.filter(isOf('event'))).toHaveLength(lies('event#').length);
        expect(records.filter(isOf('mail'))).toHaveLength(lies('mail#').length);
        expect(records.filter(isOf('stored')).map((one) => 'name' in one && one.name)).toEqual(
          lies('').flatMap(({ sk }) => (/^(event|mail)#/.test(sk) ? [] : [sk])),
        );
        expect(records.filter(isOf('quarantined'))).toHaveLength(found.filter(({ pk }) => pk === 'quarantine').length);
        const digests = records.flatMap((record) => (record.kind === 'digest' ? [record] : []));
        expect(digests.map(({ owner, entry }) => ({ owner, entry }))).toEqual(
          given.listed === 'news' || given.listed === 'known'
            ? [{ owner: 'aune', entry: { member: MEMBER, journey: 'member', stage: 'at-risk', since: 12_345 } }]
            : [],
        );
        expect(JSON.stringify(records)).not.toContain(OTHER);
        expect(status).toBe(records.length > 0 ? 200 : 404);
        expect(cloud.tables.misuse).toEqual([]);
      }),
      { numRuns: 1_000 },
    ),
);

const nothing: State = {
  events: [],
  addresses: [],
  mails: [],
  refuses: undefined,
  tally: false,
  notes: [],
  lifted: false,
  inputs: [],
  erasedBefore: false,
  listed: 'not',
  page: Number.POSITIVE_INFINITY,
};

it('a mail is given out with whom it went to, a consent with its time, source and wording', async () => {
  const consent = {
    source: 'crm',
    id: 'c-1',
    type: 'consent.given',
    time: day(1),
    member: MEMBER,
    data: { purpose: 'membership', wording: 'join-2026' },
  };
  const sent = {
    sequence: 1,
    state: 'sent',
    waitedBefore: false,
    drawn: false,
    fate: 'delivered',
    followed: false,
  } as const;
  const cloud = await cloudOf({
    ...nothing,
    events: [consent],
    mails: [
      { ...sent, kind: 'message' },
      { ...sent, kind: 'alert' },
    ],
  });
  const { records } = await exportOf(cloud);
  expect(records.filter(isOf('mail'))).toMatchObject([
    { id: 'member#1#alert', state: 'sent', to: 'reader-1@x.example', detail: 'detail-1' },
    {
      id: 'member#1#message',
      message: 'hello',
      to: 'reader-1@x.example',
      became: { delivered: new Date(day(104)).toISOString() },
    },
  ]);
  expect(records.find((one) => one.kind === 'stored' && one.name === 'snapshot')).toMatchObject({
    content: {
      body: {
        standing: {
          profile: { consents: { membership: { given: true, at: day(1), source: 'crm', wording: 'join-2026' } } },
        },
      },
    },
  });
});

it('what a draft of the model would change for a member is given out, where a preview names them', async () => {
  const cloud = await cloudOf(nothing);
  const previews = previewStore(cloud.config);
  const head = { ...{ id: 'a', at: day(99), from: day(9), lastMonths: 3, current: 1, parts: 1 }, attempt: 1 };
  const run = { ...head, startedAt: day(99), expiresAt: day(106) };
  const change = (member: string) => ({
    member,
    journeys: [{ journey: 'member', from: 'new', to: 'at-risk' }],
    scores: [],
  });
  await previews.begin(run, Model.parse(document));
  const tally = { counts: {}, mostChanged: [change(OTHER), change(MEMBER)] };
  await previews.keepPart(run, 0, { revision: 1, heardAt: day(99), done: true, tally });
  const { records } = await exportOf(cloud);
  expect(records).toEqual([{ kind: 'preview', id: 'a', at: new Date(day(99)).toISOString(), entry: change(MEMBER) }]);
});

it('what does not fit into one answer comes in several', async () => {
  const inputs = Array.from({ length: 40 }, (_, n) => ({ body: asIs(MEMBER), n, size: 100_000 }));
  const { records, pages } = await exportOf(await cloudOf({ ...nothing, inputs }));
  expect(records).toHaveLength(40);
  expect(pages).toBeGreaterThan(1);
});

it('of somebody of whom nothing is known there is nothing to give out', async () => {
  const cloud = await cloudOf(nothing);
  expect((await exportOf(cloud)).status).toBe(404);
  expect((await exportOf(cloud, 'nobody')).status).toBe(404);
});

it('a page that there is not is refused', async () => {
  const { ask } = await cloudOf(nothing);
  for (const cursor of ['x', Buffer.from('["other"]').toString('base64url')]) {
    const answer = await ask({ path: '/v1/members/{id}/export', params: { id: MEMBER }, query: { cursor } });
    expect(answer.status).toBe(400);
  }
});
