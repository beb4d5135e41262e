import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import type { Activity } from '../../events/envelope.ts';
import { PublishedModel } from '../../shared/api/admin.ts';
import { Report, type ReportResult } from '../../shared/api/reports.ts';
import { chunks } from '../../shared/kernel/chunks.ts';
import { Model } from '../../shared/scoring/model.ts';
import { random } from '../simulation/random.ts';
import { dataFolder, type RunningCloud, startLocalCloud } from '../support/local-cloud.ts';

const names = Array.from({ length: 60 }, (_, i) => `m-${String(i).padStart(2, '0')}`);
const addressOf = (id: string) => `${id}@example.org`;

/** The sample, with half of them held out of the letter to those who slip away, which is written earlier. */
const measuring = (model: Model): Model =>
  Model.parse({
    ...model,
    journeys: model.journeys.map((journey) => ({
      ...journey,
      stages: journey.stages.map((stage) =>
        stage.id === 'at-risk' ? { ...stage, enter: { since: 'activity' as const, gte: '35 days' } } : stage,
      ),
    })),
    messages: model.messages.map((one) =>
      one.id === 'we-miss-you'
        ? {
            ...one,
            experiment: {
              holdOut: 50,
              success: { journey: 'member', in: ['new', 'quiet', 'active', 'ambassador'], within: '30 days' },
            },
          }
        : one,
    ),
  });

describe('a letter that is measured', () => {
  const folder = dataFolder();
  const { chance } = random(7, 'who comes back');
  let cloud: RunningCloud;
  let written: ReadonlySet<string>;
  let back: readonly string[];

  const send = async (type: string, ids: readonly string[], data: (id: string) => object = () => ({})) => {
    const time = new Date((await cloud.now()) - 1000).toISOString();
    const events = ids.map((id) => ({
      ...{ id: `${type} ${id} ${time}`, type, member: { id, email: addressOf(id) }, time, data: data(id) },
    }));
    for (const some of chunks(events as z.input<typeof Activity>[], 100))
      expect((await cloud.send(some)).status).toBe(202);
    await cloud.idle();
  };
  const report = async (): Promise<ReportResult> => {
    const asked = await cloud.ask('/v1/reports', 'POST', { message: 'we-miss-you' });
    const { id } = Report.parse(await asked.json());
    for (;;) {
      const { result } = Report.parse(await (await cloud.ask(`/v1/reports/${id}`)).json());
      if (result) return result;
      await pause(200);
    }
  };

  beforeAll(async () => {
    cloud = await startLocalCloud(folder.path);
    const { model } = PublishedModel.parse(await (await cloud.ask('/v1/models/current')).json());
    expect((await cloud.ask('/v1/models', 'POST', measuring(Model.parse(model)))).ok).toBe(true);
    await cloud.travel({ by: '2m' });
    await send('member.joined', names);
    await send('consent.given', names, () => ({ purpose: 'membership' }));
    // By then nobody has been heard of for five weeks.
    await cloud.travel({ by: '40d' });
    await cloud.idle();
    const letters = (await cloud.mails()).filter(({ subject }) => subject.startsWith('How are things'));
    written = new Set(letters.flatMap(({ to }) => to));
    back = names.filter((id) => chance(written.has(addressOf(id)) ? 0.9 : 0.1));
    await cloud.travel({ by: '10d' });
    await send('event.attended', back, () => ({ event: 'course' }));
    await cloud.travel({ by: '21d' });
  }, 300_000);
  afterAll(async () => {
    await cloud.stop('SIGINT');
    folder.remove();
  });

  it('goes to about half, and the others get nothing', () => {
    expect(written.size).toBeGreaterThan(10);
    expect(written.size).toBeLessThan(50);
  });

  it('is reported on with the numbers of what was done, and helped', async () => {
    const result = await report();
    const helped = back.filter((id) => written.has(addressOf(id))).length;
    expect(result.arms).toMatchObject([
      { arm: 'held-out', people: names.length - written.size, mails: { sent: 0 } },
      { arm: 'letter', people: written.size, mails: { sent: written.size, delivered: written.size, withheld: 0 } },
    ]);
    expect(result.explored.find(({ kind }) => kind === 'forward')?.arms.map(({ hits }) => hits)).toEqual([
      back.length - helped,
      helped,
    ]);
    expect(result.success?.arms).toMatchObject([
      { hits: back.length - helped },
      { hits: helped, verdict: { kind: 'helped', says: 'helped' } },
    ]);
  }, 120_000);
});
