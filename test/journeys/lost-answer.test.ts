import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DeliveryList } from '../../shared/api/deliveries.ts';
import { Timeline } from '../../shared/api/members.ts';
import { dataFolder, type RunningCloud, startLocalCloud } from '../support/local-cloud.ts';

const MINUTE = 60_000;

describe('a mail whose answer is lost', () => {
  const folder = dataFolder();
  let cloud: RunningCloud;
  beforeAll(async () => {
    cloud = await startLocalCloud(folder.path);
  }, 120_000);
  afterAll(async () => {
    await cloud.stop('SIGINT');
    folder.remove();
  });

  /** Somebody who joins and has agreed to mail, and so gets a welcome. */
  const joins = async (id: string): Promise<void> => {
    await cloud.morning();
    const common = { member: { id, email: `${id}@example.org` }, time: await cloud.ago(MINUTE) };
    await cloud.send([
      { ...common, id: `${id}-1`, type: 'consent.given', data: { purpose: 'membership' } },
      { ...common, id: `${id}-2`, type: 'member.joined', data: { attributes: { firstName: id } } },
    ]);
    await cloud.idle();
  };
  const inbox = async (id: string) => (await cloud.mails()).filter(({ to }) => to.includes(`${id}@example.org`));
  const states = async (id: string) =>
    Timeline.parse(await (await cloud.ask(`/v1/members/${id}/timeline`)).json()).entries.flatMap((entry) =>
      entry.kind === 'mail' ? [entry.state] : [],
    );
  const unknown = async () =>
    DeliveryList.parse(await (await cloud.ask('/v1/deliveries?state=unknown')).json()).deliveries;

  it('is known to have left as soon as SES reports it, and goes once', async () => {
    await cloud.mailFault('answer-lost');
    await joins('anna');
    expect(await inbox('anna')).toHaveLength(1);
    expect(await states('anna')).toEqual(['sent']);
    expect(await unknown()).toEqual([]);
    expect((await cloud.state()).metrics).toMatchObject({ MailsUnknown: 1, MailsCleared: 1 });
  });

  it('stays in doubt where SES reports nothing, until a person finds out; and is not sent again', async () => {
    await cloud.mailFault('not-taken', 2);
    await joins('bo');
    await joins('cy');
    const doubted = await unknown();
    expect(doubted.map((one) => one.kind === 'mail' && one.member).toSorted()).toEqual(['bo', 'cy']);
    expect(JSON.stringify(doubted)).not.toContain('example.org');

    const tagOf = (id: string) => doubted.find((one) => one.kind === 'mail' && one.member === id)?.tag;
    for (const [id, sent] of [
      ['bo', false],
      ['cy', true],
    ] as const) {
      const path = `/v1/deliveries/${tagOf(id)}/resolve`;
      expect((await cloud.ask(path, 'POST', { sent })).status).toBe(202);
      await cloud.idle();
      expect((await cloud.ask(path, 'POST', { sent })).status).toBe(404);
    }
    expect(await unknown()).toEqual([]);
    expect([await states('bo'), await states('cy')]).toEqual([['refused'], ['sent']]);
    await cloud.travel({ by: '1d' });
    expect([await inbox('bo'), await inbox('cy')]).toEqual([[], []]);
  });

  it('is reported after a restart as well, however soon it was killed', async () => {
    await cloud.mailFault('answer-lost');
    await joins('dag');
    await cloud.stop('SIGKILL');
    cloud = await startLocalCloud(folder.path);
    await cloud.idle();
    expect(await inbox('dag')).toHaveLength(1);
    expect(await states('dag')).toEqual(['sent']);
  });
});
