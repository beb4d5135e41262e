import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataFolder, type RunningCloud, startLocalCloud } from '../support/local-cloud.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

const inOslo = (at: number) =>
  new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/Oslo',
    weekday: 'long',
    hour: '2-digit',
    minute: '2-digit',
  }).format(at);

describe('from silence to a name on the digest', () => {
  const folder = dataFolder();
  let cloud: RunningCloud;
  let joinedAt: number;
  beforeAll(async () => {
    cloud = await startLocalCloud(folder.path);
    await cloud.morning();
    joinedAt = (await cloud.now()) - MINUTE;
    const at = new Date(joinedAt).toISOString();
    const member = { id: 'siri', email: 'siri@example.org' };
    await cloud.send([
      { id: 'c1', type: 'consent.given', member, time: at, data: { purpose: 'membership' } },
      {
        id: 'j1',
        type: 'member.joined',
        member,
        time: at,
        data: { attributes: { firstName: 'Siri', lastName: 'Testesen', language: 'nb', region: 'oslo' } },
      },
    ]);
    await cloud.idle();
    await cloud.travel({ by: '110d' });
  }, 120_000);
  afterAll(async () => {
    await cloud.stop('SIGINT');
    folder.remove();
  });

  const mailsTo = async (address: string) =>
    (await cloud.mails()).filter(({ to }) => to.includes(address)).toSorted((a, b) => a.at - b.at);

  it('puts a member who has been silent for 90 days at risk, to the day', async () => {
    const body = JSON.stringify(await (await cloud.ask('/v1/members/siri')).json());
    expect(body).toContain('at-risk');
    const atRisk = JSON.stringify(await (await cloud.ask('/v1/members?journey=member&stage=at-risk')).json());
    expect(atRisk).toContain('siri');
  });

  it('tells the owner at once, and then the member’s name on the digest of the Monday after, at seven in the morning', async () => {
    const [alert, digest] = await mailsTo('ingrid.prove@example.org');
    expect(alert?.at).toBeGreaterThanOrEqual(joinedAt + 90 * DAY);
    expect(alert?.at).toBeLessThan(joinedAt + 92 * DAY);

    expect(digest?.at).toBeGreaterThan(alert?.at ?? 0);
    expect(inOslo(digest?.at ?? 0)).toBe('Monday 07:00');
    const { html = '', text = '' } = await cloud.mail(digest?.id ?? '');
    expect(html).toContain('Siri');
    expect(text).toContain('Siri');
    expect(html).toContain('lang="nb"');
  });

  it('writes to the member once for each stage on the way', async () => {
    const subjects = (await mailsTo('siri@example.org')).map(({ subject }) => subject);
    expect(new Set(subjects).size).toBe(subjects.length);
    expect(subjects.length).toBe(3);
  });

  it('stops each Monday at seven, summer and winter, and every six hours at least', async () => {
    const stops = (await cloud.travel({ by: '21d' })).map((stop) => Date.parse(stop));
    expect(stops.filter((stop) => inOslo(stop) === 'Monday 07:00')).toHaveLength(3);
    expect(stops.every((stop, i) => i === 0 || stop - (stops[i - 1] ?? 0) <= DAY / 4)).toBe(true);
  });

  it('lets the member come back', async () => {
    const at = await cloud.ago(MINUTE);
    await cloud.send([
      { id: 'b1', type: 'event.attended', member: { id: 'siri' }, time: at, data: { event: 'open-meeting' } },
      { id: 'b2', type: 'benefit.used', member: { id: 'siri' }, time: at, data: { benefit: 'training' } },
    ]);
    await cloud.idle();
    expect(JSON.stringify(await (await cloud.ask('/v1/members/siri')).json())).not.toContain('at-risk');
  });
});
