import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import type { Activity } from '../../events/envelope.ts';
import { Published, PublishedModel } from '../../shared/api/admin.ts';
import { MemberNow } from '../../shared/api/members.ts';
import { Preview, type PreviewResult } from '../../shared/api/previews.ts';
import { chunks } from '../../shared/kernel/chunks.ts';
import { classOf } from '../../shared/preview/quantiles.ts';
import { Model } from '../../shared/scoring/model.ts';
import { dataFolder, type RunningCloud, startLocalCloud } from '../support/local-cloud.ts';

const DAY = 86_400_000;
const MEMBERS = 200;

const names = Array.from({ length: MEMBERS }, (_, i) => `m-${String(i).padStart(3, '0')}`);

/** Lives of many sorts, by number alone: leads and members, busy and silent ones. Instants are epoch ms. */
const livesUntil = (now: number): z.input<typeof Activity>[] =>
  names.flatMap((id, n) => {
    const at = (daysAgo: number, type: string, data: Record<string, string | number> = {}) => ({
      id: `${id} ${type} ${daysAgo}`,
      type,
      member: { id, email: `${id}@example.org` },
      time: new Date(now - daysAgo * DAY - 3_600_000).toISOString(),
      data,
    });
    const began = 20 + ((n * 37) % 280);
    const benefit = ['discount', 'legal-advice', 'course'][n % 3] ?? '';
    const every = 5 + (n % 23) * 3;
    const uses = Array.from({ length: Math.floor((began - (n % 60)) / every) }, (_, i) => began - 1 - i * every);
    return [
      at(began, n % 4 === 0 ? 'lead.created' : 'member.joined'),
      at(began, 'consent.given', { purpose: n % 2 === 0 ? 'membership' : 'marketing' }),
      ...uses
        .filter((daysAgo) => daysAgo > n % 60)
        .map((daysAgo) =>
          n % 4 === 0 ? at(daysAgo, 'site.visited', { topic: 'joining' }) : at(daysAgo, 'benefit.used', { benefit }),
        ),
    ];
  });

/** A draft in which discounts are worth more, advice less, and silence is noticed a month earlier. */
const changed = (model: Model): Model => ({
  ...model,
  rules: model.rules.map((rule) =>
    rule.id === 'discount' ? { ...rule, points: 14 } : rule.id === 'legal-advice' ? { ...rule, points: 4 } : rule,
  ),
  journeys: model.journeys.map((journey) => ({
    ...journey,
    stages: journey.stages.map((stage) =>
      stage.id === 'at-risk' ? { ...stage, enter: { since: 'activity' as const, gte: '40 days' } } : stage,
    ),
  })),
});

describe('a preview', () => {
  const folder = dataFolder();
  let cloud: RunningCloud;
  let draft: Model;

  const ask = async (more = {}): Promise<Preview> =>
    Preview.parse(await (await cloud.ask('/v1/previews', 'POST', { model: draft, lastMonths: 6, ...more })).json());
  const outcome = async (id: string): Promise<PreviewResult> => {
    for (;;) {
      const preview = Preview.parse(await (await cloud.ask(`/v1/previews/${id}`)).json());
      if (preview.result) return preview.result;
      await pause(200);
    }
  };
  /** Everybody as their pages show them. */
  const everybody = () =>
    Promise.all(names.map(async (id) => MemberNow.parse(await (await cloud.ask(`/v1/members/${id}`)).json())));
  const standing = (people: readonly MemberNow[], journey: string, stage: string | null) =>
    people.filter(({ journeys }) => (journeys.find((one) => one.journey === journey)?.stage ?? null) === stage).length;

  beforeAll(async () => {
    cloud = await startLocalCloud(folder.path);
    for (const some of chunks(livesUntil(await cloud.now()), 100)) expect((await cloud.send(some)).status).toBe(202);
    await cloud.idle();
    const { model } = PublishedModel.parse(await (await cloud.ask('/v1/models/current')).json());
    draft = changed(Model.parse(model));
  }, 180_000);
  afterAll(async () => {
    await cloud.stop('SIGINT');
    folder.remove();
  });

  it('goes on after a crash of everything, and comes to the same', async () => {
    const whole = await outcome((await ask()).id);
    const { id } = await ask({ fresh: true });
    await cloud.stop('SIGKILL');
    cloud = await startLocalCloud(folder.path);
    const { cost, ...again } = await outcome(id);
    // Scores have faded by a few seconds, which is no class and no stage.
    for (const part of ['members', 'moved', 'journeys', 'rules', 'messages', 'alerts'] as const)
      expect(again[part]).toEqual(whole[part]);
    expect(cost).toEqual(whole.cost);
  }, 120_000);

  it('foretells what publishing does', async () => {
    const result = await outcome((await ask()).id);
    expect(result.members).toBe(MEMBERS);
    expect(result.moved).toBeGreaterThan(20);
    expect(result.messages.some(({ after }) => after > 0)).toBe(true);
    expect(result.alerts.some(({ before, after }) => after > before)).toBe(true);

    const before = await everybody();
    for (const { journey, stages } of result.journeys)
      for (const { stage, before: foretold } of stages) expect(standing(before, journey, stage)).toBe(foretold);

    const published = await cloud.ask('/v1/models', 'POST', draft);
    expect(Published.parse(await published.json()).changed).toBe(true);
    await cloud.travel({ by: '2m' });
    const after = await everybody();
    for (const { journey, stages } of result.journeys)
      for (const { stage, after: foretold } of stages) expect(standing(after, journey, stage)).toBe(foretold);
    for (const { score, after: foretold } of result.scores) {
      const values = after.map(({ scores }) => scores.find((one) => one.score === score)?.value ?? Number.NaN);
      for (const { from, members } of foretold.classes)
        expect(values.filter((value) => classOf(value) === from)).toHaveLength(members);
    }
    for (const { member, scores, journeys } of result.mostChanged) {
      const page = after.find((one) => one.member === member);
      for (const { journey, to } of journeys)
        expect(page?.journeys.find((one) => one.journey === journey)?.stage ?? null).toBe(to);
      for (const { score, after: foretold } of scores)
        expect(page?.scores.find((one) => one.score === score)?.value).toBeCloseTo(foretold, 1);
    }
  }, 120_000);
});
