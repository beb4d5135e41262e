import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDynamoDb } from '../../infra/local/dynamodb/start-dynamodb.ts';
import { configStore } from '../../shared/aws/config-store.ts';
import { memoryRescores, type RescoreStore } from '../support/memory-rescores.ts';
import { openTables } from '../support/tables.ts';

let tables: Awaited<ReturnType<typeof openTables>>;
beforeAll(async () => {
  tables = await openTables(startDynamoDb);
});
afterAll(() => tables.close());

const stores: readonly [string, () => RescoreStore][] = [
  ['in memory', memoryRescores],
  ['in DynamoDB', () => configStore({ client: tables.client, table: tables.config, now: () => 0 })],
];
const start = { version: 7, pace: 60, total: 412 };

describe.each(stores)('a rescore kept %s', (_, open) => {
  it('is begun once, and again when it has ended', async () => {
    const store = open();
    expect(await store.rescore(7)).toBeUndefined();
    expect(await store.startRescore(start, 1000)).toBe(true);
    const fresh = { ...start, state: 'running', behind: 412, fruitless: 0, startedAt: 1000, changedAt: 1000 };
    expect(await store.rescore(7)).toEqual(fresh);
    expect(await store.startRescore(start, 2000)).toBe(false);
    expect(await store.changeRescore(7, ['running'], { state: 'paused' }, 2000)).toBe(true);
    expect(await store.startRescore(start, 2000)).toBe(false);
    expect(await store.changeRescore(7, ['running', 'paused'], { state: 'cancelled' }, 3000)).toBe(true);
    expect(await store.startRescore({ ...start, total: 5 }, 4000)).toBe(true);
    expect(await store.rescore(7)).toMatchObject({ state: 'running', total: 5, behind: 5, startedAt: 4000 });
  });

  it('changes only from the states that are named, and only what is said', async () => {
    const store = open();
    await store.startRescore({ ...start, version: 8 }, 1000);
    expect(await store.changeRescore(8, ['running'], { pace: 30, state: undefined }, 2000)).toBe(true);
    expect(await store.changeRescore(8, ['paused'], { state: 'running' }, 3000)).toBe(false);
    expect(await store.changeRescore(9, ['running'], { state: 'paused' }, 3000)).toBe(false);
    expect(await store.rescore(8)).toMatchObject({ state: 'running', pace: 30, behind: 412, changedAt: 2000 });
    expect(await store.rescore(9)).toBeUndefined();
  });

  it('is listed, that of the newest version first', async () => {
    const store = open();
    for (const version of [7, 8, 10]) await store.startRescore({ ...start, version }, 1000);
    expect((await store.rescores()).map(({ version }) => version)).toEqual([10, 8, 7]);
    expect(await store.rescores(1)).toHaveLength(1);
  });
});
