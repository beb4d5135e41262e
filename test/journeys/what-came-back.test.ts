import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import cdk from '../../cdk.json' with { type: 'json' };
import { linksIn } from '../../infra/local/mailbox/outcomes.ts';
import { dataFolder, type RunningCloud, startLocalCloud } from '../support/local-cloud.ts';

const MINUTE = 60_000;

/** The sample organisation, which follows whoever agrees to it. */
const { polku } = cdk.context;
const settings = { ...polku, mail: { ...polku.mail, trackingDomain: 'links.example.org' } };

describe('what comes back of a mail', () => {
  const folder = dataFolder();
  let cloud: RunningCloud;
  beforeAll(async () => {
    const file = join(folder.parent, 'settings.json');
    writeFileSync(file, JSON.stringify(settings));
    cloud = await startLocalCloud(folder.path, ['--settings', file]);
    await cloud.morning();
  }, 120_000);
  afterAll(async () => {
    await cloud.stop('SIGINT');
    folder.remove();
  });

  /** Somebody agrees to letters (and perhaps to more), and joins. */
  const joins = async (id: string, email: string, ...purposes: string[]) => {
    const time = await cloud.ago(MINUTE);
    const consents = ['membership', ...purposes].map((purpose) => ({
      ...{ id: `${purpose}-${id}`, type: 'consent.given', member: { id }, time, data: { purpose } },
    }));
    const data = { attributes: { firstName: 'Kari', language: 'en', region: 'oslo' } };
    await cloud.send([...consents, { id: `joined-${id}`, type: 'member.joined', member: { id, email }, time, data }]);
    await cloud.idle();
  };
  const mailsTo = async (address: string) => (await cloud.mails()).filter(({ to }) => to.includes(address));
  const mailTo = async (address: string) => {
    const [head] = await mailsTo(address);
    return cloud.mail(head?.id ?? '');
  };
  /** As the buttons in the mailbox do. Whether SES reported it. */
  const becomes = async (id: string, fields: Record<string, string>): Promise<boolean> => {
    const body = new URLSearchParams(fields);
    const answer = await fetch(`${cloud.mailbox}/mail/${id}/happen`, { method: 'POST', body, redirect: 'manual' });
    return answer.headers.get('location')?.includes('told=yes') ?? false;
  };
  const timeline = async (id: string): Promise<string> => (await cloud.ask(`/v1/members/${id}/timeline`)).text();

  /** Somebody who thinks about joining, and gets a letter with a link. */
  const thinks = async (id: string, ...purposes: string[]) => {
    const common = { member: { id, email: `${id}@example.org` }, time: await cloud.ago(MINUTE) };
    const attributes = { language: 'en', region: 'oslo' };
    await cloud.send([
      ...['marketing', ...purposes].map((purpose) => ({
        ...{ ...common, id: `${purpose}-${id}`, type: 'consent.given', data: { purpose } },
      })),
      { ...common, id: `lead-${id}`, type: 'lead.created', data: { attributes } },
      { ...common, id: `came-${id}`, type: 'event.attended', data: { event: 'open-evening' } },
    ]);
    await cloud.idle();
    return mailTo(`${id}@example.org`);
  };
  const clicks = async (id: string) => (await timeline(id)).split('"email.clicked"').length - 1;
  const scored = async (id: string) => (await timeline(id)).includes('"rule":"lead-click"');

  it('whoever has not agreed is not followed: by no set that does, and nothing is told', async () => {
    const mail = await thinks('private');
    const [link = ''] = linksIn(mail);
    expect(link).toContain('https://www.example.org/');
    expect(mail.html).not.toContain('ses:no-track');
    expect(await becomes(mail.id, { kind: 'opened' })).toBe(false);
    expect(await becomes(mail.id, { kind: 'clicked', link })).toBe(false);
  });

  it('a click of whoever agreed counts once; one of a machine, right after delivery, never', async () => {
    const mail = await thinks('open', 'tracking');
    const hidden = await mailTo('private@example.org');
    expect(mail.configurationSet).not.toBe(hidden.configurationSet);
    expect(mail.html?.match(/ses:no-track/g)).toHaveLength(2);
    const [link = ''] = linksIn(mail);
    expect(await becomes(mail.id, { kind: 'clicked', link })).toBe(true);
    await cloud.travel({ by: '10m' });
    expect([await clicks('open'), await scored('open')]).toEqual([0, false]);
    for (let i = 0; i < 2; i++) {
      expect(await becomes(mail.id, { kind: 'clicked', link })).toBe(true);
      await cloud.travel({ by: '10m' });
    }
    expect([await clicks('open'), await scored('open')]).toEqual([1, true]);
  }, 120_000);

  // After the letters above: of so few mails one complaint is enough to stop marketing.
  it.each([
    ['gone', 'bounced'],
    ['complained', 'complained'],
  ])('an address of which it is said “%s” gets no next mail, whoever has it', async (kind, why) => {
    const address = `${kind}@example.org`;
    await joins(`${kind}-1`, address);
    expect(await becomes((await mailTo(address)).id, { kind })).toBe(true);
    await cloud.idle();
    await joins(`${kind}-2`, address);
    expect(await mailsTo(address)).toHaveLength(1);
    expect(await timeline(`${kind}-2`)).toContain(`"${why}"`);
  });

  it('an address of SES’s own that bounces gets no next mail either', async () => {
    const address = 'bounce@simulator.amazonses.com';
    await joins('simulated-1', address);
    await joins('simulated-2', address);
    expect(await mailsTo(address)).toHaveLength(1);
  });

  it.each(['away', 'full'])('an address that answers “%s” once gets the next mail', async (kind) => {
    const address = `${kind}@example.org`;
    await joins(`${kind}-1`, address);
    await becomes((await mailTo(address)).id, { kind });
    await cloud.idle();
    await joins(`${kind}-2`, address);
    expect(await mailsTo(address)).toHaveLength(2);
  });
});
