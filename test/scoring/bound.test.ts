import { describe, expect, it } from 'vitest';
import type { ActivityEvent } from '../../events/envelope.ts';
import { fingerprint } from '../../shared/kernel/fingerprint.ts';
import { canonicalJson } from '../../shared/kernel/json.ts';
import { compile } from '../../shared/scoring/compile.ts';
import { fold } from '../../shared/scoring/fold.ts';
import { scoreAt } from '../../shared/scoring/score.ts';
import { SnapshotBody } from '../../shared/scoring/snapshot.ts';
import { day, event, model } from '../support/given.ts';
import { modelOf } from '../support/sample.ts';

const rule = (id: string, on: string, rest: object) => ({ id, title: id, on, score: 'fading', points: 2, ...rest });
const stage = (id: string, enter: object, rest: object = {}) => ({ id, title: id, enter, ...rest });

const everything = model({
  timeZone: 'Europe/Helsinki',
  scores: [
    { id: 'fading', title: 'Fading', halfLife: '30 days' },
    { id: 'lasting', title: 'Lasting', floor: -100, ceiling: 500 },
  ],
  rules: [
    rule('rolling', 'site.visited', {
      cap: [
        { times: 5, per: '30 days' },
        { points: 40, per: '90 days' },
      ],
    }),
    rule('calendar', 'event.attended', {
      cap: [
        { times: 9, per: 'calendar year' },
        { points: 7, per: 'calendar week' },
      ],
    }),
    rule('ever', 'benefit.used', { score: 'lasting', cap: [{ times: 900 }, { points: 500 }] }),
    rule('per-value', 'event.attended', { cap: { oncePer: 'event', times: 20, per: '60 days' } }),
    rule('shared-one', 'site.visited', { capGroup: 'shared' }),
    rule('shared-two', 'survey.answered', { capGroup: 'shared', points: { field: 'seconds', times: 0.1 } }),
  ],
  capGroups: [{ id: 'shared', title: 'Shared', cap: [{ times: 10, per: '1 week' }, { points: 300 }] }],
  journeys: [
    {
      id: 'member',
      title: 'Member',
      appliesTo: { attribute: 'status', exists: true },
      ordered: true,
      stages: [
        { id: 'new', title: 'New' },
        stage('counted', { count: 'site.visited', within: '90 days', gte: 12 }, { leastStay: '5 days' }),
        stage('streak', { streak: 'event.attended', periods: 6, per: 'month' }, { coolDown: '20 days' }),
        stage('sequence', {
          sequence: ['site.visited', 'survey.answered', 'benefit.used'],
          within: '9 days',
          lt: '30 days',
        }),
        stage('last', { all: [{ last: 'benefit.used', lt: '9 days' }, { tag: 'tag 3' }] }, { coolDown: '9 days' }),
        stage('dated', { attribute: 'renewalDate', withinNext: '30 days' }),
      ],
    },
  ],
});

const types = ['site.visited', 'event.attended', 'survey.answered', 'benefit.used', 'member.updated', 'member.tagged'];
const life = (length: number): ActivityEvent[] =>
  Array.from({ length }, (_, i) =>
    event(i === 0 ? 'member.joined' : (types[i % types.length] ?? ''), i / 4, {
      id: String(i),
      data: {
        event: `an event with a name as long as ${'they '.repeat(i % 50)} come, number ${i}`,
        seconds: i % 77,
        attributes: { renewalDate: new Date(day(i)).toISOString().slice(0, 10), points: i },
        tags: [`tag ${i % 150}`],
      },
    }),
  );
const sizeOf = (length: number) => canonicalJson(fold(everything, life(length))).length;

describe('a standing under a model with everything on', () => {
  it('is no larger after ten thousand events than after one thousand', () => {
    const [thousand, tenThousand] = [sizeOf(1000), sizeOf(10_000)];
    expect(tenThousand).toBeLessThan(thousand * 1.05);
    expect(tenThousand).toBeLessThan(8000);
  });

  it('remembers a long value of a field by its fingerprint, and still knows it again', () => {
    const once = model({
      scores: [{ id: 'engagement', title: 'Engagement' }],
      rules: [rule('once', 'event.attended', { score: 'engagement', cap: { oncePer: 'event' } })],
    });
    const long = 'x'.repeat(5000);
    const at = (days: number, name: string) => event('event.attended', days, { data: { event: name } });
    const standing = fold(once, [at(0, `${long}1`), at(1, `${long}2`), at(2, `${long}1`)]);
    expect(scoreAt(once, standing, 'engagement', day(3))).toBe(4);
    expect(canonicalJson(standing.counted).length).toBeLessThan(200);
    expect(new Set(Array.from({ length: 20_000 }, (_, i) => fingerprint(`${long}${i}`))).size).toBe(20_000);
  });
});

describe('the snapshot of a member of the trade union', () => {
  it('stays under 1 KB after ten eventful years', () => {
    const union = modelOf('trade-union');
    const listened = [...new Set(union.rules.map(({ on }) => on))].filter((type) => !type.startsWith('member.'));
    const years = Array.from({ length: 3650 }, (_, i) =>
      event(listened[i % listened.length] ?? '', i + 1, {
        id: `web-${i}`,
        data: {
          topic: 'pay',
          benefit: 'legal-advice',
          role: 'speaker',
          form: 'join-help',
          rating: 4,
          purpose: 'service',
        },
      }),
    );
    const attributes = {
      firstName: 'Maija',
      lastName: 'Esimerkki-Malli',
      language: 'fi',
      branch: 'care',
      owner: 'aino',
    };
    const joined = event('member.joined', 0, { email: 'maija.esimerkki@example.org', data: { attributes } });
    const standing = fold(compile(union), [joined, ...years]);
    const announced = { lead: { stage: null, sequence: 3 }, member: { stage: 'ambassador', sequence: 41 } };
    const body = canonicalJson({ standing, announced, outbox: [] });
    expect(SnapshotBody.parse(JSON.parse(body)).standing).toEqual(standing);
    expect(Buffer.byteLength(body)).toBeLessThan(1024);
  });
});
