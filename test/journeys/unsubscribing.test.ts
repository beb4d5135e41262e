import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { MemberExport } from '../../shared/api/member-export.ts';
import { dataFolder, type RunningCloud, startLocalCloud } from '../support/local-cloud.ts';

const MINUTE = 60_000;
const Shown = z.looseObject({
  consents: z.array(z.looseObject({ purpose: z.string(), given: z.boolean(), source: z.string() })),
  preferences: z.looseObject({ language: z.string().optional() }).optional(),
});

describe('a way out of mails', () => {
  const folder = dataFolder();
  let cloud: RunningCloud;
  beforeAll(async () => {
    cloud = await startLocalCloud(folder.path);
  }, 120_000);
  afterAll(async () => {
    await cloud.stop('SIGINT');
    folder.remove();
  });

  const join = async (id: string, language: string) => {
    await cloud.morning();
    const member = { id, email: `${id}@example.org` };
    const common = { member, time: await cloud.ago(MINUTE) };
    await cloud.send([
      { ...common, id: `${id}-1`, type: 'consent.given', data: { purpose: 'membership', wording: 'join-form-3' } },
      {
        ...common,
        id: `${id}-2`,
        type: 'member.joined',
        data: { attributes: { firstName: 'Kari', language, region: 'oslo' } },
      },
    ]);
    await cloud.idle();
  };
  const mailsTo = async (id: string) => (await cloud.mails()).filter(({ to }) => to.includes(`${id}@example.org`));
  const firstMailTo = async (id: string) => cloud.mail((await mailsTo(id)).at(-1)?.id ?? '');
  const shown = async (id: string) => Shown.parse(await (await cloud.ask(`/v1/members/${id}`)).json());
  /** Silence, after which the sample's model writes "we miss you". */
  const silence = () => cloud.travel({ by: '100d' });
  const wayOut = async (id: string) =>
    /^<(.+)>$/.exec((await firstMailTo(id)).headers['list-unsubscribe'] ?? '')?.[1] ?? '';

  it('is in the headers, and one click by the mailbox takes it: the next change of stage sends nothing', async () => {
    await join('kari', 'nb');
    await join('ola', 'nb');
    const { headers, text } = await firstMailTo('kari');
    expect(headers['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click');
    const link = await wayOut('kari');
    expect(link).toContain(`${cloud.api}/v1/unsubscribe/`);
    expect(link).not.toContain('kari');
    expect(text).toContain(link);

    for (const method of ['HEAD', 'OPTIONS', 'GET']) expect((await fetch(link, { method })).ok).toBe(true);
    const oneClick = () =>
      fetch(link, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'List-Unsubscribe=One-Click',
        redirect: 'error',
      });
    const answers = [await oneClick(), await oneClick()];
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await answers[0]?.text()).toContain('Du er meldt av');
    await cloud.idle();
    expect((await shown('kari')).consents).toMatchObject([{ purpose: 'membership', given: false, source: 'polku' }]);

    await silence();
    expect(await mailsTo('kari')).toHaveLength(1);
    expect((await mailsTo('ola')).length).toBeGreaterThan(1);
  }, 120_000);

  it('leads to a page that sets language and purposes, which count for the next letter', async () => {
    await join('liv', 'nb');
    const link = (await wayOut('liv')).replace('/unsubscribe/', '/preferences/');
    expect(await (await fetch(link)).text()).toContain('<html lang="nb">');
    const saved = await fetch(link, {
      method: 'POST',
      body: new URLSearchParams({ shown: 'membership marketing pause', yes: 'membership', language: 'fi' }),
    });
    expect(await saved.text()).toContain('<html lang="fi">');
    await cloud.idle();
    expect((await shown('liv')).preferences?.language).toBe('fi');
    await silence();
    const [latest] = await mailsTo('liv');
    expect(latest?.subject).not.toBe((await firstMailTo('liv')).subject);
    const { html } = await cloud.mail(latest?.id ?? '');
    expect(html).toContain('<html lang="fi"');
  }, 120_000);

  it('is in what is given out of a member, with the mails that led to it and whom they went to', async () => {
    const answer = await cloud.ask('/v1/members/kari/export');
    const { records, next } = MemberExport.parse(await answer.json());
    expect([answer.status, next]).toEqual([200, undefined]);
    const of = (kind: string) => records.filter((record) => record.kind === kind);
    expect(of('event')).toContainEqual(
      expect.objectContaining({
        source: 'crm',
        type: 'consent.given',
        data: { purpose: 'membership', wording: 'join-form-3' },
      }),
    );
    expect(of('event')).toContainEqual(expect.objectContaining({ source: 'polku', type: 'consent.withdrawn' }));
    expect(of('mail')).toContainEqual(
      expect.objectContaining({ message: 'welcome', state: 'sent', to: 'kari@example.org' }),
    );
    expect(of('stored').map((record) => 'name' in record && record.name)).toEqual(
      expect.arrayContaining(['choices', 'journey#member', 'snapshot']),
    );
    expect(JSON.stringify(records)).not.toContain('ola@');
    expect((await cloud.ask('/v1/members/nobody/export')).status).toBe(404);
  });

  it('outlives an erasure: who comes back with the next push of the CRM is not written to', async () => {
    const before = (await mailsTo('kari')).length;
    expect((await cloud.ask('/v1/members/kari', 'DELETE')).status).toBe(202);
    await cloud.idle();
    expect((await cloud.ask('/v1/members/kari')).status).toBe(404);
    await cloud.morning();
    const member = { id: 'kari-2', email: 'Kari@example.org' };
    const time = await cloud.ago(1000);
    await cloud.send([
      { id: 'push-1', type: 'consent.given', member, time, data: { purpose: 'membership' } },
      { id: 'push-2', type: 'member.joined', member, time, data: { attributes: { region: 'oslo' } } },
    ]);
    await cloud.idle();
    expect((await cloud.ask('/v1/members/kari-2')).status).toBe(200);
    expect((await cloud.mails()).filter(({ to }) => to.some((one) => /^kari@/i.test(one)))).toHaveLength(before);
  }, 120_000);

  it('that somebody made up leads nowhere', async () => {
    const link = await wayOut('liv');
    const answer = await fetch(`${link.slice(0, -2)}AA`, { method: 'POST' });
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toContain('text/html');
  });
});
