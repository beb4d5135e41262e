import { randomUUID } from 'node:crypto';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { OWN_SOURCE } from '../../../events/envelope.ts';
import { dismiss, erase } from '../../../functions/score/erase.ts';
import { startDynalite } from '../../../infra/local/dynamodb/start-dynalite.ts';
import { addressNaming } from '../../../shared/aws/address-key.ts';
import { choiceStore } from '../../../shared/aws/choice-store.ts';
import { memberStore } from '../../../shared/aws/dynamodb-member-store.ts';
import { memberPartition } from '../../../shared/aws/member-partition.ts';
import type { MemberStore } from '../../../shared/aws/member-store.ts';
import { previewNames } from '../../../shared/aws/preview-names.ts';
import { previewStore } from '../../../shared/aws/preview-store.ts';
import { tombstoneStore } from '../../../shared/aws/tombstone-store.ts';
import { choose } from '../../../shared/mailing/choose.ts';
import { tombstoneOf, withTombstone } from '../../../shared/mailing/tombstone.ts';
import { Model } from '../../../shared/scoring/model.ts';
import { NO_PROFILE } from '../../../shared/scoring/profile.ts';
import { emptyPartitions } from '../../aws/table-rows.ts';
import { day, document, event } from '../../support/given.ts';
import { activity, carrying, scorer, tick } from '../../support/pipeline.ts';
import { openTables } from '../../support/tables.ts';

const EMAIL = 'canary@nowhere.example';
const joined = event('member.joined', 0, { email: EMAIL, data: { attributes: { firstName: 'Kanarifugl' } } });
const erasure = (days: number) => carrying({ kind: 'erasure', member: 'maija', at: day(days) });

const LATER = { attempt: 1, startedAt: day(0), expiresAt: day(7) };

describe('a member who is erased', () => {
  let tables: Awaited<ReturnType<typeof openTables>>;
  beforeAll(async () => {
    tables = await openTables(startDynalite);
  });
  afterAll(() => tables.close());
  beforeEach(() => emptyPartitions(tables.client, tables.members));

  /** `between` is done once, right before the first call of this name. */
  const open = (between: Partial<Record<keyof MemberStore, () => Promise<unknown>>> = {}) => {
    const members = { client: tables.client, table: tables.members, pause: async () => {} };
    const stored = memberStore(members);
    const once = (name: keyof MemberStore) => {
      const then = between[name];
      delete between[name];
      return then?.();
    };
    const store: MemberStore = {
      ...stored,
      putEvents: async (events) => {
        await once('putEvents');
        return stored.putEvents(events);
      },
      writeSnapshots: async (writes) => {
        await once('writeSnapshots');
        return stored.writeSnapshots(writes);
      },
    };
    const config = { client: tables.client, table: tables.config, now: () => day(0) };
    const nameOf = addressNaming({ ...config, newToken: randomUUID });
    const graves = tombstoneStore({ ...members, nameOf });
    const choices = choiceStore(members);
    const polku = scorer({
      store,
      erasedAt: graves.erasedAt,
      erase: erase({ store, ...choices, ...graves, ...memberPartition(members), ...previewNames(config) }),
      dismiss: dismiss({ ...graves, ...memberPartition(members) }),
    });
    const all = async () =>
      JSON.stringify((await tables.client.send(new ScanCommand({ TableName: tables.members }))).Items);
    const unsubscribe = async () => {
      const said = choose(NO_PROFILE, undefined, { consents: { marketing: false } }, 'page-1', day(1));
      if (said) await choices.writeChoices('maija', said);
    };
    /** Whom a preview of a draft names. */
    const previews = previewStore(config);
    const head = { ...{ id: 'a', at: day(0), from: day(-90), lastMonths: 3, current: 1, parts: 1 }, ...LATER };
    const named = async () =>
      (await previews.parts(head)).flatMap(({ tally }) => tally.mostChanged.map(({ member }) => member));
    const preview = async (...members: string[]) => {
      await previews.begin(head, Model.parse(document));
      const mostChanged = members.map((member) => ({ member, journeys: [], scores: [] }));
      const tally = { counts: {}, mostChanged };
      await previews.keepPart(head, 0, { revision: 1, heardAt: day(0), done: true, tally });
    };
    return { polku, graves, all, unsubscribe, preview, named };
  };

  it('is gone from the table: no id, no name, no address, not in any key', async () => {
    const { polku, all, unsubscribe } = open();
    await polku.on(1, activity(joined));
    await unsubscribe();
    expect(await all()).toContain('Kanarifugl');
    expect((await polku.on(2, erasure(2))).size).toBe(0);
    expect(await all()).not.toMatch(/maija|kanarifugl|canary|nowhere/i);
    expect(polku.errors).toEqual([]);
  });

  it('is named by no preview of a draft any more; the others are', async () => {
    const { polku, preview, named } = open();
    await polku.on(1, activity(joined));
    await preview('maija', 'olavi');
    await polku.on(2, erasure(2));
    expect([await named(), polku.errors]).toEqual([['olavi'], []]);
  });

  it('leaves what they said no to, found by their id and by their address however it is written', async () => {
    const { polku, graves, unsubscribe } = open();
    await polku.on(1, activity(joined));
    await unsubscribe();
    await polku.on(2, erasure(2));
    const kept = { erasedAt: day(2), askedAt: day(2), refusals: { marketing: { at: day(1), own: true } } };
    expect(await graves.tombstones('maija', undefined)).toEqual([{ ...kept, of: 'member' }]);
    expect(await graves.tombstones('somebody-else', ' Canary@Nowhere.example ')).toEqual([{ ...kept, of: 'address' }]);
    expect(await graves.tombstones('somebody-else', 'other@nowhere.example')).toEqual([]);
  });

  it('leaves nothing of what was taken back, neither a no nor the retraction', async () => {
    const { polku, graves, all } = open();
    const no = event('consent.withdrawn', 0.5, {
      id: 'no',
      data: { purpose: 'marketing' },
      email: 'other@nowhere.example',
    });
    const back = event('event.retracted', 0.6, { id: 'back', data: { id: 'no' } });
    await polku.on(1, activity(joined), activity(no), activity(back));
    await polku.on(2, erasure(2));
    expect(await all()).not.toMatch(/maija|canary|nowhere/i);
    expect(await graves.tombstones('maija', undefined)).toMatchObject([{ refusals: {} }]);
    expect(await graves.tombstones('somebody-else', EMAIL)).toHaveLength(1);
    expect(await graves.tombstones('somebody-else', 'other@nowhere.example')).toEqual([]);
  });

  it('is not brought back by what happened before, however late and often it comes', async () => {
    const { polku, all } = open();
    await polku.on(1, activity(joined));
    const late = event('event.attended', 1.5, { id: 'late' });
    expect((await polku.on(2, activity(late), erasure(2), activity(joined))).size).toBe(0);
    expect((await polku.on(3, activity(joined), activity(late), activity(joined))).size).toBe(0);
    expect(await polku.store.read('maija')).toBeUndefined();
    expect(await all()).not.toContain('maija');
  });

  it('comes back with what happens afterwards, and only with that', async () => {
    const { polku } = open();
    await polku.on(1, activity(joined));
    await polku.on(2, erasure(2));
    await polku.on(3, activity(event('member.joined', 2.5, { id: 'again', email: EMAIL })));
    await polku.on(3, activity(joined));
    expect((await polku.store.ledger('maija')).map(({ id }) => id)).toEqual(['again']);
  });

  it('and came back is not erased by the same word coming once more', async () => {
    const { polku } = open();
    await polku.on(1, activity(joined));
    await polku.on(2, erasure(2));
    await polku.on(3, activity(event('member.joined', 2.5, { id: 'again', email: EMAIL })));
    await polku.on(3, erasure(2));
    expect(await polku.store.ledger('maija')).toHaveLength(1);
    await polku.on(4, erasure(4));
    expect(await polku.store.ledger('maija')).toEqual([]);
  });

  it('of whom nothing is known leaves a tombstone alone', async () => {
    const { polku, graves } = open();
    expect((await polku.on(2, erasure(2))).size).toBe(0);
    const kept = { erasedAt: day(2), askedAt: day(2), refusals: {}, of: 'member' };
    expect(await graves.tombstones('maija', undefined)).toEqual([kept]);
  });

  it('is not brought back by a look at them that was asked for before', async () => {
    const { polku, all } = open();
    await polku.on(1, activity(joined));
    await polku.on(2, erasure(2));
    expect((await polku.on(3, tick())).size).toBe(0);
    expect(await all()).not.toContain('maija');
  });

  it.each(['putEvents', 'writeSnapshots'] as const)(
    'is not brought back by a scorer at work meanwhile, who stops before %s',
    async (place) => {
      for (const known of [true, false]) {
        await emptyPartitions(tables.client, tables.members);
        const { polku: other, all } = open();
        const { polku } = open({ [place]: () => other.on(2, erasure(2)) });
        if (known) await other.on(1, activity(joined));
        const late = event('event.attended', 1.5, { id: 'late', email: EMAIL });
        expect((await polku.on(2, activity(late))).size).toBe(0);
        expect(await all()).not.toMatch(/maija|kanarifugl|canary|nowhere/i);
      }
    },
  );

  it('and whose erasure broke off is erased to the end when it comes again, also where they were active meanwhile', async () => {
    const { polku, all, graves } = open();
    // Between the request and its turn, by a clock that may be ahead.
    await polku.on(1, activity(joined), activity(event('event.attended', 2.1, { id: 'meanwhile' })));
    const half = { ...(await polku.store.read('maija')) };
    await graves.bury('maija', EMAIL, () => ({ erasedAt: day(2.1), askedAt: day(2), refusals: {} }));
    expect(half.erasedAt).toBeUndefined();
    expect((await polku.on(2.2, erasure(2))).size).toBe(0);
    expect(await all()).not.toMatch(/maija|kanarifugl|canary|nowhere/i);
    await polku.on(2.2, activity(event('event.attended', 2.1, { id: 'meanwhile' })));
    expect(await all()).not.toContain('maija');
  });

  it('and whose erasure broke off, and who was active since, is there with that alone when it comes again', async () => {
    const { polku, graves } = open();
    await polku.on(1, activity(joined));
    await graves.bury('maija', EMAIL, () => ({ erasedAt: day(2), askedAt: day(2), refusals: {} }));
    await polku.on(3, activity(event('member.joined', 2.5, { id: 'again', email: EMAIL })));
    expect((await polku.on(4, erasure(2))).size).toBe(0);
    expect((await polku.store.ledger('maija')).map(({ id }) => id)).toEqual(['again']);
    expect(await polku.store.read('maija')).toMatchObject({
      erasedAt: day(2),
      standing: { profile: { email: EMAIL } },
    });
  });

  it('counts on from there when they come back, so that nothing of before can pass for theirs', async () => {
    const { polku } = open();
    await polku.on(1, activity(joined));
    expect(polku.effects.splice(0).map(({ id }) => id)).toContain('member#1#move');
    await polku.on(2, erasure(2));
    await polku.on(3, activity(event('member.joined', 2.5, { id: 'again', email: EMAIL })));
    expect(await polku.store.read('maija')).toMatchObject({ version: day(2) + 1, erasedAt: day(2) });
    expect(polku.effects.map(({ id }) => id)).toContain(`member#${day(2) + 1}#move`);
    await polku.on(4, activity(event('event.attended', 3.5, { id: 'more' })));
    expect(await polku.store.read('maija')).toMatchObject({ version: day(2) + 2, erasedAt: day(2) });
  });

  it('is not brought back by words of their own about mails; a no among them is kept', async () => {
    const { polku, all, graves } = open();
    await polku.on(1, activity(joined));
    await polku.on(2, erasure(2));
    const own = (id: string, type: string, purpose: string) =>
      event(type, 2.5, { id, source: OWN_SOURCE, data: { purpose } });
    const said = [own('a', 'consent.withdrawn', 'marketing'), own('b', 'consent.given', 'membership')].map(activity);
    for (const day of [3, 4]) expect((await polku.on(day, ...said)).size).toBe(0);
    expect(await all()).not.toContain('maija');
    expect(await graves.tombstones('maija', undefined)).toMatchObject([
      { refusals: { marketing: { at: day(2.5), own: true } } },
    ]);
  });

  it('keeps every no, also where one is said while another is written down', async () => {
    const { graves } = open();
    await graves.bury('maija', undefined, () => ({ erasedAt: day(2), askedAt: day(2), refusals: {} }));
    const purposes = ['membership', 'marketing', 'service'];
    await Promise.all([
      ...purposes.map((purpose) => graves.refuse('maija', purpose, day(3))),
      graves.bury('maija', undefined, ([before]) => ({
        ...tombstoneOf(withTombstone(NO_PROFILE, before ?? { refusals: {} }), day(4)),
        askedAt: day(4),
      })),
    ]);
    const [kept] = await graves.tombstones('maija', undefined);
    expect(Object.keys(kept?.refusals ?? {}).sort()).toEqual(purposes.toSorted());
    expect(kept?.erasedAt).toBe(day(4));
  });

  it('of whom nobody ever asked it has no tombstone for a no', async () => {
    const { graves } = open();
    await graves.refuse('maija', 'marketing', day(3));
    expect(await graves.tombstones('maija', undefined)).toEqual([]);
  });
});
