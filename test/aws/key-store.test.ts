import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDynalite } from '../../infra/local/dynamodb/start-dynalite.ts';
import { keyStore } from '../../shared/aws/key-store.ts';
import { openTables } from '../support/tables.ts';
import { emptyPartitions } from './table-rows.ts';

describe('the keys of links', () => {
  let tables: Awaited<ReturnType<typeof openTables>>;
  beforeAll(async () => {
    tables = await openTables(startDynalite);
  });
  afterAll(() => tables.close());
  const store = () => keyStore({ client: tables.client, table: tables.config, now: () => 0, randomBytes });
  const empty = () => emptyPartitions(tables.client, tables.config);

  it('begin with one, which is the same for everybody, however many ask at once for the first time', async () => {
    await empty();
    const asked = await Promise.all(Array.from({ length: 8 }, () => store().linkKeys(0)));
    expect(asked[0]).toHaveLength(1);
    expect(asked[0]?.[0]?.key).toHaveLength(32);
    for (const keys of asked) expect(keys).toEqual(asked[0]);
  });

  it('get a new one in front; those before it stay, so that old links work', async () => {
    await empty();
    const before = await store().linkKeys(0);
    const ids = [await store().rotate(), await store().rotate()];
    const after = await store().linkKeys(0);
    expect(after.map(({ id }) => id)).toEqual([ids[1], ids[0], before[0]?.id]);
    expect(after[2]).toEqual(before[0]);
  });

  it('are each kept when two are added at once', async () => {
    await empty();
    const ids = await Promise.all([store().rotate(), store().rotate(), store().rotate()]);
    const keys = (await store().linkKeys(0)).map(({ id }) => id);
    expect(keys).toHaveLength(4);
    expect(keys).toEqual(expect.arrayContaining(ids));
  });
});
