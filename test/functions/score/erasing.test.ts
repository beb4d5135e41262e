import { randomUUID } from 'node:crypto';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { erase } from '../../../functions/score/erase.ts';
import { startDynalite } from '../../../infra/local/dynamodb/start-dynalite.ts';
import { addressNaming } from '../../../shared/aws/address-key.ts';
import { choiceStore } from '../../../shared/aws/choice-store.ts';
import { memberStore } from '../../../shared/aws/dynamodb-member-store.ts';
import { memberPartition } from '../../../shared/aws/member-partition.ts';
import { tombstoneStore } from '../../../shared/aws/tombstone-store.ts';
import { choose } from '../../../shared/mailing/choose.ts';
import { NO_PROFILE } from '../../../shared/scoring/profile.ts';
import { emptyPartitions } from '../../aws/table-rows.ts';
import { day, event } from '../../support/given.ts';
import { activity, carrying, scorer } from '../../support/pipeline.ts';
import { openTables } from '../../support/tables.ts';

const EMAIL = 'canary@nowhere.example';
const joined = event('member.joined', 0, { email: EMAIL, data: { attributes: { firstName: 'Kanarifugl' } } });
const erasure = (days: number) => carrying({ kind: 'erasure', member: 'maija', at: day(days) });

describe('a member who is erased', () => {
  let tables: Awaited<ReturnType<typeof openTables>>;
  beforeAll(async () => {
    tables = await openTables(startDynalite);
  });
  afterAll(() => tables.close());
  beforeEach(() => emptyPartitions(tables.client, tables.members));

  const open = () => {
    const members = { client: tables.client, table: tables.members, pause: async () => {} };
    const store = memberStore(members);
    const nameOf = addressNaming({ client: tables.client, table: tables.config, newToken: randomUUID });
    const graves = tombstoneStore({ ...members, nameOf });
    const choices = choiceStore(members);
    const polku = scorer({
      store,
      erasedAt: graves.erasedAt,
      erase: erase({ store, ...choices, ...graves, ...memberPartition(members) }),
    });
    const all = async () =>
      JSON.stringify((await tables.client.send(new ScanCommand({ TableName: tables.members }))).Items);
    const unsubscribe = async () => {
      const said = choose(NO_PROFILE, undefined, { consents: { marketing: false } }, 'page-1', day(1));
      if (said) await choices.writeChoices('maija', said);
    };
    return { polku, graves, all, unsubscribe };
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

  it('leaves what they said no to, found by their id and by their address however it is written', async () => {
    const { polku, graves, unsubscribe } = open();
    await polku.on(1, activity(joined));
    await unsubscribe();
    await polku.on(2, erasure(2));
    const kept = { erasedAt: day(2), refusals: { marketing: { at: day(1), own: true } } };
    expect(await graves.tombstones('maija', undefined)).toEqual([kept]);
    expect(await graves.tombstones('somebody-else', ' Canary@Nowhere.example ')).toEqual([kept]);
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
    expect(await graves.tombstones('maija', undefined)).toEqual([{ erasedAt: day(2), refusals: {} }]);
  });
});
