import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { event } from '../../support/given.ts';
import { desk, tokenFor, UNSUBSCRIBE } from './desk.ts';

const maija = [
  event('member.joined', 0, { email: 'maija@example.org', data: { attributes: { language: 'fi' } } }),
  event('consent.given', 0, { data: { purpose: 'marketing' } }),
];
const token = tokenFor('marketing');
const oneClick = {
  method: 'POST',
  path: UNSUBSCRIBE,
  params: { token },
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: 'List-Unsubscribe=One-Click',
};

describe('one click', () => {
  it('ends the mails of the purpose: no cookie, no login, no redirect', async () => {
    const { ask, news, chosen } = desk(maija);
    const { status, headers, text } = await ask(oneClick);
    expect(status).toBe(200);
    expect(headers.location).toBeUndefined();
    expect(headers['set-cookie']).toBeUndefined();
    expect(text).toContain('Tilaus on peruttu');
    expect(chosen.get('maija')?.consents.marketing).toMatchObject({ given: false });
    expect(news()).toEqual(['consent.withdrawn marketing']);
  });

  it.each([
    ['as a form of parts', { 'content-type': 'multipart/form-data; boundary=x' }, '--x\r\n…'],
    ['with a body of its own', { 'content-type': 'text/plain' }, 'hello'],
    ['without a body', {}, ''],
  ])('counts %s', async (_, headers, body) => {
    const { ask, chosen } = desk(maija);
    expect((await ask({ ...oneClick, headers, body })).status).toBe(200);
    expect(chosen.get('maija')?.consents.marketing).toMatchObject({ given: false });
  });

  it('twice is the same as once', async () => {
    const { ask, world, chosen, score, news } = desk(maija);
    const first = await ask(oneClick);
    const said = chosen.get('maija');
    expect((await ask(oneClick)).text).toBe(first.text);
    expect(chosen.get('maija')).toBe(said);
    expect(world.writes).toBe(1);
    // The ledger had not heard of it yet, so it is told once more: with the same event, which counts once.
    score();
    expect(new Set(world.ledger.map(({ id }) => id)).size).toBe(world.ledger.length - 1);
    await ask(oneClick);
    expect(news()).toEqual([]);
  });

  it('is asked for again where the queue did not take it, and completes what is missing then', async () => {
    const { ask, world, chosen, news } = desk(maija);
    world.queueFails = 1;
    const { status, headers } = await ask(oneClick);
    expect([status, headers['retry-after']]).toEqual([503, '60']);
    // Nobody writes to them in between.
    expect(chosen.get('maija')?.consents.marketing).toMatchObject({ given: false });
    expect((await ask(oneClick)).status).toBe(200);
    expect(news()).toEqual(['consent.withdrawn marketing']);
  });

  it('is not lost when something else is chosen at the same moment', async () => {
    const { ask, world, chosen } = desk(maija);
    world.conflicts = 2;
    expect((await ask(oneClick)).status).toBe(200);
    expect(chosen.get('maija')?.consents.marketing).toMatchObject({ given: false });
  });

  it('of somebody who was erased is answered as they hope, and counts if they come back', async () => {
    const { ask, world, told, refused } = desk(maija);
    const { status, text } = await ask({ ...oneClick, params: { token: tokenFor('marketing', 'erased') } });
    expect(status).toBe(200);
    expect(text).toContain('You are unsubscribed');
    expect([world.writes, told.length, refused]).toEqual([0, 0, ['erased marketing']]);
  });

  it('does not end what belongs to the service', async () => {
    const { ask, world } = desk(maija);
    const { status, text } = await ask({ ...oneClick, params: { token: tokenFor('service') } });
    expect([status, world.writes]).toEqual([200, 0]);
    expect(text).toContain('This belongs to the membership');
  });
});

describe('looking at the link', () => {
  it('shows a page with a button, and changes nothing', async () => {
    const { ask, world, told } = desk(maija);
    const { status, text } = await ask({ ...oneClick, method: 'GET', body: '' });
    expect(status).toBe(200);
    expect(text).toContain('<button>Peru tilaus</button>');
    expect(text).toContain(`action="/v1/unsubscribe/${token}?lang=fi"`);
    expect([world.writes, told.length]).toEqual([0, 0]);
  });

  it('that somebody has followed before says that they are unsubscribed, and changes nothing', async () => {
    const { ask, world, score, told } = desk(maija);
    const look = async () => (await ask({ ...oneClick, method: 'GET', query: { lang: 'en' }, body: '' })).text;
    await ask(oneClick);
    // The ledger has not heard of it, so it may have to be told once more.
    expect(await look()).toContain('<button>Unsubscribe</button>');
    score();
    const before = [world.writes, told.length];
    expect(await look()).toContain('You are unsubscribed');
    expect([world.writes, told.length]).toEqual(before);
  });

  it('asks whom only a source says no for: their own no holds longer', async () => {
    const no = event('consent.withdrawn', 1, { data: { purpose: 'marketing' } });
    const { text } = await desk([...maija, no]).ask({ ...oneClick, method: 'GET', body: '' });
    expect(text).toContain('<button>Peru tilaus</button>');
  });

  it.each([
    ['HEAD', 200],
    ['OPTIONS', 204],
    ['PUT', 405],
    ['DELETE', 405],
    ['PATCH', 405],
    ['TRACE', 405],
  ])('with %s reads and changes nothing', async (method, expected) => {
    const { ask, world, told } = desk(maija);
    const { status, text } = await ask({ ...oneClick, method });
    expect([status, text, world.reads, world.writes, told.length]).toEqual([expected, '', 0, 0, 0]);
  });

  it('can be in another language than the member’s', async () => {
    const { text } = await desk(maija).ask({ ...oneClick, method: 'GET', query: { lang: 'sv' }, body: '' });
    expect(text).toContain('<html lang="sv">');
  });
});

describe('a link that is none of ours', () => {
  const forged = (change: string) => ({ ...oneClick, params: { token: change } });

  it('is answered with a friendly page, the same whatever is wrong with it', async () => {
    const { ask, world } = desk(maija);
    const wrong = ['x', token.slice(0, -1), `${token}A`, token.toUpperCase(), '../../v1/members', ' ', '%00'];
    const answers = await Promise.all(wrong.map((one) => ask(forged(one))));
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(404);
    expect(answers[0]?.text).toContain('This link does not work');
    expect([world.reads, world.writes]).toEqual([0, 0]);
  });

  it('is in the language of the browser, if it is one of ours', async () => {
    const { text } = await desk(maija).ask({ ...forged('x'), headers: { 'accept-language': 'nn-NO,nn;q=0.9' } });
    expect(text).toContain('<html lang="nb">');
  });

  it('never acts: 10,000 forged ones, no hit', async () => {
    const { ask, world, chosen } = desk(maija);
    const bytes = Buffer.from(token, 'base64url');
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
        const other = Buffer.from(bytes);
        other[at] = (other[at] ?? 0) ^ by;
        expect((await ask(forged(other.toString('base64url')))).status).toBe(404);
      }),
      { numRuns: 10_000 },
    );
    expect([world.reads, world.writes, chosen.size]).toEqual([0, 0, 0]);
  });
});
