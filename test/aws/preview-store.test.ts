import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynoxide, startDynoxide } from '../../infra/local/dynamodb/dynoxide.ts';
import { startDynalite } from '../../infra/local/dynamodb/start-dynalite.ts';
import { memberStore } from '../../shared/aws/dynamodb-member-store.ts';
import { memberScan } from '../../shared/aws/member-scan.ts';
import { previewNames } from '../../shared/aws/preview-names.ts';
import { type PreviewHead, type PreviewStore, previewStore } from '../../shared/aws/preview-store.ts';
import { refolded } from '../../shared/journeys/next-snapshot.ts';
import { NO_TALLY } from '../../shared/preview/tally.ts';
import { Model } from '../../shared/scoring/model.ts';
import { day, document, event, model } from '../support/given.ts';
import { memoryPreviews } from '../support/memory-previews.ts';
import { openTables } from '../support/tables.ts';

const draft = Model.parse(document);
const clock = { now: day(0) };
const headOf = (id: string, at = day(0)): PreviewHead => ({
  ...{ id, at, from: day(-180), lastMonths: 6, current: 1, parts: 4, attempt: 1 },
  startedAt: at,
  expiresAt: at + 1000,
});
const state = {
  revision: 1,
  heardAt: day(0),
  done: false,
  cursor: '{"pk":"member#ø","sk":"event#1"}',
  tally: NO_TALLY,
};

const contract = (name: string, open: () => PreviewStore): unknown =>
  describe(`previews in ${name}`, () => {
    it('are found by their id, with their draft, until they expire', async () => {
      const store = open();
      clock.now = day(0);
      const head = headOf('a'.repeat(32));
      await store.begin(head, draft);
      expect(await store.get(head.id)).toEqual(head);
      expect(await store.draft(head.id)).toEqual(draft);
      clock.now = head.expiresAt;
      expect(await store.get(head.id)).toBeUndefined();
      clock.now = head.expiresAt + 1000;
      expect([await store.get(head.id), await store.draft(head.id)]).toEqual([undefined, undefined]);
      clock.now = day(0);
      await store.remove(head.id);
      expect([await store.get(head.id), await store.draft(head.id)]).toEqual([undefined, undefined]);
    });

    it('have the same id for the same question', () => {
      const store = open();
      const id = store.idOf(draft, 6, 1);
      expect(id).toMatch(/^[0-9a-f]{32}$/);
      expect(store.idOf(Model.parse(document), 6, 1)).toBe(id);
      expect(new Set([id, store.idOf(draft, 5, 1), store.idOf(draft, 6, 2)]).size).toBe(3);
    });

    it('are taken up again by one alone', async () => {
      const store = open();
      const head = headOf('b'.repeat(32));
      await store.begin(head, draft);
      const taken = await Promise.all([1, 2, 3].map((n) => store.startAgain(head, day(n))));
      expect(taken.filter((one) => one)).toHaveLength(1);
      expect((await store.get(head.id))?.attempt).toBe(2);
    });

    it('keep what a part comes to, unless somebody else came further', async () => {
      const store = open();
      const head = headOf('c'.repeat(32));
      expect(await store.part(head, 0)).toBeUndefined();
      expect(await store.keepPart(head, 0, state)).toBe(true);
      expect(await store.keepPart(head, 0, state)).toBe(false);
      expect(await store.keepPart(head, 0, { ...state, revision: 3 })).toBe(false);
      const tally = { counts: { members: 2 }, mostChanged: [{ member: 'ø', journeys: [], scores: [] }] };
      const { cursor, ...last } = { ...state, revision: 2, done: true, tally };
      expect(await store.keepPart(head, 0, last)).toBe(true);
      expect(await store.part(head, 0)).toEqual(last);
      await store.keepPart(headOf(head.id, day(1)), 1, state);
      expect(await store.parts(head)).toEqual([last]);
      // They lie there still, but have had their time.
      clock.now = head.expiresAt + 1000;
      expect([await store.parts(head), await store.part(head, 0)]).toEqual([[], undefined]);
      clock.now = day(0);
    });
  });

contract('memory', () => memoryPreviews(() => clock.now));

const program = dynoxide();
const servers = [
  ['dynalite', startDynalite],
  ...(program ? [['dynoxide', (folder: string) => startDynoxide(program, folder)] as const] : []),
] as const;

describe.each(servers)('%s', (name, start) => {
  let tables: Awaited<ReturnType<typeof openTables>>;
  beforeAll(async () => {
    tables = await openTables(start);
  });
  afterAll(() => tables.close());

  contract(name, () => previewStore({ client: tables.client, table: tables.config, now: () => clock.now }));

  describe('whom previews name', () => {
    const previews = () => previewStore({ client: tables.client, table: tables.config, now: () => clock.now });
    const names = () => previewNames({ client: tables.client, table: tables.config, now: () => clock.now });
    const change = (member: string) => ({ member, journeys: [{ journey: 'member', from: 'a', to: 'b' }], scores: [] });
    const tallyOf = (...members: string[]) => ({ counts: { members: 9 }, mostChanged: members.map(change) });
    /** A preview with a part that is done and one that is at work. */
    const begun = async (head: PreviewHead) => {
      await previews().begin(head, draft);
      const { cursor, ...done } = { ...state, done: true };
      await previews().keepPart(head, 0, { ...done, tally: tallyOf('maija', 'olavi') });
      await previews().keepPart(head, 1, { ...state, tally: tallyOf('aino') });
    };
    const namedIn = async (head: PreviewHead) =>
      (await previews().parts(head)).flatMap(({ tally }) => tally.mostChanged.map(({ member }) => member)).toSorted();

    it('is told of each of them, with what is said of them', async () => {
      const [one, other] = [headOf('1'.repeat(32)), headOf('2'.repeat(32))];
      for (const head of [one, other]) await begun(head);
      expect((await names().previewsNaming('maija')).toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual([
        { id: one.id, at: one.at, entry: change('maija') },
        { id: other.id, at: other.at, entry: change('maija') },
      ]);
      expect(await names().previewsNaming('nobody')).toEqual([]);
    });

    it('is forgotten of one member, also in a preview that was begun anew or removed; all others stay, and the sums', async () => {
      const again = headOf('3'.repeat(32), day(0) + 5);
      const [first, removed] = [headOf('3'.repeat(32)), headOf('4'.repeat(32))];
      for (const head of [first, again, removed]) await begun(head);
      await previews().remove(removed.id);
      await names().forgetInPreviews('maija');
      await names().forgetInPreviews('maija');
      for (const head of [first, again, removed]) expect(await namedIn(head)).toEqual(['aino', 'olavi']);
      expect(await names().previewsNaming('maija')).toEqual([]);
      expect((await previews().part(again, 0))?.tally.counts).toEqual({ members: 9 });
    });

    it('is no name that was at hand when it was forgotten: whoever counts on is refused, and begins from what is there', async () => {
      const head = headOf('5'.repeat(32));
      await begun(head);
      await previews().keepPart(head, 1, { ...state, revision: 2, tally: tallyOf('aino', 'maija') });
      await names().forgetInPreviews('maija');
      const late = { ...state, revision: 3, tally: tallyOf('aino', 'maija', 'kalle') };
      expect(await previews().keepPart(head, 1, late)).toBe(false);
      expect(await previews().keepPart(head, 1, { ...late, revision: 4, tally: tallyOf('aino', 'kalle') })).toBe(true);
      expect(await namedIn(head)).toEqual(['aino', 'kalle', 'olavi']);
    });
  });

  it('finds every member once, part by part', async () => {
    const members = Array.from({ length: 40 }, (_, i) => `m-${i}`);
    const store = memberStore({ client: tables.client, table: tables.members, pause: async () => {} });
    const events = members.flatMap((member) => [
      event('site.visited', 1, { member }),
      event('event.attended', 2, { member }),
    ]);
    await store.putEvents(events);
    await store.writeSnapshots(
      members.map((member) => {
        const visit = { member, now: day(3), events: [], ticked: true };
        const ledger = events.filter((one) => one.member === member);
        return {
          member,
          before: undefined,
          after: refolded({ version: 1, compiled: model() }, visit, undefined, ledger, ledger),
        };
      }),
    );
    const scan = memberScan({ client: tables.client, table: tables.members });
    const found: string[] = [];
    for (let part = 0; part < 4; part++) {
      let after: string | undefined;
      do {
        const page = await scan(part, 4, after);
        found.push(...page.members);
        after = page.next;
      } while (after !== undefined);
    }
    expect(found.sort()).toEqual(members.sort());
  });
});
