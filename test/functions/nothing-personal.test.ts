import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { wireAdmin } from '../../functions/admin/wiring.ts';
import { wireDeliver } from '../../functions/deliver/wiring.ts';
import { wireDigest } from '../../functions/digest/wiring.ts';
import { wireFeedback } from '../../functions/feedback/wiring.ts';
import { wireIngest } from '../../functions/ingest/wiring.ts';
import { wireLookup } from '../../functions/lookup/wiring.ts';
import { wirePreferences } from '../../functions/preferences/wiring.ts';
import { wireScore } from '../../functions/score/wiring.ts';
import { wireSweep } from '../../functions/sweep/wiring.ts';
import { configStore } from '../../shared/aws/config-store.ts';
import { unpacked } from '../../shared/aws/packed.ts';
import type { World } from '../../shared/aws/world.ts';
import { DAY } from '../../shared/kernel/duration.ts';
import { observing } from '../../shared/lambda/observing.ts';
import { Model } from '../../shared/scoring/model.ts';
import { straight } from '../simulation/cloud/calls.ts';
import { memoryMail, sesClient } from '../simulation/cloud/mail.ts';
import { memoryQueues, sqsClient } from '../simulation/cloud/queues.ts';
import { dynamodbClient, memoryTables } from '../simulation/cloud/tables.ts';
import { batchOf } from '../simulation/event-source.ts';
import { webhook } from '../simulation/front-door.ts';
import { queueNames, tableNames } from '../simulation/names.ts';
import { SECRET } from '../simulation/staff.ts';
import { context, settings } from '../simulation/wiring.ts';
import { definitions } from '../support/definitions.ts';
import { type Answered, calling, type Sent } from '../support/http.ts';
import { compiledLetters, letters, staff } from '../support/postman.ts';

/** Each of them stands for something about a person, and is nowhere else in this repository. */
const canaries = {
  id: 'canary-id-48c1',
  email: 'canary.mailbox@never.example',
  firstName: 'Kanariansaari',
  lastName: 'Gulvingesen',
  eventId: 'canary-event-02fe',
  data: 'canary-datum-9d7b',
};
const words = [...Object.values(canaries), 'canary', 'never.example'];
const found = (text: string): readonly string[] =>
  words.filter((word) => text.toLowerCase().includes(word.toLowerCase()));

const stack = definitions();
const START = Date.parse('2026-03-02T10:00:00Z');
const fixture = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(new URL(`../fixtures/ses-events/${name}.json`, import.meta.url), 'utf8'));

/** Everything that Polku is made of, in memory, with the logs and counts that its functions really write. */
const open = async () => {
  const clock = { now: START };
  const now = () => clock.now;
  const tables = memoryTables(stack.tables);
  const queues = memoryQueues(stack.queues, now);
  const mail = memoryMail({ ...stack, perSecond: 1_000 }, now, () => {});
  /** What the next calls to a service fail with. */
  const failing: { dynamodb?: Error | undefined; ses?: Error | undefined } = {};
  let tokens = 0;
  const outside = {
    dynamodb: dynamodbClient(tables, async (_, run) => {
      if (failing.dynamodb) throw failing.dynamodb;
      return run();
    }),
    sqs: sqsClient(queues, straight),
    ses: sesClient(mail, async (_, run) => {
      if (failing.ses) throw failing.ses;
      return run();
    }),
    now,
    newToken: () => `token-${tokens++}`,
    newSecret: () => `secret-${tokens++}`,
    randomBytes: (size: number) => new Uint8Array(size).fill(7),
    sleep: async (ms: number) => {
      clock.now += ms;
    },
    pause: async () => {},
  } satisfies World & { newSecret: () => string };
  const all = {
    ...settings,
    FEEDBACK_QUEUE_URL: 'https://sqs.invalid/000000000000/Polku-feedback',
    TRACKING: 'off' as const,
    PREVIEW_STATE_MACHINE: 'arn:aws:states:eu-north-1:000000000000:stateMachine:none',
  };
  const workers = {
    [queueNames.activity]: wireScore(all, outside, observing('score')),
    [queueNames.effects]: wireDeliver(all, outside, observing('deliver')),
    [queueNames.feedback]: wireFeedback(all, outside, observing('feedback')),
  };
  const http = {
    admin: calling(wireAdmin(all, outside, observing('admin'))),
    lookup: calling(wireLookup(all, outside, observing('lookup'))),
    preferences: calling(wirePreferences(all, outside, observing('preferences')), (_, path) => `ANY ${path}`),
  };
  const ingest = wireIngest(all, outside, observing('ingest'));
  const sweep = wireSweep(all, outside, observing('sweep'));
  const digest = wireDigest(all, outside, observing('digest'));

  const config = configStore({ client: outside.dynamodb, table: tableNames.CONFIG_TABLE, now });
  await config.putStaff(staff);
  await config.createSource('crm', SECRET);
  const model = Model.parse({
    ...letters.model,
    contactPolicy: { decentHours: {}, caps: [{ messages: 3, per: '7 days' }] },
  });
  await config.publishModel(model, compiledLetters, { publishedAt: START - DAY });

  /** Works off the queues, at most so many rounds: what fails for good stays. */
  const workOff = async (rounds = 6): Promise<void> => {
    for (let round = 0; round < rounds; round++) {
      for (const [name, worker] of Object.entries(workers)) {
        const queue = queues.queue(name);
        const batch = queue.receive(10);
        if (batch.length === 0) continue;
        const answer = await worker(batchOf(batch), context);
        const failed = new Set(answer?.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
        for (const { id, receipt } of batch) if (!failed.has(id)) queue.delete(receipt);
        queue.makeVisible();
      }
    }
  };
  return { clock, tables, queues, mail, failing, http, ingest, sweep, digest, workOff };
};
type Polku = Awaited<ReturnType<typeof open>>;

const member = { id: canaries.id, email: canaries.email };
const eventAt = (clock: Polku['clock'], id: string, type: string, data: object = {}) => ({
  id: `${canaries.eventId}-${id}`,
  ...{ type, member, time: new Date(clock.now - 1_000).toISOString(), data },
});

/** What SES says of the last mail, by an example of Amazon's. */
const report = ({ mail, clock }: Polku, name: string, odd: object = {}): string => {
  const { mail: about, ...rest } = fixture(name);
  const last = mail.sent.findLast(({ to }) => to.includes(canaries.email));
  const timestamp = new Date(clock.now).toISOString();
  const said = {
    ...(about instanceof Object ? about : {}),
    ...{ timestamp, messageId: last?.id, destination: [canaries.email], tags: { mail: [last?.tags.mail] } },
    commonHeaders: { to: [canaries.email], subject: canaries.firstName },
  };
  return JSON.stringify({ ...rest, mail: said, ...odd }).replaceAll('recipient@example.com', canaries.email);
};

describe('nothing about a person where it does not belong', () => {
  let polku: Polku;
  let written = '';
  const errorTexts: string[] = [];
  const answers: string[] = [];

  const ask = async (door: keyof Polku['http'], sent: Sent): Promise<Answered> => {
    const answer = await polku.http[door](sent);
    // What staff ask for is about the person; what they are told when it cannot be had is not.
    (answer.status >= 400 ? errorTexts : answers).push(answer.text);
    return answer;
  };
  const send = async (items: readonly unknown[]): Promise<void> => {
    const answer = await polku.ingest(webhook('crm', items, polku.clock.now), context);
    // Each result names its event by the id that the source gave it; nothing else comes back.
    if (answer.statusCode !== 202) errorTexts.push((answer.body ?? '').replaceAll(/"id":"[^"]*",/g, ''));
  };
  /** Where the links in the last mail to the member lead. */
  const links = (): readonly string[] => {
    const last = polku.mail.sent.findLast(({ to }) => to.includes(canaries.email));
    const raw = (last?.raw ?? '').replaceAll('=\r\n', '').replaceAll('=3D', '=');
    return [...raw.matchAll(/https:\/\/polku\.example\.org[^\s"<>]*/g)].map(([url]) => url);
  };
  const tokenOf = (page: string): string =>
    links()
      .find((url) => url.includes(page))
      ?.split('/')
      .at(-1) ?? '';

  beforeAll(async () => {
    const keep = (chunk: unknown): boolean => {
      written += String(chunk);
      return true;
    };
    for (const stream of [process.stdout, process.stderr]) vi.spyOn(stream, 'write').mockImplementation(keep);
    for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const)
      vi.spyOn(console, method).mockImplementation((...all) => void keep(all.join(' ')));
    polku = await open();
    const { clock, queues, failing, workOff } = polku;

    // A life: agreeing, joining, a letter; input that is refused; two months of silence, a notice, a digest.
    const names = { firstName: canaries.firstName, lastName: canaries.lastName, note: canaries.data };
    await send([
      eventAt(clock, '1', 'consent.given', { purpose: 'membership', wording: canaries.data }),
      eventAt(clock, '2', 'member.joined', { attributes: names }),
      { ...eventAt(clock, '3', 'site.visited'), time: canaries.data },
      { ...eventAt(clock, '4', canaries.data) },
      { ...eventAt(clock, '5', 'site.visited'), unknownField: canaries.data },
      eventAt(clock, '6', 'benefit.used', { [canaries.data]: canaries.data }),
    ]);
    await send([{ ...eventAt(clock, '7', 'site.visited'), member: { id: canaries.id, email: canaries.data } }]);
    queues
      .queue(queueNames.activity)
      .send(JSON.stringify({ kind: 'activity', event: { member: canaries.id, odd: canaries.data } }));
    await workOff();

    // What SES says, also in a form that nobody knows, and of a mail that nobody sent.
    const feedback = queues.queue(queueNames.feedback);
    for (const name of ['send', 'delivery', 'delivery-delay', 'open', 'click', 'rendering-failure', 'reject']) {
      feedback.send(report(polku, name));
    }
    feedback.send(report(polku, 'bounce', { bounce: { bouncedRecipients: canaries.data } }));
    await workOff();

    // The pages behind the links: shown, used, used badly.
    const [out, page] = ['/v1/unsubscribe/{token}', '/v1/preferences/{token}'];
    const [outToken, pageToken] = [tokenOf('/unsubscribe/'), tokenOf('/preferences/')];
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    await ask('preferences', { path: page, params: { token: pageToken } });
    await ask('preferences', {
      method: 'POST',
      path: page,
      params: { token: pageToken },
      headers: form,
      body: `language=${canaries.data}`,
    });
    await ask('preferences', {
      method: 'POST',
      path: out,
      params: { token: outToken },
      headers: form,
      body: 'List-Unsubscribe=One-Click',
    });
    await ask('preferences', { path: out, params: { token: canaries.id } });
    await workOff();

    clock.now += 61 * DAY;
    await polku.sweep({}, context);
    await workOff();
    clock.now += 10 * DAY;
    await polku.digest({ scheduledAt: new Date(clock.now).toISOString() }, context);
    await workOff();
    feedback.send(report(polku, 'bounce'));
    feedback.send(report(polku, 'complaint'));
    await workOff();

    // What staff look at, what they ask for in vain, what they set wrongly.
    const id = canaries.id;
    for (const path of ['/v1/members/{id}', '/v1/members/{id}/timeline', '/v1/members/{id}/explanation']) {
      await ask('lookup', { path, params: { id } });
      await ask('lookup', { path, params: { id: `${id}-unknown` } });
      await ask('lookup', {
        path,
        params: { id },
        query: { language: canaries.data, cursor: '', limit: canaries.data },
      });
    }
    await ask('lookup', { path: '/v1/members', query: { stage: canaries.data } });
    await ask('lookup', { path: '/v1/messages/{id}/preview', params: { id: canaries.data }, query: { member: id } });
    await ask('lookup', {
      path: '/v1/messages/{id}/preview',
      params: { id: 'hello' },
      query: { member: `${id}-unknown` },
    });
    await ask('admin', { path: '/v1/members/{id}/export', params: { id: `${id}-unknown` } });
    await ask('admin', { path: '/v1/members/{id}/export', params: { id }, query: { cursor: canaries.data } });
    await ask('admin', {
      method: 'PUT',
      path: '/v1/staff',
      body: JSON.stringify({ owners: [{ name: canaries.firstName }] }),
      headers: { 'content-type': 'application/json' },
    });

    // Services that fail, with words of theirs about the very thing that they were asked.
    const said = () => new Error(`Item member#${id} of ${canaries.email}: ${canaries.data}`);
    failing.dynamodb = said();
    queues.queue(queueNames.activity).send(JSON.stringify({ kind: 'tick', member: id }));
    queues.queue(queueNames.effects).send(JSON.stringify({ kind: 'held', member: id, id: 'member#1#message' }));
    feedback.send(report(polku, 'delivery'));
    await workOff(1);
    for (const path of ['/v1/members/{id}', '/v1/members/{id}/timeline']) await ask('lookup', { path, params: { id } });
    await ask('admin', { path: '/v1/members/{id}/erasure', params: { id } });
    await ask('preferences', { path: page, params: { token: pageToken } });
    await polku.sweep({}, context).catch(() => {});
    await polku.digest({ scheduledAt: new Date(clock.now).toISOString() }, context).catch(() => {});
    failing.dynamodb = undefined;
    failing.ses = Object.assign(new Error(`Address ${canaries.email} is not verified`), { name: 'MessageRejected' });
    clock.now += DAY;
    await send([eventAt(clock, '8', 'coffee.drunk'), eventAt(clock, '9', 'consent.given', { purpose: 'membership' })]);
    await workOff();
    failing.ses = undefined;
    await workOff();
  }, 120_000);
  afterAll(() => vi.restoreAllMocks());

  it('all of it has happened, or the rest would prove nothing', () => {
    const kinds = polku.mail.sent.map(({ to }) => to.join());
    expect(kinds).toContain(canaries.email);
    // A notice and a digest.
    expect(kinds.filter((to) => to === 'ingrid@example.org').length).toBeGreaterThanOrEqual(2);
    expect(found(JSON.stringify(polku.mail.sent)).length).toBeGreaterThan(3);
    expect(errorTexts.length).toBeGreaterThan(15);
    expect(written).toContain('MailsSent');
    expect(written).toContain('request failed');
    expect(written).toContain('could not be');
    expect(polku.tables.misuse).toEqual([]);
  });

  it('none is in logs and counts', () => expect(found(written)).toEqual([]));

  it('none is in the words of an error', () => expect(errorTexts.filter((text) => found(text).length > 0)).toEqual([]));

  it('none is in an address that a mail or a page leads to', () => {
    expect(links().length).toBeGreaterThan(0);
    const pages = answers.flatMap((text) => [...text.matchAll(/(?:href|action|src)="([^"]*)"/g)].map(([, url]) => url));
    expect([...links(), ...pages].filter((url) => found(url ?? '').length > 0)).toEqual([]);
  });

  it('after an erasure none is in any table, index or queue, and what comes late brings none back', async () => {
    const { clock, tables, queues, mail, ingest, workOff } = polku;
    const opened = (value: unknown): unknown => {
      // What is neither a standing nor JSON that is zipped are letters of the model.
      if (value instanceof Uint8Array) return value[0] === 1 ? unpacked(value) : gunzipSync(value).toString();
      if (Array.isArray(value)) return value.map(opened);
      if (value instanceof Object) return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, opened(v)]));
      return value;
    };
    const scan = (): string =>
      JSON.stringify([
        Object.values(tableNames).map((name) => tables.items(name).map((item) => opened(unmarshall(item)))),
        queues.all().map((queue) => queue.messages().map(({ body }) => body)),
      ]);
    expect(found(scan()).length).toBeGreaterThan(4);
    const consented = eventAt(clock, '1', 'consent.given', { purpose: 'membership' });
    const late = [consented, eventAt(clock, '10', 'coffee.drunk')];
    const reports = ['delivery', 'bounce', 'complaint'].map((name) => report(polku, name));
    clock.now += 60_000;
    const erased = await polku.http.admin({ method: 'DELETE', path: '/v1/members/{id}', params: { id: canaries.id } });
    expect(erased.status).toBe(202);
    await workOff(10);
    expect(found(scan())).toEqual([]);

    const before = mail.sent.length;
    // A report of a mail that nobody knows waits some minutes in its queue: the mail might be about to be noted.
    clock.now += 15 * 60_000;
    expect((await ingest(webhook('crm', late, clock.now), context)).statusCode).toBe(202);
    for (const body of reports) queues.queue(queueNames.feedback).send(body);
    queues.queue(queueNames.activity).send(JSON.stringify({ kind: 'tick', member: canaries.id }));
    await workOff(10);
    await polku.sweep({}, context);
    await workOff(10);
    expect(found(scan())).toEqual([]);
    expect(mail.sent.length).toBe(before);
    expect(found(written)).toEqual([]);
  });
});
