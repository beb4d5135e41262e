import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ConfigurationSetDoesNotExistException,
  GetSendQuotaCommand,
  ListIdentitiesCommand,
  MessageRejected,
  SESClient,
  SendRawEmailCommand,
} from '@aws-sdk/client-ses';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LoopbackServer } from '../../infra/local/loopback.ts';
import { type MailStore, openMailStore } from '../../infra/local/mail/mail-store.ts';
import { ses } from '../../infra/local/mail/ses.ts';
import { startMailbox } from '../../infra/local/mailbox/start-mailbox.ts';
import { clientOf } from '../../infra/local/template/place.ts';

const NOW = Date.UTC(2026, 10, 23, 6);

let folder: string;
let store: MailStore;
let server: LoopbackServer;
let client: SESClient;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'polku-mail-'));
  store = openMailStore(folder);
  const mail = ses({
    store,
    now: () => NOW,
    identities: ['example.org', 'one@other.example'],
    configurationSets: ['letters'],
    perSecond: 14,
    perDay: 100,
  });
  server = await startMailbox(0, mail, { store, zone: 'Europe/Oslo' });
  client = new SESClient({ ...clientOf(server.address), maxAttempts: 1 });
});
afterEach(async () => {
  client.destroy();
  await server.close();
  store.close();
  rmSync(folder, { recursive: true });
});

const letter = (changes: { from?: string; to?: string[]; line?: string; set?: string } = {}) => {
  const from = changes.from ?? 'The Union <hello@example.org>';
  const to = changes.to ?? ['a@x.example', 'b@x.example', 'c@x.example', 'd@x.example'];
  const raw = [
    `From: ${from}`,
    'To: a@x.example',
    'Cc: b@x.example, c@x.example, e@x.example',
    'Reply-To: owner@example.org',
    'Subject: =?utf-8?q?Hei_=26_h=C3=A5?=',
    'List-Unsubscribe: <https://example.org/u/1>',
    'Content-Type: text/html; charset=utf-8',
    '',
    changes.line ?? '<p>Hei</p>',
  ];
  return new SendRawEmailCommand({
    Destinations: to,
    RawMessage: { Data: Buffer.from(raw.join('\r\n')) },
    ConfigurationSetName: changes.set ?? 'letters',
    Tags: [{ Name: 'kind', Value: 'welcome' }],
  });
};

const failure = async (command: SendRawEmailCommand): Promise<unknown> =>
  client.send(command).catch((error: unknown) => error);

describe('SES on loopback, asked by the SDK', () => {
  it('keeps a mail whole: every recipient, tags, headers, the time of the local cloud', async () => {
    const { MessageId } = await client.send(letter());
    expect(store.get(MessageId ?? '')).toMatchObject({
      id: MessageId,
      at: NOW,
      from: 'The Union <hello@example.org>',
      to: ['a@x.example'],
      cc: ['b@x.example', 'c@x.example'],
      bcc: ['d@x.example'],
      replyTo: ['owner@example.org'],
      subject: 'Hei & hå',
      headers: { 'list-unsubscribe': '<https://example.org/u/1>' },
      html: expect.stringContaining('<p>Hei</p>'),
      tags: { kind: 'welcome' },
      configurationSet: 'letters',
    });
  });

  it('goes by the recipients in the mail where no others are named', async () => {
    const raw = [
      'From: hello@example.org',
      'To: =?utf-8?q?K=C3=A5re?= <kare@x.example>, b@x.example',
      'Subject: =?utf-8?b?SGVpIEvDpXJl?=',
      'Content-Type: text/plain; charset=utf-8',
      '',
      'Hei på deg',
    ].join('\r\n');
    const { MessageId } = await client.send(new SendRawEmailCommand({ RawMessage: { Data: Buffer.from(raw) } }));
    const mail = store.get(MessageId ?? '');
    expect(mail).toMatchObject({
      from: 'hello@example.org',
      to: ['kare@x.example', 'b@x.example'],
      subject: 'Hei Kåre',
    });
    expect(mail?.text?.trim()).toBe('Hei på deg');
  });

  it('asks to slow down above the rate', async () => {
    for (let i = 0; i < 3; i++) await client.send(letter());
    expect(await failure(letter())).toMatchObject({ name: 'Throttling' });
    expect(store.count({ to: '', subject: '' })).toBe(3);
  });

  it('refuses senders that are not verified, and takes verified addresses and domains', async () => {
    expect(await failure(letter({ from: 'hello@elsewhere.example' }))).toBeInstanceOf(MessageRejected);
    expect(await failure(letter({ from: 'two@other.example' }))).toBeInstanceOf(MessageRejected);
    expect(await failure(letter({ from: 'hello@example.org.elsewhere.example' }))).toBeInstanceOf(MessageRejected);
    await client.send(letter({ from: 'one@other.example' }));
  });

  it('refuses what SES refuses', async () => {
    expect(await failure(letter({ set: 'unknown' }))).toBeInstanceOf(ConfigurationSetDoesNotExistException);
    expect(await failure(letter({ to: ['not an address'] }))).toMatchObject({ name: 'InvalidParameterValue' });
    expect(await failure(letter({ line: 'x'.repeat(999) }))).toMatchObject({
      name: 'InvalidParameterValue',
    });
    const many = Array.from({ length: 51 }, (_, i) => `m${i}@x.example`);
    expect(await failure(letter({ to: many }))).toMatchObject({ name: 'InvalidParameterValue' });
    const other = await client.send(new ListIdentitiesCommand({})).catch((error: unknown) => error);
    expect(other).toMatchObject({ name: 'InvalidAction' });
    expect(store.count({ to: '', subject: '' })).toBe(0);
  });

  it('tells the quota', async () => {
    await client.send(letter());
    expect(await client.send(new GetSendQuotaCommand({}))).toMatchObject({
      Max24HourSend: 100,
      MaxSendRate: 14,
      SentLast24Hours: 1,
    });
  });

  it('has everything again after a restart', async () => {
    const { MessageId } = await client.send(letter());
    const again = openMailStore(folder);
    expect(again.get(MessageId ?? '')?.subject).toBe('Hei & hå');
    again.close();
  });
});
