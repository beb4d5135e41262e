import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { CreateQueueCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FeedbackMessage } from '../../events/feedback-message.ts';
import type { LoopbackServer } from '../../infra/local/loopback.ts';
import { type FaultsAhead, faultsAhead } from '../../infra/local/mail/mail-faults.ts';
import { type MailStore, openMailStore } from '../../infra/local/mail/mail-store.ts';
import { mailReporter } from '../../infra/local/mail/reporter.ts';
import { ses } from '../../infra/local/mail/ses.ts';
import { outcomesOf } from '../../infra/local/mailbox/outcomes.ts';
import { startMailbox } from '../../infra/local/mailbox/start-mailbox.ts';
import { type QueueServer, startQueues } from '../../infra/local/queues/queue-server.ts';
import type { MailReportBlueprint } from '../../infra/local/template/mail-reports.ts';
import { clientOf } from '../../infra/local/template/place.ts';
import { addressNotes } from '../../shared/mailing/feedback/address-notes.ts';

const NOW = Date.UTC(2026, 10, 23, 6);
const destination: MailReportBlueprint = {
  configurationSet: 'letters',
  types: ['send', 'delivery', 'bounce', 'complaint'],
  topic: 'arn:aws:sns:eu-north-1:000000000000:reports',
  queue: 'feedback',
  raw: true,
};

const HTML =
  '<a href="https://example.org/spring?a=1&amp;b=2">Spring</a> <a ses:no-track href="https://example.org/out">Out</a> <a href="mailto:a@b.example">Write</a>';
const LINK = 'https://example.org/spring?a=1&b=2';

let folder: string;
let store: MailStore;
let queues: QueueServer;
let server: LoopbackServer;
let client: SESClient;
let faults: FaultsAhead;

/** An SES that reports to these, at a queue that is there or not. */
const open = async (destinations: readonly MailReportBlueprint[]): Promise<void> => {
  faults = faultsAhead();
  const mail = ses({
    store,
    now: () => NOW,
    identities: ['example.org'],
    configurationSets: ['letters', 'others'],
    perSecond: 1000,
    perDay: 1000,
    report: mailReporter({ store, destinations, queues }),
    faults,
  });
  const outcomes = outcomesOf({
    store,
    destinations,
    report: mailReporter({ store, destinations, queues }),
    now: () => NOW,
  });
  server = await startMailbox(0, mail, { store, zone: 'Europe/Oslo', outcomes });
  client = new SESClient({ ...clientOf(server.address), maxAttempts: 1 });
};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'polku-reports-'));
  store = openMailStore(folder);
  queues = await startQueues(join(folder, 'queues'));
});
afterEach(async () => {
  client.destroy();
  await server.close();
  await queues.close();
  store.close();
  rmSync(folder, { recursive: true });
});

const createQueue = () => queues.client.send(new CreateQueueCommand({ QueueName: 'feedback' }));
const send = (set = 'letters', to = 'a@x.example') =>
  client.send(
    new SendRawEmailCommand({
      Destinations: [to],
      RawMessage: {
        Data: Buffer.from(
          `From: hello@example.org\r\nTo: ${to}\r\nSubject: Hei\r\nContent-Type: text/html\r\n\r\n${HTML}`,
        ),
      },
      ConfigurationSetName: set,
      Tags: [{ Name: 'mail', Value: 'tag-of-a-mail' }],
    }),
  );
const bodies = async (): Promise<string[]> => {
  const { Messages = [] } = await queues.client.send(
    new ReceiveMessageCommand({ QueueUrl: queues.urlOf('feedback'), MaxNumberOfMessages: 10 }),
  );
  return Messages.map(({ Body }) => Body ?? '');
};
const kept = () => store.count({ to: '', subject: '' });

describe('what SES reports of a mail', () => {
  it.each([true, false])('is that it was taken and delivered, before the answer is there; raw: %s', async (raw) => {
    await open([{ ...destination, raw }]);
    await createQueue();
    const { MessageId } = await send();
    const common = { kind: 'report', messageId: MessageId, at: NOW, happenedAt: NOW, tag: 'tag-of-a-mail' };
    const texts = await bodies();
    expect(texts.map((text) => text.includes('TopicArn'))).toEqual([!raw, !raw]);
    expect(texts.map((text) => FeedbackMessage.parse(text))).toMatchObject([
      { ...common, type: 'Send' },
      { ...common, type: 'Delivery' },
    ]);
  });

  it('is what the destination asks for, of its own configuration set', async () => {
    await open([{ ...destination, types: ['delivery'] }]);
    await createQueue();
    await send('others');
    await send();
    expect(await bodies()).toHaveLength(1);
  });

  it('comes later where the queue was away', async () => {
    await open([destination]);
    await send();
    await createQueue();
    await mailReporter({ store, destinations: [destination], queues })();
    expect(await bodies()).toHaveLength(2);
    expect(store.untold(10)).toEqual([]);
  });

  it('comes although the answer is lost', async () => {
    await open([destination]);
    await createQueue();
    faults.plan('answer-lost', 1);
    await expect(send()).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect([kept(), (await bodies()).length]).toEqual([1, 2]);
    await send();
  });

  it('does not come where the mail was not taken', async () => {
    await open([destination]);
    await createQueue();
    faults.plan('not-taken', 1);
    await expect(send()).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect([kept(), await bodies()]).toEqual([0, []]);
  });
});

/** As a browser sends a form of the mailbox, unless it comes from elsewhere. */
const say = (id: string | undefined, fields: Record<string, string>, origin = server.address) =>
  fetch(`${server.address}/mail/${id}/happen`, {
    method: 'POST',
    headers: { origin },
    body: new URLSearchParams(fields),
    redirect: 'manual',
  });
const heard = async () => (await bodies()).map((text) => FeedbackMessage.parse(text));

describe('an address of SES’s own, to try things out with', () => {
  it.each([
    ['success', ['Send', 'Delivery'], undefined],
    ['bounce', ['Send', 'Bounce'], 'hard'],
    ['bounce+label', ['Send', 'Bounce'], 'hard'],
    ['suppressionlist', ['Send', 'Bounce'], 'hard'],
    ['ooto', ['Send', 'Delivery', 'Bounce'], undefined],
    ['complaint', ['Send', 'Delivery', 'Complaint'], 'complaint'],
  ])('%s does what it is for', async (name, types, noted) => {
    await open([destination]);
    await createQueue();
    const to = `${name}@simulator.amazonses.com`;
    await send('letters', to);
    const reports = (await heard()).flatMap((one) => (one.kind === 'report' ? [one] : []));
    expect(reports.map(({ type }) => type)).toEqual(types);
    const notes = reports.flatMap(addressNotes).map(({ address, note }) => [address, note.kind]);
    expect(notes).toEqual(noted === undefined ? [] : [[to, noted]]);
  });
});

describe('the reader of the mailbox', () => {
  it.each([
    ['gone', 'hard'],
    ['full', 'soft'],
    ['away', undefined],
    ['complained', 'complaint'],
  ])('lets a mail come to something: %s', async (kind, noted) => {
    await open([destination]);
    await createQueue();
    const { MessageId } = await send();
    await bodies();
    const answer = await say(MessageId, { kind });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `/mail/${MessageId}?told=yes#became`]);
    const notes = (await heard()).flatMap((one) => (one.kind === 'report' ? addressNotes(one) : []));
    expect(notes.map(({ note }) => note.kind)).toEqual(noted === undefined ? [] : [noted]);
    expect((await fetch(`${server.address}/mail/${MessageId}`)).status).toBe(200);
  });

  it('opens and clicks only what is followed, and only the links that are', async () => {
    const followed = { ...destination, configurationSet: 'others', types: [...destination.types, 'open', 'click'] };
    await open([destination, followed]);
    await createQueue();
    const [plain, tracked] = [await send(), await send('others')];
    await bodies();
    const told = async (id: string | undefined, fields: Record<string, string>) =>
      (await say(id, fields)).headers.get('location')?.includes('told=yes');
    expect(await told(plain.MessageId, { kind: 'opened' })).toBe(false);
    expect(await told(tracked.MessageId, { kind: 'clicked', link: 'https://example.org/out' })).toBe(false);
    expect(await told(tracked.MessageId, { kind: 'opened' })).toBe(true);
    expect(await told(tracked.MessageId, { kind: 'clicked', link: LINK })).toBe(true);
    expect(await heard()).toMatchObject([
      { type: 'Open', messageId: tracked.MessageId },
      { type: 'Click', click: { link: LINK } },
    ]);
    const page = async (id: string | undefined) => (await fetch(`${server.address}/mail/${id}`)).text();
    expect(await page(plain.MessageId)).not.toContain('value="clicked"');
    expect(await page(tracked.MessageId)).toContain('value="clicked"');
  });

  it('is asked by nobody else: a form of another site changes nothing', async () => {
    await open([destination]);
    await createQueue();
    const { MessageId } = await send();
    await bodies();
    expect((await say(MessageId, { kind: 'gone' }, 'https://elsewhere.example')).status).toBe(403);
    expect((await say(MessageId, { kind: 'nonsense' })).status).toBe(400);
    expect((await say('no-mail', { kind: 'gone' })).status).toBe(404);
    expect(await bodies()).toEqual([]);
  });

  it('is heard later where the queue was away', async () => {
    await open([destination]);
    const { MessageId } = await send();
    await say(MessageId, { kind: 'gone' });
    await createQueue();
    await mailReporter({ store, destinations: [destination], queues })();
    expect(await heard()).toHaveLength(3);
    expect(store.nextHappened()).toBeUndefined();
  });
});
