import { describe, expect, it } from 'vitest';
import type { ActivityMessage } from '../../../events/activity-message.ts';
import type { Deps, Quarantined } from '../../../functions/admin/deps.ts';
import { adminRoutes } from '../../../functions/admin/handler.ts';
import { ModelList, NewSecret, Published, QuarantineList, SourceList } from '../../../shared/api/admin.ts';
import type { MarketingSwitch } from '../../../shared/mailing/feedback/marketing-switch.ts';
import type { VersionNotes } from '../../../shared/model/notes.ts';
import type { Model } from '../../../shared/scoring/model.ts';
import type { Staff } from '../../../shared/scoring/staff.ts';
import { document } from '../../support/given.ts';
import { client } from '../../support/http.ts';
import { memoryPreviews } from '../../support/memory-previews.ts';
import { memoryReports } from '../../support/memory-reports.ts';
import { memoryRescores } from '../../support/memory-rescores.ts';

const now = Date.parse('2026-03-02T12:00:00Z');
const id = (n: number) => n.toString(16).padStart(32, '0');
const message: ActivityMessage = {
  kind: 'activity',
  event: { source: 'crm', id: 'e-1', type: 'site.visited', member: 'm-1', time: now, data: {} },
};
const inQuarantine = (body: string, n = 1): Quarantined => ({ id: id(n), at: now, reason: 'not-an-event', body });

/** The admin routes over settings that live in memory. */
const office = ({
  inputs = [],
  sends = true,
  doubted = [],
  mostOnAPage = 1_000,
}: {
  inputs?: readonly Quarantined[];
  sends?: boolean;
  doubted?: readonly string[];
  mostOnAPage?: number;
} = {}) => {
  const models: (VersionNotes & { model: Model })[] = [];
  const sources = new Map<string, { secret: string; createdAt: number; expiresAt?: number }[]>();
  const quarantine = new Map(inputs.map((input) => [input.id, input]));
  const sent: ActivityMessage[] = [];
  const delays: number[] = [];
  const told: object[] = [];
  let staff: Staff | undefined;
  let secrets = 0;
  const rescores = memoryRescores();
  const version = (n: number) => {
    const found = models[n - 1];
    return found && { version: n, publishedAt: now, ...found };
  };
  let marketing: MarketingSwitch = {
    stopped: { at: now - 1_000, why: 'bounces', sent: 2_000, bounced: 120, complained: 1 },
  };
  const allowed: string[] = [];
  const deps: Deps = {
    currentModel: async () => version(models.length),
    modelVersion: async (n) => version(n),
    models: async () =>
      models.map(({ model, ...notes }, i) => ({
        ...notes,
        version: i + 1,
        publishedAt: now,
        current: i + 1 === models.length,
      })),
    publishModel: async (model, _letters, { publishedAt, ...notes }, beforehand) => {
      await beforehand?.(models.length + 1);
      return models.push({ ...notes, model });
    },
    currentVersion: async () => models.length || undefined,
    ...rescores,
    countBehind: async (version) => 100 - version,
    staff: async () => staff,
    putStaff: async (value) => {
      staff = value;
    },
    sources: async () => [...sources].map(([id, secrets]) => ({ id, createdAt: now, secrets })),
    createSource: async (id, secret) => !sources.has(id) && Boolean(sources.set(id, [{ secret, createdAt: now }])),
    addSecret: async (id, secret, expiresAt) => {
      const before = sources.get(id);
      if (before) sources.set(id, [{ secret, createdAt: now }, ...before.map((one) => ({ ...one, expiresAt }))]);
      return before !== undefined;
    },
    marketing: async () => marketing,
    resumeMarketing: async (liftedAt) => {
      marketing = { liftedAt };
      return true;
    },
    rates: async (_, since) =>
      since ? { sent: 0, bounced: 0, complained: 0 } : { sent: 2_000, bounced: 120, complained: 1 },
    liftAddress: async (address) => void allowed.push(address),
    rotateLinkKey: async () => '0badcafe',
    newSecret: () => `whsec_${++secrets}`,
    quarantine: {
      // As the table does it: a page that is full names the next one, though nothing may be on it.
      list: async ({ after = '', limit }) => {
        const items = [...quarantine.values()].filter(({ id }) => id > after).slice(0, Math.min(limit, mostOnAPage));
        const last = items.at(-1);
        return { items, ...(last && items.length === Math.min(limit, mostOnAPage) ? { next: last.id } : {}) };
      },
      get: async (id) => quarantine.get(id),
      remove: async ({ id }) => void quarantine.delete(id),
    },
    send: async (messages, delay = 0) => {
      if (sends) sent.push(...messages);
      if (sends) delays.push(...messages.map(() => delay));
      return messages.map(() => sends);
    },
    stored: async () => ({ records: [] }),
    ledger: async () => [{ ...message.event, email: 'maija@example.org' }],
    addressRecord: async () => ({ notes: [] }),
    tombstones: async () => [],
    waitingDigests: async () => [],
    storedOf: async (member) => (member === 'maija' ? ['event', 'event', 'mail', 'snapshot', 'choices'] : []),
    isInDoubt: async (tag) => doubted.includes(tag),
    tell: async (message) => {
      if (sends) told.push(message);
      return sends;
    },
    previews: memoryPreviews(() => now),
    reports: memoryReports(() => now),
    startPreview: async () => {},
    now: () => now,
  };
  const call = client(adminRoutes(deps));
  const headers = { 'content-type': 'application/json' };
  return {
    call,
    sent,
    delays,
    told,
    rescores,
    quarantine,
    allowed,
    send: (method: string, path: string, body: unknown, params: Record<string, string> = {}) =>
      call({ method, path, headers, params, body: typeof body === 'string' ? body : JSON.stringify(body) }),
  };
};

describe('publishing a model', () => {
  it('gives it the next number and puts it in force', async () => {
    const { send, call } = office();
    expect(Published.parse((await send('POST', '/v1/models', document)).body)).toMatchObject({ version: 1 });
    const answer = await send('POST', '/v1/models', { ...document, title: 'Another' });
    expect(answer).toMatchObject({ status: 201, body: { version: 2, publishedAt: '2026-03-02T12:00:00.000Z' } });
    expect((await call({ path: '/v1/models/current' })).body).toMatchObject({
      version: 2,
      model: { title: 'Another' },
    });
    const first = await call({ path: '/v1/models/{version}', params: { version: '1' } });
    expect(first.body).toMatchObject({ version: 1, model: { title: 'A club' } });
    expect(ModelList.parse((await call({ path: '/v1/models' })).body).models.map(({ current }) => current)).toEqual([
      false,
      true,
    ]);
  });

  it('leaves everything as it is where this very model is in force', async () => {
    const { send } = office();
    await send('POST', '/v1/models', document);
    const { title, ...rest } = document;
    const answer = await send('POST', '/v1/models', { ...rest, title });
    expect(answer).toMatchObject({ status: 200, body: { version: 1, changed: false } });
  });

  it('refuses one that is not valid, and names every fault by its place', async () => {
    const { send, call } = office();
    const [rule] = document.rules;
    const bad = {
      ...document,
      scores: [],
      rules: [
        { ...rule, points: 'many' },
        { ...rule, on: 'Visit' },
      ],
    };
    const { status, body } = await send('POST', '/v1/models', bad);
    expect(status).toBe(422);
    expect(body).toMatchObject({
      errors: [{ pointer: '/scores' }, { pointer: '/rules/0/points' }, { pointer: '/rules/1/on' }],
    });
    expect((await call({ path: '/v1/models/current' })).status).toBe(404);
  });

  it('refuses a template that could not be sent', async () => {
    const { send } = office();
    const template = { subject: 'Hello {{nobody}}', body: '<mj-text>{{{firstName}}}</mj-text>' };
    const messages = document.messages.map((message) => ({ ...message, templates: { en: template } }));
    const { status, body } = await send('POST', '/v1/models', { ...document, messages });
    expect(status).toBe(422);
    expect(body).toMatchObject({
      errors: [{ pointer: '/messages/0/templates/en/subject' }, { pointer: '/messages/0/templates/en/body' }],
    });
  });

  it.each([
    ['no JSON', '{', 400],
    ['nothing', '', 422],
    ['a list', '[]', 422],
    ['nested without end', '['.repeat(1000), 400],
    ['600 KB', ' '.repeat(600_000), 413],
  ])('refuses %s', async (_, body, status) => {
    expect((await office().send('POST', '/v1/models', body)).status).toBe(status);
  });

  it.each(['0', '-1', '01', 'x', '999999999', '7'])('knows no version %s', async (version) => {
    expect((await office().call({ path: '/v1/models/{version}', params: { version } })).status).toBe(404);
  });
});

describe('publishing with notes', () => {
  const notes = { author: 'Ingrid', hypothesis: 'More people come back in spring', review: '2027-03-01' };

  it('keeps them with the version', async () => {
    const { send, call } = office();
    expect((await send('POST', '/v1/models', { model: document, ...notes })).status).toBe(201);
    expect((await call({ path: '/v1/models/current' })).body).toMatchObject({ ...notes, model: { title: 'A club' } });
    expect(ModelList.parse((await call({ path: '/v1/models' })).body).models).toMatchObject([notes]);
  });

  it('names the faults of notes and model by their place in what was sent', async () => {
    const { send } = office();
    const late = await send('POST', '/v1/models', { model: document, review: 'in spring' });
    expect(late).toMatchObject({ status: 422, body: { errors: [{ pointer: '/review' }] } });
    const empty = await send('POST', '/v1/models', { model: { ...document, timeZone: 'Oslo' }, ...notes });
    expect(empty).toMatchObject({ status: 422, body: { errors: [{ pointer: '/model/timeZone' }] } });
    expect((await send('POST', '/v1/models', { model: document, mood: 'good' })).status).toBe(422);
  });
});

describe('publishing and silent members', () => {
  const other = { ...document, title: 'Another' };

  it('brings them along from then on, at a pace that may be said', async () => {
    const { send, rescores } = office();
    await send('POST', '/v1/models', document);
    expect(await rescores.rescore(1)).toMatchObject({ state: 'running', pace: 3000, total: 99, startedAt: now });
    await send('POST', '/v1/models', { model: other, rescore: { pace: 60 } });
    expect(await rescores.rescore(2)).toMatchObject({ state: 'running', pace: 60 });
    await send('POST', '/v1/models/{version}/rollback', { rescore: {} }, { version: '1' });
    expect(await rescores.rescore(3)).toMatchObject({ state: 'running', pace: 3000 });
  });

  it('leaves them as they are where that is wished, or nothing changes', async () => {
    const { send, rescores, call } = office();
    await send('POST', '/v1/models', { model: document, rescore: false });
    await send('POST', '/v1/models', document);
    expect(await rescores.rescores()).toEqual([]);
    expect((await call({ path: '/v1/models/current' })).body).not.toHaveProperty('rescore');
    expect((await send('POST', '/v1/models', { model: other, rescore: { pace: 0 } })).status).toBe(422);
  });
});

describe('rolling back', () => {
  const path = '/v1/models/{version}/rollback';
  const other = { ...document, title: 'Another' };

  it('publishes the model of the earlier version as a new one, and says so', async () => {
    const { send, call } = office();
    await send('POST', '/v1/models', document);
    await send('POST', '/v1/models', other);
    const answer = await send('POST', path, { hypothesis: 'It was better before' }, { version: '1' });
    expect({ ...answer, body: Published.parse(answer.body) }).toMatchObject({ status: 201, body: { version: 3 } });
    expect((await call({ path: '/v1/models/current' })).body).toMatchObject({
      version: 3,
      rollbackOf: 1,
      hypothesis: 'It was better before',
      model: { title: 'A club' },
    });
  });

  it('changes nothing where that model is in force, and needs no notes', async () => {
    const { send } = office();
    await send('POST', '/v1/models', document);
    expect(await send('POST', path, '', { version: '1' })).toMatchObject({
      status: 200,
      body: { version: 1, changed: false },
    });
  });

  it('needs a version that there is', async () => {
    const { send } = office();
    expect((await send('POST', path, {}, { version: '1' })).status).toBe(404);
    expect((await send('POST', path, {}, { version: 'first' })).status).toBe(404);
  });
});

describe('the staff', () => {
  const staff = {
    owners: [{ id: 'liisa', name: 'Liisa', email: 'liisa@example.org', language: 'fi' }],
    fallback: 'liisa',
  };

  it('is set as a whole, and read as it was set', async () => {
    const { send, call } = office();
    expect((await call({ path: '/v1/staff' })).status).toBe(404);
    expect((await send('PUT', '/v1/staff', staff)).status).toBe(200);
    expect((await call({ path: '/v1/staff' })).body).toEqual(staff);
  });

  it('may be many, and is told how many where they are too many', async () => {
    const crowd = (count: number, note = '') => ({
      owners: Array.from({ length: count }, (_, i) => ({
        ...{ id: `owner-${i}`, name: `Owner ${i}`, email: `owner-${i}@example.org`, language: 'nb' },
        looksAfter: { attribute: 'branch', eq: `branch-${i}${note}` },
      })),
      fallback: 'owner-0',
    });
    expect((await office().send('PUT', '/v1/staff', crowd(2_000))).status).toBe(200);
    expect((await office().send('PUT', '/v1/staff', crowd(2_001))).body).toMatchObject({
      errors: [{ pointer: '/owners', message: 'at most 2000 owners: let teams look after members' }],
    });
    expect((await office().send('PUT', '/v1/staff', crowd(1_500, 'x'.repeat(150)))).body).toMatchObject({
      errors: [{ pointer: '/owners', message: 'at most 380000 bytes: shorten the conditions' }],
    });
  });

  it('needs a fallback that is there', async () => {
    const { status, body } = await office().send('PUT', '/v1/staff', { ...staff, fallback: 'matti' });
    expect({ status, body }).toMatchObject({ status: 422, body: { errors: [{ pointer: '/fallback' }] } });
  });
});

describe('a source', () => {
  it('gets a secret that is shown once', async () => {
    const { send, call } = office();
    const made = await send('POST', '/v1/sources', { id: 'crm' });
    expect(made.status).toBe(201);
    expect(NewSecret.parse(made.body)).toEqual({ id: 'crm', secret: 'whsec_1' });
    const { text, body } = await call({ path: '/v1/sources' });
    expect(SourceList.parse(body).sources).toHaveLength(1);
    expect(text).not.toContain('whsec');
  });

  it('is made once, and under a name that can stand in an address', async () => {
    const { send } = office();
    await send('POST', '/v1/sources', { id: 'crm' });
    expect((await send('POST', '/v1/sources', { id: 'crm' })).status).toBe(409);
    expect((await send('POST', '/v1/sources', { id: 'polku' })).status).toBe(409);
    expect((await send('POST', '/v1/sources', { id: 'C R M' })).status).toBe(422);
  });

  it('gets another secret beside the old one, which ends a day later or when one says', async () => {
    const { send } = office();
    await send('POST', '/v1/sources', { id: 'crm' });
    const path = '/v1/sources/{source}/secrets';
    const rotated = await send('POST', path, {}, { source: 'crm' });
    expect(rotated).toMatchObject({
      status: 201,
      body: { secret: 'whsec_2', othersEndAt: '2026-03-03T12:00:00.000Z' },
    });
    const sooner = await send('POST', path, { overlapHours: 0.5 }, { source: 'crm' });
    expect(sooner.body).toMatchObject({ othersEndAt: '2026-03-02T12:30:00.000Z' });
    expect((await send('POST', path, '', { source: 'crm' })).status).toBe(201);
    expect((await send('POST', path, {}, { source: 'other' })).status).toBe(404);
    expect((await send('POST', path, { overlapHours: -1 }, { source: 'crm' })).status).toBe(422);
  });
});

it('gives links in mails a new key, and shows it to nobody', async () => {
  const { status, body } = await office().call({ method: 'POST', path: '/v1/link-keys' });
  expect([status, body]).toEqual([201, { id: '0badcafe' }]);
});

describe('erasing a member', () => {
  const about = (member: unknown) => JSON.stringify({ kind: 'activity', event: { member, odd: true } });
  const inputs = [
    inQuarantine(about('maija'), 1),
    inQuarantine(about({ id: 'maija' }), 2),
    inQuarantine(about('maija-2'), 3),
    inQuarantine('{ "member": "maija", broken', 4),
    ...Array.from({ length: 120 }, (_, i) => inQuarantine(about(`other-${i}`), 5 + i)),
    inQuarantine(about('maija'), 200),
    inQuarantine('{"mail":{"destination":["Maija@Example.org"]}}', 201),
    inQuarantine('{"mail":{"destination":["anna-maija@example.org"]}}', 202),
    inQuarantine('{ "member": "maija-2, broken', 203),
  ];
  const stored = { member: 'maija', events: 2, mails: 1, others: 2, quarantined: 5 };
  const params = { id: 'maija' };

  it('says first what would go, and touches nothing', async () => {
    const { call, sent, quarantine } = office({ inputs });
    expect((await call({ path: '/v1/members/{id}/erasure', params })).body).toEqual(stored);
    expect([sent.length, quarantine.size]).toEqual([0, inputs.length]);
  });

  it('looks through all of the quarantine, however little of it comes at a time', async () => {
    const { call } = office({ inputs, mostOnAPage: 3 });
    expect((await call({ path: '/v1/members/{id}/erasure', params })).body).toEqual(stored);
  });

  it('asks the scorer for it, at once and when all who were at work are done, and clears what lies in quarantine about them', async () => {
    const { call, sent, delays, quarantine } = office({ inputs });
    const answer = await call({ method: 'DELETE', path: '/v1/members/{id}', params });
    expect([answer.status, answer.body]).toEqual([202, stored]);
    const erasure = { kind: 'erasure', member: 'maija', at: now };
    expect([sent, delays]).toEqual([
      [erasure, erasure],
      [0, 900],
    ]);
    expect([...quarantine.values()].filter(({ body }) => /"maija["@]/i.test(body))).toEqual([]);
    expect(quarantine.size).toBe(inputs.length - 5);
  });

  it('clears nothing as long as the queue does not take it', async () => {
    const { call, quarantine } = office({ inputs, sends: false });
    expect((await call({ method: 'DELETE', path: '/v1/members/{id}', params })).status).toBe(503);
    expect(quarantine.size).toBe(inputs.length);
  });
});

describe('quarantine', () => {
  const replay = { method: 'POST', path: '/v1/quarantine/{id}/replay', params: { id: id(1) } };

  it('is listed page by page', async () => {
    const { call } = office({ inputs: [1, 2, 3].map((n) => inQuarantine('{}', n)) });
    const first = QuarantineList.parse((await call({ path: '/v1/quarantine', query: { limit: '2' } })).body);
    expect(first).toMatchObject({
      items: [{ id: id(1), reason: 'not-an-event', body: '{}' }, { id: id(2) }],
      next: id(2),
    });
    const rest = await call({ path: '/v1/quarantine', query: { limit: '2', cursor: id(2) } });
    expect(rest.body).toMatchObject({ items: [{ id: id(3) }] });
  });

  it('gives an input back to the queue, and lets go of it then', async () => {
    const { call, sent, quarantine } = office({ inputs: [inQuarantine(JSON.stringify(message))] });
    expect((await call(replay)).status).toBe(202);
    expect(sent).toEqual([message]);
    expect(quarantine.size).toBe(0);
    expect((await call(replay)).status).toBe(404);
  });

  it('gives a report of a mail back to the queue of such reports', async () => {
    const report = { eventType: 'Send', mail: { messageId: 'm-1', timestamp: '2026-03-02T11:00:00Z' } };
    const { call, sent, told, quarantine } = office({ inputs: [inQuarantine(JSON.stringify(report))] });
    expect((await call(replay)).status).toBe(202);
    expect({ sent, told, kept: quarantine.size }).toEqual({ sent: [], told: [report], kept: 0 });
  });

  it('keeps what the queue did not take', async () => {
    const { call, quarantine } = office({ inputs: [inQuarantine(JSON.stringify(message))], sends: false });
    expect((await call(replay)).status).toBe(503);
    expect(quarantine.size).toBe(1);
  });

  it.each(['{', '{}', '"text"', JSON.stringify({ ...message, kind: 'other' })])(
    'keeps what still is no message: %s',
    async (body) => {
      const { call, quarantine, sent } = office({ inputs: [inQuarantine(body)] });
      expect((await call(replay)).status).toBe(422);
      expect({ kept: quarantine.size, sent }).toEqual({ kept: 1, sent: [] });
    },
  );
});

describe('a mail of which nobody knows whether it left', () => {
  const tag = 'a-tag-of-a-mail';
  const resolve = (body: unknown, of = tag) =>
    ['POST', '/v1/deliveries/{tag}/resolve', body, { tag: of }] satisfies [string, string, unknown, object];

  it.each([true, false])('is settled by a person’s word, on the way of SES’s own: sent %s', async (sent) => {
    const { send, told } = office({ doubted: [tag] });
    expect(await send(...resolve({ sent }))).toMatchObject({ status: 202, body: { tag, sent } });
    expect(told).toEqual([{ kind: 'word', tag, sent }]);
  });

  it('is not settled where it is not in doubt, or no mail at all', async () => {
    const { send, told } = office({ doubted: [tag] });
    expect((await send(...resolve({ sent: true }, 'another-tag-of-a-mail'))).status).toBe(404);
    expect((await send(...resolve({ sent: true }, 'no tag!'))).status).toBe(404);
    expect(told).toEqual([]);
  });

  it.each(['{', '{}', { sent: 'yes' }, { sent: true, again: true }])('is not settled by %j', async (body) => {
    const { send, told } = office({ doubted: [tag] });
    expect((await send(...resolve(body))).status).toBe(body === '{' ? 400 : 422);
    expect(told).toEqual([]);
  });

  it('stays in doubt where the queue did not take the word', async () => {
    const { send } = office({ doubted: [tag], sends: false });
    expect(await send(...resolve({ sent: true }))).toMatchObject({ status: 503, headers: { 'retry-after': '10' } });
  });
});

describe('marketing that has stopped by itself', () => {
  it('is shown with its reason, and goes on when a person says so', async () => {
    const { send, call } = office();
    expect((await call({ path: '/v1/mail' })).body).toMatchObject({
      marketing: { stopped: { why: 'bounces' } },
      ...{ sent: 2_000, bounced: 120, bounceRate: 0.06, complaintRate: 0.0005 },
    });
    expect((await send('POST', '/v1/mail/resume', {})).body).toMatchObject({ marketing: { stopped: null }, sent: 0 });
  });

  it('is one thing, an address that bounced another: a person may let that be written to again', async () => {
    const { send, allowed } = office();
    expect((await send('POST', '/v1/mail/allow', { address: 'maija@example.org' })).status).toBe(200);
    expect((await send('POST', '/v1/mail/allow', { address: 'no address' })).status).toBe(422);
    expect(allowed).toEqual(['maija@example.org']);
  });
});
