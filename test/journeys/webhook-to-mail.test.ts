import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { dataFolder, type RunningCloud, startLocalCloud } from '../support/local-cloud.ts';

const MINUTE = 60_000;

describe('from a signed webhook to a mail in the mailbox', () => {
  const folder = dataFolder();
  let cloud: RunningCloud;
  beforeAll(async () => {
    cloud = await startLocalCloud(folder.path);
    await cloud.morning();
  }, 120_000);
  afterAll(async () => {
    await cloud.stop('SIGINT');
    folder.remove();
  });

  const joins = async (id: string, language: string) => [
    {
      id: `consent-${id}`,
      type: 'consent.given',
      member: { id },
      time: await cloud.ago(2 * MINUTE),
      data: { purpose: 'membership' },
    },
    {
      id: `joined-${id}`,
      type: 'member.joined',
      member: { id, email: `${id}@example.org` },
      time: await cloud.ago(MINUTE),
      data: { attributes: { firstName: 'Kari <b>', language, region: 'oslo' } },
    },
  ];
  const mailsTo = async (address: string) => (await cloud.mails()).filter(({ to }) => to.includes(address));

  it('welcomes who joins, in their language, once', async () => {
    const events = await joins('kari', 'nb');
    expect((await cloud.send(events)).status).toBe(202);
    expect((await cloud.send(events)).status).toBe(202);
    await cloud.idle();

    const [head, ...more] = await mailsTo('kari@example.org');
    expect(more).toEqual([]);
    const mail = await cloud.mail(head?.id ?? '');
    expect(mail.subject).toContain('Velkommen');
    expect(mail.from).toContain('hello@example.org');
    expect(mail.text).toContain('Kari <b>');
    expect(mail.html).toContain('Kari &lt;b&gt;');
  });

  it('shows the member in the stage that the mail is about', async () => {
    const member = await cloud.ask('/v1/members/kari');
    expect(member.status).toBe(200);
    expect(JSON.stringify(await member.json())).toContain('"new"');
  });

  it('shows the letter in another language, and sends nothing', async () => {
    const before = (await cloud.mails()).length;
    const answer = await cloud.ask('/v1/messages/welcome/preview?member=kari&language=fi');
    expect(answer.status).toBe(200);
    const letter: unknown = await answer.json();
    expect(letter).toMatchObject({ language: 'fi', subject: 'Tervetuloa, Kari <b>!' });
    expect(await cloud.mails()).toHaveLength(before);
  });

  it('writes to nobody who has not agreed', async () => {
    const [, joined] = await joins('ola', 'nb');
    await cloud.send(joined ? [joined] : []);
    await cloud.idle();
    expect((await cloud.ask('/v1/members/ola')).status).toBe(200);
    expect(await mailsTo('ola@example.org')).toEqual([]);
  });

  it('takes nothing that is not signed, and shows nothing without a token', async () => {
    const unsigned = await fetch(`${cloud.api}/v1/webhooks/crm`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(await joins('eve', 'en')),
    });
    expect(unsigned.status).toBe(401);
    expect((await fetch(`${cloud.api}/v1/members/kari`)).status).toBe(401);
    expect((await cloud.ask('/v1/members/eve')).status).toBe(404);
  });

  it('says for each event of a mixed batch whether it is taken', async () => {
    const [consent, joined] = await joins('per', 'nb');
    const answer = await cloud.post(JSON.stringify([consent, { ...joined, time: 'yesterday' }]));
    expect(answer.status).toBe(207);
    const body = z
      .looseObject({ results: z.array(z.looseObject({ index: z.number() })) })
      .safeParse(await answer.json());
    expect(body.success).toBe(true);
  });
});
