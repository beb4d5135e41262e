import { describe, expect, it } from 'vitest';
import type { MemberStore } from '../../../shared/aws/member-store.ts';
import { event } from '../../support/given.ts';
import { memoryMemberStore } from '../../support/memory-member-store.ts';
import { activity, record, scorer } from '../../support/pipeline.ts';

const joined = activity(event('member.joined', 0));
const attended = (days: number, id = `e${days}`) => activity(event('event.attended', days, { id }));
const value = async (store: MemberStore) =>
  (await store.read('maija'))?.standing.scores.engagement?.fading['half-life 30 days']?.value;

describe('a batch from the activity queue', () => {
  it('counts each event once, however often it comes', async () => {
    const polku = scorer();
    const once = attended(0);
    await polku.on(0, joined, once, attended(0), once);
    await polku.on(0, once, joined);
    expect(await value(polku.store)).toBe(20);
  });

  it('takes the fast path for events that are new and newest', async () => {
    const polku = scorer();
    await polku.on(0, joined);
    await polku.on(1, attended(1));
    await polku.on(2, attended(2), attended(1.5));
    expect(polku.counts).toEqual({ FastCommits: 3, SlowCommits: 0, Conflicts: 0 });
  });

  it('folds the ledger anew for an event that comes late', async () => {
    const polku = scorer();
    await polku.on(2, joined, attended(2));
    await polku.on(2, attended(1));
    expect(polku.counts.SlowCommits).toBe(1);
    expect((await polku.store.read('maija'))?.standing.activeAt).toBe(event('', 2).time);
  });

  it('writes no snapshot for a duplicate', async () => {
    const polku = scorer();
    await polku.on(0, joined);
    const before = await polku.store.read('maija');
    await polku.on(0, joined);
    expect(await polku.store.read('maija')).toEqual(before);
  });

  it('lets the first of two events under one key count, and counts the conflict', async () => {
    const polku = scorer();
    await polku.on(0, activity(event('benefit.used', 0, { id: 'x', data: { benefit: 'legal-advice' } })));
    await polku.on(0, activity(event('benefit.used', 0, { id: 'x', data: { benefit: 'discount' } })));
    expect(await value(polku.store)).toBe(40);
    expect(polku.counts.Conflicts).toBe(1);
  });

  it('counts the event that lies in the ledger, also when a crash left it there unscored', async () => {
    const polku = scorer();
    await polku.on(0, joined);
    const first = event('benefit.used', 0, { id: 'x', data: { benefit: 'legal-advice' } });
    await polku.store.putEvents([first]);
    await polku.on(0, activity({ ...first, data: { benefit: 'discount' } }));
    expect(await value(polku.store)).toBe(40);
  });

  it('sets aside what it cannot read, with the reason and without what stands in it, and goes on with the rest', async () => {
    const polku = scorer();
    const bad = [
      '{',
      '[]',
      '{"kind":"activity"}',
      '{"kind":"dance","member":"maija"}',
      JSON.stringify({ kind: 'activity', event: { ...event('event.attended', 0), time: 'Secret' } }),
    ];
    expect(await polku.on(0, joined, ...bad.map(record), attended(0))).toEqual(new Set());
    expect(await value(polku.store)).toBe(20);
    expect(polku.quarantined.map(({ body }) => body)).toEqual(bad);
    expect(polku.quarantined[0]?.reason).toBe('not JSON');
    expect(polku.quarantined[4]?.reason).toBe('not an activity message (event.time: invalid_type)');
    expect(polku.quarantined.map(({ reason }) => reason).join()).not.toContain('Secret');
  });

  it('asks for what it could not even set aside to come back', async () => {
    const polku = scorer({ quarantine: () => Promise.reject(new Error('throttled')) });
    const bad = record('{');
    expect(await polku.on(0, bad, joined)).toEqual(new Set([bad.messageId]));
  });

  it('sets aside an event that the ledger will never take, alone', async () => {
    const store = memoryMemberStore();
    const putEvents: MemberStore['putEvents'] = async (events) => {
      const outcomes = await store.putEvents(events.filter(({ id }) => id !== 'poison'));
      let i = 0;
      return events.map(({ id }) => (id === 'poison' ? 'refused' : (outcomes[i++] ?? 'failed')));
    };
    const polku = scorer({ store: { ...store, putEvents } });
    expect(await polku.on(0, joined, attended(0, 'poison'), attended(0))).toEqual(new Set());
    expect(polku.quarantined).toHaveLength(1);
    expect(await value(store)).toBe(20);
  });

  it('lets come back what failed for a passing cause, alone, and counts it when it comes', async () => {
    const store = memoryMemberStore();
    let down = true;
    const putEvents: MemberStore['putEvents'] = async (events) => {
      const outcomes = await store.putEvents(events.filter(({ id }) => !down || id !== 'unlucky'));
      let i = 0;
      return events.map(({ id }) => (down && id === 'unlucky' ? 'failed' : (outcomes[i++] ?? 'failed')));
    };
    const polku = scorer({ store: { ...store, putEvents } });
    const unlucky = attended(0, 'unlucky');
    expect(await polku.on(0, joined, unlucky, attended(0))).toEqual(new Set([unlucky.messageId]));
    down = false;
    expect(await polku.on(0, unlucky)).toEqual(new Set());
    expect(await value(store)).toBe(40);
  });

  it('comes back whole for a member whose effects could not be sent, and sends them then', async () => {
    const store = memoryMemberStore();
    const failing = scorer({ store, sendEffects: async (list) => list.map(() => false) });
    expect(await failing.on(0, joined)).toEqual(new Set([joined.messageId]));
    const polku = scorer({ store });
    expect(await polku.on(0, joined)).toEqual(new Set());
    expect(polku.news()).toEqual(['move member quiet', 'message member quiet']);
    expect(await value(store)).toBeUndefined();
  });
});
