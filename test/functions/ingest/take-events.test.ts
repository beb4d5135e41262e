import { describe, expect, it } from 'vitest';
import { ActivityMessage } from '../../../events/activity-message.ts';
import { frontDoor, now, visit } from './door.ts';

describe('the front door', () => {
  it('takes one event', async () => {
    const { deliver, queue } = frontDoor();
    const answer = await deliver(visit('e-1', { member: { id: 'm-1', email: ' a@example.org' } }));
    expect(answer).toMatchObject({ status: 202, body: { accepted: 1 } });
    expect(queue).toEqual([
      {
        kind: 'activity',
        event: {
          source: 'crm',
          id: 'e-1',
          type: 'site.visited',
          member: 'm-1',
          email: 'a@example.org',
          time: now - 3_600_000,
          data: { topic: 'pay' },
        },
      },
    ]);
  });

  it('takes a batch of a hundred', async () => {
    const { deliver, queue } = frontDoor();
    const batch = Array.from({ length: 100 }, (_, i) => visit(`e-${i}`));
    expect(await deliver(batch)).toMatchObject({ status: 202, body: { accepted: 100 } });
    expect(queue.length).toBe(100);
  });

  it('takes a type that nobody knows, and an event without data', async () => {
    const { deliver, queue } = frontDoor();
    const { data: _, ...bare } = visit('e-1');
    const batch = [visit('e-2', { type: 'library-card.renewed', data: { deep: { er: [null] } } }), bare];
    expect(await deliver(batch)).toMatchObject({ status: 202 });
    expect(queue.map((message) => ActivityMessage.parse(message))).toEqual(queue);
  });

  it('takes the same event twice in a batch: it counts once later on', async () => {
    expect(await frontDoor().deliver([visit('e-1'), visit('e-1')])).toMatchObject({
      status: 202,
      body: { accepted: 2 },
    });
  });

  it('answers item by item where only a part is in order', async () => {
    const { deliver, queue } = frontDoor();
    const answer = await deliver([visit('e-0'), visit('e-1', { type: 'Visit' }), visit('e-2', { time: 'noon' }), 7]);
    expect(answer.status).toBe(207);
    expect(answer.body).toMatchObject({
      accepted: 1,
      refused: 3,
      results: [
        { index: 0, id: 'e-0', status: 'accepted' },
        { index: 1, id: 'e-1', status: 'refused', problem: { status: 422, errors: [{ pointer: '/type' }] } },
        { index: 2, id: 'e-2', status: 'refused', problem: { status: 422, errors: [{ pointer: '/time' }] } },
        { index: 3, status: 'refused', problem: { status: 422 } },
      ],
    });
    expect(queue.length).toBe(1);
  });

  it('says what is wrong where nothing is in order', async () => {
    const answer = await frontDoor().deliver(visit('e-1', { type: 'survey.answered', data: { rating: 3 } }));
    expect(answer.status).toBe(400);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(answer.body).toMatchObject({
      status: 400,
      results: [{ problem: { errors: [{ pointer: '/data/survey' }] } }],
    });
  });

  it.each([
    ['five minutes ahead', '2026-03-02T12:05:00Z', 202],
    ['a little more than five minutes ahead', '2026-03-02T12:05:00.001Z', 400],
    ['five minutes ahead in another zone', '2026-03-02T14:05:00+02:00', 202],
    ['of the year 1900', '1900-01-01T00:00:00Z', 202],
    ['before 1900', '1899-12-31T23:59:59Z', 400],
    ['without an offset', '2026-03-02T11:00:00', 400],
    ['on a day that there is not', '2026-02-30T11:00:00Z', 400],
  ])('answers an event %s with %s → %i', async (_, time, status) => {
    expect((await frontDoor().deliver(visit('e-1', { time }))).status).toBe(status);
  });
});

describe('what is too large', () => {
  it.each([
    ['a body of 256 KiB', 262_144, 400],
    ['a body of one byte more', 262_145, 413],
  ])('%s', async (_, bytes, status) => {
    expect((await frontDoor().deliver(' '.repeat(bytes))).status).toBe(status);
  });

  it('a batch of 101', async () => {
    const batch = Array.from({ length: 101 }, (_, i) => visit(`e-${i}`));
    expect((await frontDoor().deliver(batch)).status).toBe(413);
  });

  it('an event of more than 64 KiB, alone among others', async () => {
    const answer = await frontDoor().deliver([visit('a', { data: { text: 'ä'.repeat(33_000) } }), visit('b')]);
    expect(answer).toMatchObject({
      status: 207,
      body: { results: [{ problem: { status: 413 } }, { status: 'accepted' }] },
    });
  });
});

describe('the queue behind the door', () => {
  it('is not spoken of before it has the event', async () => {
    const { deliver } = frontDoor({ send: async (messages) => messages.map(() => false) });
    const answer = await deliver([visit('a'), visit('b')]);
    expect(answer).toMatchObject({ status: 503, headers: { 'retry-after': '10' } });
    expect(answer.body).toMatchObject({ results: [{ problem: { status: 503 } }, { problem: { status: 503 } }] });
  });

  it('may take a part: each event is told its own fate', async () => {
    const { deliver } = frontDoor({ send: async (messages) => messages.map((_, i) => i !== 1) });
    const answer = await deliver([visit('a'), visit('b', { id: '' }), visit('c'), visit('d')]);
    expect(answer).toMatchObject({
      status: 207,
      body: {
        accepted: 2,
        refused: 2,
        results: [
          { id: 'a', status: 'accepted' },
          { status: 'refused', problem: { status: 422 } },
          { id: 'c', status: 'refused', problem: { status: 503 } },
          { id: 'd', status: 'accepted' },
        ],
      },
    });
  });

  it('asks to be tried again where the rest was bad', async () => {
    const { deliver } = frontDoor({ send: async (messages) => messages.map(() => false) });
    expect((await deliver([visit('a'), 7])).status).toBe(503);
  });
});

describe('who is not authentic', () => {
  const body = JSON.stringify(visit('e-1'));
  const { headersFor } = frontDoor();
  const good = headersFor(body);
  const forged: [string, Record<string, string>, string | Buffer][] = [
    ['no signature at all', { 'content-type': 'application/json' }, body],
    ['another signature', { ...good, 'webhook-signature': `v1,${'A'.repeat(43)}=` }, body],
    ['another id', { ...good, 'webhook-id': 'msg_2' }, body],
    ['another time', { ...good, 'webhook-timestamp': String(now / 1000 + 1) }, body],
    ['a body changed', good, body.replace('e-1', 'e-2')],
    ['no JSON, not signed', { ...good }, '{'],
    ['no UTF-8, not signed', { ...good }, Buffer.from([0xff, 0xfe])],
    ['the header twice', { ...good, 'webhook-id': 'msg_1,msg_1' }, body],
  ];

  it.each(forged)('gets the same answer: %s', async (_, headers, sent) => {
    const { post, calls } = frontDoor();
    const answer = await post(sent, headers);
    const { headers: ours, text } = answer;
    expect({ status: answer.status, ours, text }).toEqual({
      status: 401,
      ours: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
      text: '{"type":"about:blank","title":"Not authentic","status":401}',
    });
    expect(new Set(calls)).toEqual(new Set(['source']));
  });

  it('is seen over the bytes, also where the gateway sends them as base64', async () => {
    const { post, queue } = frontDoor();
    const bytes = Buffer.from(JSON.stringify(visit('é-1')));
    expect((await post(bytes, headersFor(bytes))).status).toBe(202);
    expect((await post(bytes.toString(), headersFor(bytes))).status).toBe(202);
    expect(queue.length).toBe(2);
  });
});

describe('before the signature is looked at', () => {
  it.each(['unknown', 'CRM', '', '../crm', 'a'.repeat(200)])(
    'a source that is not there is not found: %s',
    async (id) => {
      const { post, headersFor } = frontDoor();
      expect((await post('{}', headersFor('{}'), id)).status).toBe(404);
    },
  );

  it.each(['text/plain', '', 'application/x-www-form-urlencoded', 'application/jsonp'])(
    '%s is not JSON',
    async (type) => {
      const { post, headersFor } = frontDoor();
      expect((await post('{}', { ...headersFor('{}'), 'content-type': type })).status).toBe(415);
    },
  );

  it('what is compressed is not read', async () => {
    const { post, headersFor } = frontDoor();
    expect((await post('{}', { ...headersFor('{}'), 'content-encoding': 'gzip' })).status).toBe(415);
  });

  it.each(['application/json; charset=utf-8', 'Application/JSON'])('%s is JSON', async (type) => {
    const { post, headersFor } = frontDoor();
    const body = JSON.stringify(visit('a'));
    expect((await post(body, { ...headersFor(body), 'content-type': type })).status).toBe(202);
  });
});
