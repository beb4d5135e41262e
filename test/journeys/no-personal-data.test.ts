import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataFolder, type RunningCloud, startLocalCloud } from '../support/local-cloud.ts';

const MINUTE = 60_000;

/** Each of them stands for something about a person, and is nowhere else in this repository. */
const canaries = {
  id: 'canary-id-7f3a',
  email: 'canary.address@nowhere.example',
  firstName: 'Kanarifuglen',
  lastName: 'Gulfjærsen',
  eventId: 'canary-event-91bc',
  data: 'canary-datum-55e0',
  type: 'canary-kind.happened',
};
const words = [...Object.values(canaries), 'canary.address', 'canary-kind', 'nowhere.example'];

const found = (text: string): readonly string[] => words.filter((word) => text.includes(word));

describe('no personal data where it does not belong', () => {
  const folder = dataFolder();
  let cloud: RunningCloud;
  const errorTexts: string[] = [];

  /** A source knows its events by their ids, so each result of a batch names one; nothing else comes back. */
  const withoutIds = (text: string): string => text.replaceAll(/"id":"[^"]*",/g, '');
  const note = async (answer: Response): Promise<void> => {
    if (!answer.ok || answer.status === 207) errorTexts.push(withoutIds(await answer.text()));
  };

  beforeAll(async () => {
    cloud = await startLocalCloud(folder.path);
    await cloud.morning();
    const member = { id: canaries.id, email: canaries.email };
    const time = await cloud.ago(MINUTE);
    const event = { id: canaries.eventId, type: canaries.type, member, time, data: { said: canaries.data } };
    const names = { firstName: canaries.firstName, lastName: canaries.lastName, language: 'nb', region: 'oslo' };

    // The whole way: consent, joining, a message, silence, an alert, a digest.
    await cloud.send([
      {
        ...event,
        id: `${canaries.eventId}-1`,
        type: 'consent.given',
        data: { purpose: 'membership', wording: canaries.data },
      },
      {
        ...event,
        id: `${canaries.eventId}-2`,
        type: 'member.joined',
        data: { attributes: { ...names, note: canaries.data } },
      },
      event,
    ]);
    await cloud.idle();
    await cloud.travel({ by: '100d' });

    // Input that is refused, in many ways.
    const late = { ...event, id: `${canaries.eventId}-3`, time: await cloud.ago(-60 * MINUTE) };
    const bad = [
      late,
      { ...event, time: canaries.data },
      { ...event, type: canaries.data },
      { ...event, member: { ...member, email: canaries.data } },
      { ...event, unknownField: canaries.data },
      { ...event, type: 'benefit.used', data: { [canaries.data]: canaries.data } },
      { ...event, id: `${canaries.eventId}\u0000` },
    ];
    for (const one of bad) await note(await cloud.post(JSON.stringify(one)));
    await note(await cloud.post(JSON.stringify([...bad, event])));
    await note(await cloud.post(`{"member": "${canaries.id}`));
    await note(await cloud.post(canaries.data, 'text/plain'));
    await note(await fetch(`${cloud.api}/v1/webhooks/crm`, { method: 'POST', body: JSON.stringify(event) }));

    // Input that the queue carries and nothing can process, and effects that nothing can carry out.
    await cloud.enqueue('Polku-activity', canaries.data);
    await cloud.enqueue(
      'Polku-activity',
      JSON.stringify({ kind: 'activity', event: { ...event, said: canaries.data } }),
    );
    await cloud.enqueue(
      'Polku-effects',
      JSON.stringify({ kind: 'message', member: canaries.id, stage: canaries.data }),
    );

    // Looking in, also for what is not there, and settings that are refused.
    await note(await cloud.ask(`/v1/members/${canaries.id}`));
    await note(await cloud.ask(`/v1/members/${canaries.id}/timeline`));
    await note(await cloud.ask(`/v1/members/${canaries.id}/explanation`));
    await note(await cloud.ask(`/v1/members/${canaries.id}-unknown`));
    await note(await cloud.ask(`/v1/members?journey=${canaries.data}&stage=${canaries.data}`));
    await note(await cloud.ask(`/v1/quarantine/${canaries.data}/replay`, 'POST'));
    await note(await cloud.ask('/v1/staff', 'PUT', { owners: [{ name: canaries.firstName, email: canaries.email }] }));
    await note(await cloud.ask('/v1/models', 'POST', { title: canaries.data, scores: canaries.data }));
    await cloud.idle();
  }, 420_000);
  afterAll(async () => {
    await cloud.stop('SIGINT');
    folder.remove();
  });

  it('goes the whole way, or the rest would prove nothing', async () => {
    const mails = await cloud.mails();
    expect(mails.some(({ to }) => to.includes(canaries.email))).toBe(true);
    const digest = mails.find(({ to }) => to.includes('ingrid.prove@example.org'));
    expect((await cloud.mail(digest?.id ?? '')).text).toContain(canaries.lastName);
    expect(errorTexts.length).toBeGreaterThan(15);
    const { queues } = await cloud.state();
    expect(queues.filter(({ deadLetters, visible }) => deadLetters && visible > 0)).toHaveLength(1);
    expect(await (await cloud.ask('/v1/quarantine')).text()).toContain('not JSON');
  });

  it('leaves none in the logs of the functions', () => {
    const logs = join(folder.path, 'logs');
    const hits = readdirSync(logs).map((file) => ({ file, found: found(readFileSync(join(logs, file), 'utf8')) }));
    expect(hits.filter((hit) => hit.found.length > 0)).toEqual([]);
  });

  it('leaves none in metrics, names of queues and functions, or on the terminal', async () => {
    expect(found(JSON.stringify(await cloud.state()))).toEqual([]);
    expect(found(cloud.output())).toEqual([]);
  });

  it('leaves none in the words of an error', () => {
    expect(errorTexts.filter((text) => found(text).length > 0)).toEqual([]);
  });
});
