import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynoxide, startDynoxide } from '../../infra/local/dynamodb/dynoxide.ts';
import { startDynalite } from '../../infra/local/dynamodb/start-dynalite.ts';
import { memberStore } from '../../shared/aws/dynamodb-member-store.ts';
import { memberScan } from '../../shared/aws/member-scan.ts';
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
