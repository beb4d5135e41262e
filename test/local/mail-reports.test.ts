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
import { startMailbox } from '../../infra/local/mailbox/start-mailbox.ts';
import { type QueueServer, startQueues } from '../../infra/local/queues/queue-server.ts';
import type { MailReportBlueprint } from '../../infra/local/template/mail-reports.ts';
import { clientOf } from '../../infra/local/template/place.ts';

const NOW = Date.UTC(2026, 10, 23, 6);
const destination: MailReportBlueprint = {
  configurationSet: 'letters',
  types: ['send', 'delivery', 'bounce'],
  topic: 'arn:aws:sns:eu-north-1:000000000000:reports',
  queue: 'feedback',
  raw: true,
};

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
  server = await startMailbox(0, mail, { store, zone: 'Europe/Oslo' });
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
const send = (set = 'letters') =>
  client.send(
    new SendRawEmailCommand({
      Destinations: ['a@x.example'],
      RawMessage: { Data: Buffer.from('From: hello@example.org\r\nTo: a@x.example\r\nSubject: Hei\r\n\r\nHei') },
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
