import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDynamoDb } from '../../infra/local/dynamodb/start-dynamodb.ts';
import { tagOf } from '../../shared/aws/claim-key.ts';
import { dueIndex } from '../../shared/aws/due-index.ts';
import { memberStore } from '../../shared/aws/dynamodb-member-store.ts';
import { mailKey, memberKey } from '../../shared/aws/keys.ts';
import { mailFinder } from '../../shared/aws/mail-finder.ts';
import { type MailKey, mailStore } from '../../shared/aws/mail-store.ts';
import { NOBODY } from '../../shared/scoring/evolve.ts';
import { FORMAT, type Snapshot } from '../../shared/scoring/snapshot.ts';
import { openTables } from '../support/tables.ts';

const snapshot = (version: number, dueAt?: number): Snapshot => ({
  version,
  madeBy: { format: FORMAT, model: 1 },
  events: 1,
  standing: NOBODY,
  announced: {},
  outbox: [],
  ...(dueAt === undefined ? {} : { dueAt }),
});

describe('the due index', () => {
  let tables: Awaited<ReturnType<typeof openTables>>;
  beforeAll(async () => {
    tables = await openTables(startDynamoDb);
  });
  afterAll(() => tables.close());

  const due = async (now: number) => {
    const found: string[] = [];
    const { client, members: table } = tables;
    for await (const page of dueIndex({ client, table })(now)) found.push(...page.members);
    return found.sort();
  };

  describe('names the mails that have waited long enough, whoever takes them up and dies or lets go of them', () => {
    let now = 1_000;
    let tokens = 0;
    const tools = () => ({
      ...{ client: tables.client, table: tables.members, now: () => now },
      newToken: () => `token-${++tokens}`,
    });
    const claimed = async (key: MailKey) => {
      const claim = await mailStore(tools()).claim(key);
      if (claim.kind !== 'mine') throw new Error('The claim is taken');
      return claim.token;
    };
    const waiting = async (at: number) => {
      const found = [];
      for await (const { mails } of dueIndex(tools())(at)) found.push(...mails);
      return found;
    };
    const held = async (member: string) => {
      const key = { member, effect: 'member#1#message' };
      await mailStore(tools()).hold(key, await claimed(key), { until: -500, why: 'quiet-hours' });
      return key;
    };

    it('from their hour on', async () => {
      const key = await held('a#b');
      expect(await waiting(-501)).toEqual([]);
      expect(await waiting(-500)).toEqual([{ member: 'a#b', id: 'member#1#message' }]);
      const token = await claimed(key);
      expect(await waiting(-500)).toHaveLength(1);
      await mailStore(tools()).mark(key, token, 'released', 'not-prepared');
      expect(await waiting(-500)).toHaveLength(1);
      await mailStore(tools()).mark(key, await claimed(key), 'sent', 'ses-1');
      expect(await waiting(1e15)).toEqual([]);
    });

    it.each(['refused', 'skipped', 'unknown'] as const)('until they are %s', async (state) => {
      const key = await held(state);
      await mailStore(tools()).mark(key, await claimed(key), state, 'why');
      expect(await waiting(1e15)).toEqual([]);
    });

    it('until they are lost', async () => {
      const key = await held('lost');
      await claimed(key);
      now += 3_600_000;
      expect((await mailStore(tools()).claim(key)).kind).toBe('lost');
      expect(await waiting(1e15)).toEqual([]);
    });

    it('until SES says that it has them', async () => {
      const key = await held('silent');
      await claimed(key);
      const found = await mailFinder(tools())(tagOf({ partition: memberKey('silent'), sort: mailKey(key.effect) }));
      expect(await found?.taken('ses-1', 3000)).toBe('noted');
      expect(await waiting(1e15)).toEqual([]);
    });
  });

  it('names each member whose instant has come, once, and nobody else', async () => {
    const { client, members: table } = tables;
    const store = memberStore({ client, table, pause: async () => {} });
    const names = Array.from({ length: 80 }, (_, i) => `member-${String(i).padStart(2, '0')}`);
    await store.writeSnapshots(
      names.map((member, i) => ({ member, before: undefined, after: snapshot(1, i < 70 ? i : undefined) })),
    );
    expect(await due(-1)).toEqual([]);
    expect(await due(9)).toEqual(names.slice(0, 10));
    expect(await due(1e15)).toEqual(names.slice(0, 70));

    const [first = '', second = ''] = names;
    await store.writeSnapshots([
      { member: first, before: snapshot(1, 0), after: snapshot(2) },
      { member: second, before: snapshot(1, 1), after: snapshot(2, 500) },
    ]);
    expect(await due(9)).toEqual(names.slice(2, 10));
    expect(await due(500)).toContain(second);
  });
});
