import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDynamoDb } from '../../infra/local/dynamodb/start-dynamodb.ts';
import { dueMembers } from '../../shared/aws/due-index.ts';
import { memberStore } from '../../shared/aws/dynamodb-member-store.ts';
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
    for await (const page of dueMembers({ client, table })(now)) found.push(...page);
    return found.sort();
  };

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
