import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDynamoDb } from '../../infra/local/dynamodb/start-dynamodb.ts';
import { dueIndex } from '../../shared/aws/due-index.ts';
import { memberStore } from '../../shared/aws/dynamodb-member-store.ts';
import { mailStore } from '../../shared/aws/mail-store.ts';
import { NOBODY } from '../../shared/scoring/evolve.ts';
import { FORMAT, type Snapshot } from '../../shared/scoring/snapshot.ts';
import { openTables } from '../support/tables.ts';

const snapshot = (version: number, dueAt?: number): Snapshot => ({
  version,
  madeBy: { format: FORMAT, model: 1 },
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

  it('names the mails that have waited long enough, until somebody claims them', async () => {
    const { client, members: table } = tables;
    const store = mailStore({ client, table, now: () => 1_000, newToken: () => 'token' });
    const key = { member: 'a#b', effect: 'member#1#message' };
    const claim = await store.claim(key);
    if (claim.kind !== 'mine') throw new Error('The claim is taken');
    await store.hold(key, claim.token, { until: -500, why: 'quiet-hours' });
    const waiting = async (now: number) => {
      const found = [];
      for await (const { mails } of dueIndex({ client, table })(now)) found.push(...mails);
      return found;
    };
    expect(await waiting(-501)).toEqual([]);
    expect(await waiting(-500)).toEqual([{ member: 'a#b', id: 'member#1#message' }]);
    expect((await store.claim(key)).kind).toBe('mine');
    expect(await waiting(1e15)).toEqual([]);
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
