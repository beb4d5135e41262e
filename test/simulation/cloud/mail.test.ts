import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { SESClient } from '@aws-sdk/client-ses';
import { afterEach, describe } from 'vitest';
import { closers } from '../../../infra/local/closers.ts';
import { bodyOf, listen } from '../../../infra/local/loopback.ts';
import { answerSes } from '../../../infra/local/mail/answer-ses.ts';
import { openMailStore } from '../../../infra/local/mail/mail-store.ts';
import { ses } from '../../../infra/local/mail/ses.ts';
import { clientOf } from '../../../infra/local/template/place.ts';
import { straight } from './calls.ts';
import { mailContract } from './mail.contract.ts';
import { memoryMail, sesClient } from './mail.ts';

const rules = { identities: ['example.org'], configurationSets: ['mail-configuration'], perSecond: 3 };

mailContract('memory', async () => {
  let now = 0;
  const mail = memoryMail(rules, () => now);
  const pass = async () => {
    now += 1001;
  };
  return { client: sesClient(mail, straight), sent: () => mail.sent, pass };
});

describe('behind npm start', () => {
  const { later, closeAll } = closers();
  afterEach(closeAll);

  mailContract('the local cloud', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'polku-mail-'));
    later(() => rmSync(folder, { recursive: true, force: true }));
    const store = openMailStore(folder);
    later(store.close);
    const emulated = ses({ ...rules, store, now: () => 0, perDay: 1000 });
    const server = await listen(0, async (request, response) => {
      const body = await bodyOf(request, 1_000_000);
      const { status, xml } = await answerSes(emulated, String(body));
      response.writeHead(status, { 'content-type': 'text/xml' }).end(xml);
    });
    later(server.close);
    const client = new SESClient({ ...clientOf(server.address), maxAttempts: 1 });
    later(() => client.destroy());
    const sent = () =>
      store
        .list({ to: '', subject: '' })
        .map(({ id }) => ({ ...store.get(id) }))
        .reverse();
    return { client, sent, pass: () => pause(1100) };
  });
});
