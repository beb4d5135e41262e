import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LoopbackServer } from '../../infra/local/loopback.ts';
import { type Mail, type MailStore, openMailStore } from '../../infra/local/mail/mail-store.ts';
import { startMailbox } from '../../infra/local/mailbox/start-mailbox.ts';

const NASTY = `"><script>alert(1)</script><img src=x onerror='alert(2)'>&amp;`;

let folder: string;
let store: MailStore;
let server: LoopbackServer;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'polku-mailbox-'));
  store = openMailStore(folder);
  server = await startMailbox(0, async () => ({}), { store, zone: 'Europe/Oslo' });
});
afterEach(async () => {
  await server.close();
  store.close();
  rmSync(folder, { recursive: true });
});

const keep = (changes: Partial<Mail>): void =>
  store.keep({
    id: 'mail-1',
    at: Date.UTC(2026, 10, 23, 6),
    from: 'hello@example.org',
    to: ['kari@example.org'],
    cc: [],
    bcc: [],
    replyTo: [],
    subject: 'Welcome',
    headers: {},
    text: 'Hello in text',
    html: '<p>Hello in HTML</p>',
    tags: { kind: 'message' },
    ...changes,
  });

const get = async (path: string) => {
  const answer = await fetch(server.address + path);
  return { status: answer.status, headers: answer.headers, body: await answer.text() };
};

/** By another name than this machine's own, or as a page of another site would ask; `fetch` lets nobody say so. */
const askAs = (headers: Record<string, string>, method = 'GET'): Promise<number> =>
  new Promise((resolve, reject) => {
    const asked = request(server.address, { method, headers }, (answer) => resolve(answer.resume().statusCode ?? 0));
    asked.on('error', reject).end();
  });

describe('the mailbox', () => {
  it('lists mails with the newest first, at the reader’s own hour', async () => {
    keep({});
    keep({ id: 'mail-2', subject: 'Later' });
    const { status, body } = await get('/');
    expect(status).toBe(200);
    expect(body.indexOf('Later')).toBeLessThan(body.indexOf('Welcome'));
    expect(body).toContain('07:00</time>');
  });

  it('finds by recipient and subject, in any case', async () => {
    keep({});
    keep({ id: 'mail-2', to: ['ola@example.org'], bcc: ['Siri@example.org'], subject: 'Digest of the week' });
    expect((await get('/?to=SIRI&subject=digest')).body).toContain('1 mail<');
    expect((await get('/?to=kari&subject=digest')).body).toContain('No mail fits');
    expect((await get('/?to=%25')).body).toContain('No mail fits');
  });

  it('pages through many', async () => {
    for (let i = 0; i < 120; i++) keep({ id: `mail-${i}`, subject: `Number ${i}.` });
    expect((await get('/?subject=number&page=3')).body).toContain('Page 3 of 3');
    expect((await get('/?subject=number&page=3')).body).toContain('Number 0.');
    expect((await get('/?subject=number&page=2')).body).toContain('/?subject=number&#38;page=3');
  });

  it('shows one mail: who, what, tags, text, and the HTML in a frame that may do nothing', async () => {
    keep({ replyTo: ['owner@example.org'] });
    const { body } = await get('/mail/mail-1');
    for (const part of [
      'hello@example.org',
      'kari@example.org',
      'owner@example.org',
      'kind: message',
      'Hello in text',
    ]) {
      expect(body).toContain(part);
    }
    expect(body).toMatch(/<iframe src="\/mail\/mail-1\/body" sandbox title=/);
    const frame = await get('/mail/mail-1/body');
    expect(frame.body).toBe('<p>Hello in HTML</p>');
    expect(frame.headers.get('content-security-policy')).toMatch(
      /default-src 'none'.*frame-ancestors 'self'.*; sandbox$/,
    );
  });

  it('escapes whatever a mail says about itself', async () => {
    keep({ subject: NASTY, from: NASTY, to: [NASTY], tags: { [NASTY]: NASTY }, text: NASTY });
    for (const path of [
      '/',
      '/mail/mail-1',
      `/?to=${encodeURIComponent(NASTY)}&subject=${encodeURIComponent(NASTY)}`,
    ]) {
      const { body } = await get(path);
      expect(body).toContain('&#60;script&#62;');
      expect(body).not.toMatch(/<script|<img|onerror='/);
    }
  });

  it('asks for nothing from elsewhere and runs no script', async () => {
    keep({});
    for (const path of ['/', '/mail/mail-1', '/nowhere']) {
      const { headers, body } = await get(path);
      expect(headers.get('content-security-policy')).toContain("default-src 'none'; style-src 'self'");
      expect(headers.get('content-security-policy')).not.toContain('unsafe');
      expect(body).not.toMatch(/https?:|<script|style="/);
      expect(body).toMatch(/<html lang="en">.*<title>[^<]+<\/title>.*<main id="content">/s);
    }
  });

  it('gives the same to programs', async () => {
    keep({});
    const { messages } = JSON.parse((await get('/messages?to=kari')).body);
    expect(messages).toMatchObject([
      { id: 'mail-1', to: ['kari@example.org'], subject: 'Welcome', tags: { kind: 'message' } },
    ]);
    expect(messages[0]).not.toHaveProperty('html');
    expect(JSON.parse((await get('/messages/mail-1')).body)).toMatchObject({ html: '<p>Hello in HTML</p>' });
  });

  it('has no page for what is not there', async () => {
    for (const path of ['/mail/none', '/mail/none/body', '/messages/none', '/../etc', '/mail']) {
      expect((await get(path)).status).toBe(404);
    }
  });

  it('answers nobody who came by another name, and takes no mail from a page in a browser', async () => {
    expect(await askAs({ host: 'attacker.example' })).toBe(403);
    expect(await askAs({ host: '127.0.0.1:80' })).toBe(200);
    expect(await askAs({ origin: 'https://attacker.example' }, 'POST')).toBe(403);
    expect(await askAs({}, 'DELETE')).toBe(405);
  });
});

describe('a letter to look at', () => {
  const put = (body: string) =>
    fetch(`${server.address}/previews`, { method: 'POST', body }).then(({ status }) => status);
  const letter = { to: 'm-42', subject: 'Hei', html: '<p>Hei</p>', text: 'Hei', at: Date.UTC(2026, 10, 23) };

  it('is shown like a mail, and nothing is reported of it', async () => {
    expect(await put(JSON.stringify(letter))).toBe(201);
    expect(store.list({ to: 'm-42', subject: 'Hei' })).toMatchObject([{ tags: { preview: 'not sent' } }]);
    expect(store.untold(10)).toEqual([]);
  });

  it('that is none is refused', async () => {
    expect(await put('{')).toBe(400);
    expect(await put(JSON.stringify({ ...letter, html: 1 }))).toBe(400);
  });
});
