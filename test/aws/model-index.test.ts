import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDynamoDb } from '../../infra/local/dynamodb/start-dynamodb.ts';
import { memberStore } from '../../shared/aws/dynamodb-member-store.ts';
import type { SnapshotWrite } from '../../shared/aws/member-store.ts';
import { singleWrites } from '../../shared/aws/member-writes.ts';
import { modelIndex } from '../../shared/aws/model-index.ts';
import { NOBODY } from '../../shared/scoring/evolve.ts';
import { FORMAT, type Snapshot } from '../../shared/scoring/snapshot.ts';
import { openTables } from '../support/tables.ts';

const snapshot = (version: number, model: number): Snapshot => ({
  version,
  madeBy: { format: FORMAT, model },
  events: 1,
  standing: NOBODY,
  announced: {},
  outbox: [],
});

describe('the index by model', () => {
  let tables: Awaited<ReturnType<typeof openTables>>;
  beforeAll(async () => {
    tables = await openTables(startDynamoDb);
  });
  afterAll(() => tables.close());

  const names = Array.from({ length: 60 }, (_, i) => `member-${String(i).padStart(2, '0')}`);
  const behind = async (version: number, first?: number) => {
    const found: string[] = [];
    const { client, members: table } = tables;
    const index = modelIndex({ client, table });
    for await (const page of index.behind(version, first)) found.push(...page);
    expect(await index.countBehind(version)).toBe(found.length);
    return found;
  };

  it('names each member whose snapshot an older model made, once, and nobody else', async () => {
    const { client, members: table } = tables;
    const store = memberStore({ client, table, pause: async () => {} });
    const made = (member: string, i: number): SnapshotWrite => ({
      member,
      before: undefined,
      after: snapshot(1, i < 40 ? 1 : 2),
    });
    await store.writeSnapshots(names.map(made));
    expect(await behind(1)).toEqual([]);
    expect((await behind(2)).sort()).toEqual(names.slice(0, 40));
    expect((await behind(3)).sort()).toEqual(names);

    const followed = (member: string): SnapshotWrite => ({ member, before: snapshot(1, 1), after: snapshot(2, 2) });
    await store.writeSnapshots(names.slice(0, 10).map(followed));
    await singleWrites(client, table).writeSnapshots(names.slice(10, 20).map(followed));
    expect((await behind(2)).sort()).toEqual(names.slice(20, 40));
  });

  it('can be read from any shard on, so that whoever does not follow is not always in the way', async () => {
    const [here, there] = [await behind(3), await behind(3, 3)];
    expect(there).not.toEqual(here);
    expect(there.sort()).toEqual(here.sort());
  });
});
