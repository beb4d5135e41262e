import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { type Asked, NOW, problem, secret, terminal } from './terminal.ts';

describe('where Polku is', () => {
  it('is said in a sentence when it does not run', async () => {
    const sentence = 'Polku is not running: start it in another terminal with `npm start`, then try again.\n';
    expect(await terminal({}, { running: false }).type('model', 'list')).toEqual({ code: 1, out: '', err: sentence });
    expect(await terminal().type('model', 'list')).toEqual({ code: 1, out: '', err: sentence });
  });

  it('can be somewhere else, with a token', async () => {
    const { type, asked } = terminal(
      { 'GET /v1/models': [200, { models: [] }] },
      { env: { POLKU_API: 'https://polku.example/', POLKU_TOKEN: 'theirs' } },
    );
    expect(await type('model', 'list')).toMatchObject({ code: 0, out: 'No model has been published yet.\n' });
    expect(asked[0]?.headers.get('authorization')).toBe('Bearer theirs');
    expect(await type('clock', '+1d')).toMatchObject({
      code: 1,
      err: 'Only the clock of a Polku on this machine can be moved.\n',
    });
    expect(await type('member', 'show', 'x')).toMatchObject({
      err: 'Polku cannot be reached at https://polku.example: look at POLKU_API.\n',
    });
  });

  it('needs a token there', async () => {
    const { type } = terminal({}, { env: { POLKU_API: 'https://polku.example' } });
    expect((await type('model', 'list')).err).toContain('POLKU_TOKEN is not');
    const refusing = terminal(
      { 'GET /v1/models': [401, { message: 'Unauthorized' }] },
      { env: { POLKU_API: 'https://polku.example', POLKU_TOKEN: 'old' } },
    );
    expect((await refusing.type('model', 'list')).err).toBe(
      'Polku does not take the token: set POLKU_TOKEN to a fresh one.\n',
    );
  });

  it.each([[['nonsense']], [['member', 'list']], [['clock', '--fast']], [['model', 'publish']]])(
    'a command that is not understood ends with 2: %j',
    async (args) => {
      const { code, err } = await terminal().type(...args);
      expect(code).toBe(2);
      expect(err).toContain('--help');
    },
  );

  it('help is no failure', async () => {
    const { code, out } = await terminal().type('--help');
    expect({ code, quarantine: out.includes('quarantine') }).toEqual({ code: 0, quarantine: true });
  });
});

describe('source', () => {
  it('shows a new secret once', async () => {
    const { type } = terminal({ 'POST /v1/sources': [201, { id: 'shop', secret }] });
    const { code, out } = await type('source', 'add', 'shop');
    expect({ code, shown: out.includes(secret) }).toEqual({ code: 0, shown: true });
    expect(out).toContain('http://127.0.0.1:4400/v1/webhooks/shop');
  });

  it('is rotated with the overlap that one says', async () => {
    const { type, asked } = terminal({
      'POST /v1/sources/shop/secrets': [201, { id: 'shop', secret, othersEndAt: NOW }],
    });
    expect((await type('source', 'rotate', 'shop', '--overlap-hours', '48')).out).toContain(
      'count until 2 Mar 2026, 14:00',
    );
    expect(asked[0]?.body).toBe('{"overlapHours":48}');
    expect((await type('source', 'rotate', 'shop', '--overlap-hours', 'x')).code).toBe(1);
  });

  it('that is there already is a sentence', async () => {
    const { type } = terminal({ 'POST /v1/sources': problem(409, 'There is a source of this id') });
    expect(await type('source', 'add', 'crm')).toEqual({ code: 1, out: '', err: 'There is a source of this id.\n' });
  });
});

describe('members in a stage', () => {
  it('come from as many pages as it takes', async () => {
    const page = (member: string, next?: string) =>
      [
        200,
        {
          journey: 'member',
          stage: 'at-risk',
          members: [{ member, stage: 'at-risk', since: NOW, scores: { engagement: 3.21 } }],
          ...(next ? { next } : {}),
        },
      ] as const;
    const { type } = terminal({
      'GET /v1/members?stage=at-risk&limit=50': page('a', 'c1'),
      'GET /v1/members?stage=at-risk&limit=50&cursor=c1': page('b'),
    });
    expect((await type('member', 'list', '--stage', 'at-risk')).out).toBe(
      'a  since 2 Mar 2026, 14:00    engagement 3.2\nb  since 2 Mar 2026, 14:00    engagement 3.2\n',
    );
  });
});

describe('deliveries', () => {
  it('that are held are listed with what they wait for, and until when', async () => {
    const mail = {
      kind: 'mail',
      tag: 'tag-of-a-mail',
      at: '2026-11-27T22:10:00.000Z',
      why: 'quiet-hours',
      until: '2026-11-30T07:00:00.000Z',
      member: 'kim-sample',
      id: 'member#1#message',
    };
    const { type } = terminal({ 'GET /v1/deliveries?state=held&limit=100': [200, { deliveries: [mail] }] });
    const { out } = await type('deliveries', '--held');
    expect(out).toMatch(/kim-sample +waits for a decent hour +until .*30/);
    expect(out).toContain('They go by themselves');
  });

  const item = { tag: 'tag-of-a-mail', at: '2026-03-02T12:00:00.000Z', why: 'TimeoutError' };
  const letter = { ...item, kind: 'mail', member: 'maija', id: 'member#1#message' };
  const digest = { ...item, tag: 'tag-of-a-digest', kind: 'digest', owner: 'kaisa', run: '2026-03-02T06:00:00.000Z' };

  it('are listed from all pages where nobody knows what became of them, and what to do about it', async () => {
    const { type } = terminal({
      'GET /v1/deliveries?state=unknown&limit=100': [200, { deliveries: [letter], next: 'tag-of-a-mail' }],
      'GET /v1/deliveries?state=unknown&limit=100&cursor=tag-of-a-mail': [200, { deliveries: [digest] }],
    });
    const { out } = await type('deliveries', '--unknown');
    expect(out).toContain('tag-of-a-mail    2 Mar 2026, 14:00  member#1#message of maija');
    expect(out).toContain('digest of 2 Mar 2026, 08:00 for kaisa  TimeoutError');
    expect(out).toContain('deliveries resolve TAG --not-sent');
    const { out: json } = await type('--json', 'deliveries', '--unknown');
    expect(JSON.parse(json)).toEqual({ deliveries: [letter, digest] });
  });

  it('are all known, as a rule', async () => {
    const { type } = terminal({ 'GET /v1/deliveries?state=unknown&limit=100': [200, { deliveries: [] }] });
    expect((await type('deliveries', '--unknown')).out).toBe('Of every mail it is known what became of it.\n');
    expect(await type('deliveries')).toMatchObject({ code: 1, err: expect.stringContaining('deliveries --unknown') });
  });

  it.each([
    ['--sent', true, 'Noted: it went out.\n'],
    ['--not-sent', false, 'Noted: it did not go out. It is not sent again.\n'],
  ])('are settled by what somebody found out: %s', async (option, sent, out) => {
    const { type, asked } = terminal({
      'POST /v1/deliveries/tag-of-a-mail/resolve': [202, { tag: 'tag-of-a-mail', sent }],
    });
    expect(await type('deliveries', 'resolve', 'tag-of-a-mail', option)).toMatchObject({ code: 0, out });
    expect(JSON.parse(asked[0]?.body ?? '')).toEqual({ sent });
  });

  it.each([[[]], [['--sent', '--not-sent']]])('are not settled by halves: %j', async (options) => {
    expect(await terminal().type('deliveries', 'resolve', 'tag-of-a-mail', ...options)).toMatchObject({
      code: 1,
      err: expect.stringContaining('Say which'),
    });
  });
});

describe('quarantine', () => {
  const item = (id: string) => ({ id, at: NOW, reason: 'the time is missing', body: '{"kind":1}' });

  it('shows why, and the input when one asks for it', async () => {
    const { type } = terminal({ 'GET /v1/quarantine?limit=100': [200, { items: [item('a1')] }] });
    expect((await type('quarantine', 'list')).out).toBe('a1  2 Mar 2026, 14:00  the time is missing\n');
    expect((await type('quarantine', 'list', '--bodies')).out).toContain('  {"kind":1}\n');
  });

  it('replays all, and says what stays', async () => {
    const { type } = terminal({
      'GET /v1/quarantine?limit=100': [200, { items: [item('a1'), item('a2')] }],
      'POST /v1/quarantine/a1/replay': [202, { id: 'a1' }],
      'POST /v1/quarantine/a2/replay': problem(422, 'It is still nothing that can be processed'),
    });
    expect(await type('quarantine', 'replay', '--all')).toEqual({
      code: 1,
      out: '1 back in the queue, 1 kept.\n',
      err: 'a2  It is still nothing that can be processed.\nSome of the inputs still cannot be processed.\n',
    });
    expect(await type('quarantine', 'replay', 'a1')).toMatchObject({ code: 0, out: 'It is back in the queue.\n' });
    expect((await type('quarantine', 'replay')).code).toBe(1);
  });
});

describe('send', () => {
  const event = (id: string) => ({ id, type: 'site.visited', member: { id: 'm' }, time: NOW, data: {} });
  const events = Array.from({ length: 150 }, (_, i) => event(`e-${i}`));
  /** Takes what is signed as the library verifies it; refuses the events with the given ids. */
  const door =
    (refused: readonly string[] = []) =>
    ({ body, headers }: Asked) => {
      const sent: { id: string }[] = JSON.parse(body);
      const signature = new Webhook(secret).sign(headers.get('webhook-id') ?? '', new Date(NOW), body);
      if (headers.get('webhook-signature') !== signature) return problem(401, 'Not authentic');
      const results = sent.map(({ id }, index) => ({
        index,
        id,
        status: refused.includes(id) ? 'refused' : 'accepted',
        ...(refused.includes(id)
          ? {
              problem: {
                type: 'about:blank',
                title: 'Not valid',
                status: 422,
                errors: [{ pointer: '/time', message: 'is missing' }],
              },
            }
          : {}),
      }));
      const bad = results.filter(({ status }) => status === 'refused').length;
      if (bad === 0) return [202, { accepted: sent.length }] as const;
      return [207, { accepted: sent.length - bad, refused: bad, results }] as const;
    };

  it('signs a file of events, in as many requests as it takes', async () => {
    const { type, asked } = terminal(
      { 'POST /v1/webhooks/crm': door() },
      { files: { 'e.json': JSON.stringify(events) } },
    );
    expect(await type('send', 'e.json')).toEqual({ code: 0, out: '150 events accepted.\n', err: '' });
    expect(
      asked.filter(({ request }) => request.startsWith('POST')).map(({ body }) => JSON.parse(body).length),
    ).toEqual([100, 50]);
  });

  it('says which event of the file was refused, and why', async () => {
    const { type } = terminal(
      { 'POST /v1/webhooks/crm': door(['e-120']) },
      { files: { 'e.json': JSON.stringify(events) } },
    );
    expect(await type('send', 'e.json')).toEqual({
      code: 1,
      out: '149 events accepted.\n',
      err: 'event 120 (e-120): /time is missing\n1 event was refused.\n',
    });
  });

  it('is told who sends, elsewhere', async () => {
    const { type } = terminal(
      { 'POST /v1/webhooks/shop': door() },
      { files: { 'e.json': JSON.stringify(event('a')) } },
    );
    expect((await type('send', 'e.json', '--source', 'shop')).err).toContain('Say the secret of shop');
    expect(await type('send', 'e.json', '--source', 'shop', '--secret', secret)).toMatchObject({
      code: 0,
      out: '1 event accepted.\n',
    });
  });

  it.each([['{', 'e.json is not JSON: it holds one event, or a list of events.\n']])(
    'a file of %s is a sentence',
    async (text, err) => {
      expect((await terminal({}, { files: { 'e.json': text } }).type('send', 'e.json')).err).toBe(err);
    },
  );

  it('has a curl that is signed for now', async () => {
    const { out } = await terminal().type('curl');
    expect(out).toMatch(/^curl -i http:\/\/127\.0\.0\.1:4400\/v1\/webhooks\/crm/);
    expect(out).toContain(`webhook-timestamp: ${Date.parse(NOW) / 1000}`);
  });
});

describe('member export', () => {
  it('prints all pages as one document', async () => {
    const event = (id: string) => ({ kind: 'event', at: NOW, source: 'crm', id, type: 'site.visited', data: {} });
    const page = { member: 'm-1', asOf: NOW };
    const { type, asked } = terminal({
      'GET /v1/members/m-1/export': [200, { ...page, records: [event('e-1')], next: 'abc' }],
      'GET /v1/members/m-1/export?cursor=abc': [200, { ...page, records: [event('e-2')] }],
    });
    const { code, out } = await type('member', 'export', 'm-1');
    expect({ code, asked: asked.length }).toEqual({ code: 0, asked: 2 });
    expect(JSON.parse(out)).toEqual({ ...page, records: [event('e-1'), event('e-2')] });
  });
});

describe('clock', () => {
  const target = '2026-04-01T12:00:00.000Z';
  const lines = `{"now":"2026-03-09T12:00:00.000Z","target":"${target}"}\n{"now":"${target}","target":"${target}"}\n`;

  it('tells the time in Polku', async () => {
    expect((await terminal().type('clock')).out).toBe('It is 2 Mar 2026, 14:00 in Polku.\n');
  });

  it.each([
    [['+30d'], '{"by":"30d"}'],
    [['+2', 'weeks'], '{"by":"2w"}'],
    [['12h'], '{"by":"12h"}'],
    [['to', '2026-04-01T12:00:00Z'], `{"to":"${target}"}`],
  ])('is moved by %j', async (words, body) => {
    const { type, asked } = terminal({ 'POST control/clock': [200, lines] });
    expect(await type('clock', ...words)).toEqual({ code: 0, out: 'It is 1 Apr 2026, 15:00 in Polku.\n', err: '' });
    expect(asked.at(-1)?.body).toBe(body);
  });

  it.each(['soon', '-3d', '2026-99-99', '30'])('is not moved by "%s"', async (word) => {
    expect((await terminal().type('clock', '--', word)).err).toContain('is no time: write for example');
  });

  it.each([
    ['that is over', [400, { error: 'behind' }], 'The clock only goes forward: it is 2 Mar 2026, 14:00 in Polku.\n'],
    [
      'with a fault on the way',
      [200, '{"error":"a table is gone"}\n'],
      'The clock stopped on the way: a table is gone\n',
    ],
    [
      'that ends too soon',
      [200, lines.split('\n').slice(0, 1).join('\n')],
      'The clock stopped on the way: Polku has ended.\n',
    ],
  ] as const)('says so of a journey %s', async (_, answer, err) => {
    expect(await terminal({ 'POST control/clock': answer }).type('clock', '+30d')).toEqual({ code: 1, out: '', err });
  });
});
