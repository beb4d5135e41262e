import { describe, expect, it } from 'vitest';
import type { ActivityEvent } from '../../events/envelope.ts';
import type { MemberStore } from '../../shared/aws/member-store.ts';
import { NOBODY } from '../../shared/scoring/evolve.ts';
import { fold } from '../../shared/scoring/fold.ts';
import { FORMAT, type Snapshot } from '../../shared/scoring/snapshot.ts';
import { day, event, model } from '../support/given.ts';

const snapshot = (version: number, rest: Partial<Snapshot> = {}): Snapshot => ({
  version,
  madeBy: { format: FORMAT, model: 1 },
  events: 1,
  standing: NOBODY,
  announced: {},
  outbox: [],
  ...rest,
});

/** What the commit protocol needs of a store of member records, whatever it is made of. */
export const memberStoreContract = (name: string, open: () => Promise<MemberStore>): void => {
  let members = 0;
  const somebody = () => `${name}-${members++}-åäö#1`;
  const of = (member: string, ...events: ActivityEvent[]) => events.map((one) => ({ ...one, member }));

  describe(`the member records in ${name}`, () => {
    it('know nothing of somebody nobody has heard of', async () => {
      const store = await open();
      expect(await store.read(somebody())).toBeUndefined();
      expect(await store.ledger(somebody())).toEqual([]);
    });

    it('take an event once, and say so', async () => {
      const store = await open();
      const events = of(somebody(), event('event.attended', 0), event('event.attended', 1));
      expect(await store.putEvents(events)).toEqual(['new', 'new']);
      expect(await store.putEvents([...events, ...of(events[0]?.member ?? '', event('site.visited', 2))])).toEqual([
        'known',
        'known',
        'new',
      ]);
    });

    it('keep the first of two events under one key', async () => {
      const store = await open();
      const member = somebody();
      const first = { ...event('benefit.used', 0, { data: { benefit: 'a' } }), member };
      await store.putEvents([first]);
      expect(await store.putEvents([{ ...first, data: { benefit: 'b' } }])).toEqual(['known']);
      expect(await store.ledger(member)).toEqual([first]);
    });

    it('do not take events for one another whose source and id merely read alike', async () => {
      const store = await open();
      const member = somebody();
      const events = of(
        member,
        event('site.visited', 0, { source: 'a', id: 'b#c' }),
        event('site.visited', 0, { source: 'a-b', id: 'c' }),
        event('site.visited', 0, { source: 'a', id: '#b#c' }),
      );
      expect(await store.putEvents(events)).toEqual(['new', 'new', 'new']);
      expect((await store.ledger(member)).map(({ id }) => id).sort()).toEqual(['#b#c', 'b#c', 'c']);
    });

    it('hand the ledger back whole and in order, as it was put', async () => {
      const store = await open();
      const member = somebody();
      const events = of(
        member,
        event('benefit.used', 3, { data: { nested: { 'ä"\\': [1, 2.5, null, 'x'.repeat(3000)] }, empty: '' } }),
        event('event.attended', 1, { email: 'maija@example.org' }),
        ...Array.from({ length: 120 }, (_, i) => event('site.visited', 5 + i)),
      );
      await store.putEvents(events);
      expect(await store.ledger(member)).toEqual(events.toSorted((a, b) => a.time - b.time));
    });

    it('hand back what counts without what was taken back, and the whole with it', async () => {
      const store = await open();
      const member = somebody();
      const events = of(
        member,
        event('event.attended', 1, { id: 'right' }),
        event('event.attended', 2, { id: 'wrong' }),
        event('event.retracted', 3, { id: 'back', data: { id: 'wrong' } }),
        event('event.retracted', 4, { id: 'others', source: 'shop', data: { id: 'right' } }),
      );
      await store.putEvents(events.toReversed());
      expect(await store.wholeLedger(member)).toEqual(events);
      expect(await store.ledger(member)).toEqual(events.slice(0, 1));
    });

    it('give back a snapshot as it was written', async () => {
      const store = await open();
      const member = somebody();
      const events = of(member, event('member.joined', 0, { email: 'm@example.org' }), event('site.visited', 1));
      const after = snapshot(1, {
        standing: fold(model(), events),
        announced: { member: { stage: 'quiet', sequence: 1 } },
        outbox: [
          {
            kind: 'move',
            id: 'member#1#move',
            member,
            journey: 'member',
            sequence: 1,
            since: day(0),
            decidedAt: day(1),
            model: 1,
            from: null,
            stage: 'quiet',
          },
        ],
        dueAt: day(61),
      });
      expect(await store.writeSnapshots([{ member, before: undefined, after }])).toEqual(['written']);
      expect(await store.read(member)).toEqual(after);
      expect([...(await store.readMany([member, somebody()])).values()]).toEqual([after]);
    });

    it('write a snapshot only over the version that was read', async () => {
      const store = await open();
      const member = somebody();
      const write = (before: Snapshot | undefined, after: Snapshot) =>
        store.writeSnapshots([{ member, before, after }]);
      expect(await write(undefined, snapshot(1))).toEqual(['written']);
      expect(await write(undefined, snapshot(1))).toEqual(['stale']);
      expect(await write(snapshot(1), snapshot(2))).toEqual(['written']);
      expect(await write(snapshot(1), snapshot(2))).toEqual(['stale']);
      expect((await store.read(member))?.version).toBe(2);
    });

    it('move, keep and clear the due entry with the snapshot', async () => {
      const store = await open();
      const member = somebody();
      const steps = [snapshot(1, { dueAt: 5 }), snapshot(2, { dueAt: 5 }), snapshot(3, { dueAt: 9 }), snapshot(4)];
      for (const [i, after] of steps.entries()) {
        await store.writeSnapshots([{ member, before: steps[i - 1], after }]);
        expect((await store.read(member))?.dueAt).toBe(after.dueAt);
      }
    });

    it('answer for each of many writes by itself', async () => {
      const store = await open();
      const members = Array.from({ length: 60 }, somebody);
      const first = members.map((member) => ({ member, before: undefined, after: snapshot(1) }));
      await store.writeSnapshots(first.filter((_, i) => i % 3 === 0));
      expect(await store.writeSnapshots(first)).toEqual(first.map((_, i) => (i % 3 === 0 ? 'stale' : 'written')));
      expect((await store.readMany(members)).size).toBe(60);
    });

    it('let one of many racing writers through', async () => {
      const store = await open();
      const member = somebody();
      const outcomes = await Promise.all(
        Array.from({ length: 12 }, () => store.writeSnapshots([{ member, before: undefined, after: snapshot(1) }])),
      );
      expect(outcomes.flat().filter((outcome) => outcome === 'written')).toHaveLength(1);
      const puts = await Promise.all(
        Array.from({ length: 12 }, () => store.putEvents(of(member, event('site.visited', 0)))),
      );
      expect(puts.flat().filter((outcome) => outcome === 'new')).toHaveLength(1);
    });
  });
};
