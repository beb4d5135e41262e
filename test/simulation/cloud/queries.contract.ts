import { BatchGetItemCommand, paginateQuery, paginateScan } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, it } from 'vitest';
import { asking, type OpenTables, outcome } from './asking-dynamodb.ts';

/** By UTF-8 bytes, not by UTF-16 units. */
const IN_ORDER = ['#', 'A', 'a', 'a#1', 'a#10', 'a#2', 'b', 'ä', '\uffee', '😀'];

/** What the stores ask of reads, whatever DynamoDB they are in. */
export const queriesContract = (name: string, open: () => OpenTables): void => {
  describe(`reads in ${name}`, () => {
    let parts = 0;
    const filled = async (sorts: readonly string[] = IN_ORDER) => {
      const pk = `queries#${name}#${parts++}`;
      const tools = asking(open());
      for (const sk of sorts.toReversed()) await tools.put({ pk, sk, body: `of ${sk}` });
      await tools.put({ pk: `${pk}-other`, sk: 'a' });
      return { pk, ...tools };
    };
    const sorts = (items: readonly Record<string, unknown>[]) => items.map(({ sk }) => sk);

    it('give a partition in the order of its bytes, forwards and backwards', async () => {
      const { pk, query } = await filled();
      const all = { KeyConditionExpression: 'pk = :p' };
      expect(sorts((await query(all, { ':p': pk })).items)).toEqual(IN_ORDER);
      const back = await query({ ...all, ScanIndexForward: false }, { ':p': pk });
      expect(sorts(back.items)).toEqual(IN_ORDER.toReversed());
      expect((await query(all, { ':p': `${pk}-none` })).items).toEqual([]);
    });

    it.each([
      ['begins_with(sk, :s)', (sk: string) => sk.startsWith('a#1')],
      ['sk = :s', (sk: string) => sk === 'a#1'],
      ['sk > :s', (_: string, i: number) => i > 3],
      ['sk >= :s', (_: string, i: number) => i >= 3],
      ['sk < :s', (_: string, i: number) => i < 3],
      ['sk <= :s', (_: string, i: number) => i <= 3],
    ])('give those where %s', async (condition, wanted) => {
      const { pk, query } = await filled();
      const found = await query(
        {
          KeyConditionExpression: `#p = :p AND ${condition.replace('sk', '#s')}`,
          ExpressionAttributeNames: { '#p': 'pk', '#s': 'sk' },
        },
        { ':p': pk, ':s': 'a#1' },
      );
      expect(sorts(found.items)).toEqual(IN_ORDER.filter(wanted));
    });

    it('give a page and where the next one starts, though that item is gone by then', async () => {
      for (const ScanIndexForward of [true, false]) {
        const { pk, query, remove } = await filled();
        const page = { KeyConditionExpression: 'pk = :p', Limit: 4, ScanIndexForward };
        const first = await query(page, { ':p': pk });
        expect(first.items).toHaveLength(4);
        expect(first.next).toEqual(marshall({ pk, sk: first.items.at(-1)?.sk }));
        await remove(pk, String(first.items.at(-1)?.sk));
        if (!first.next) throw new Error('no next page');
        const second = await query({ ...page, ExclusiveStartKey: first.next }, { ':p': pk });
        expect(sorts(second.items)[0]).toBe(ScanIndexForward ? 'a#10' : 'a#2');
      }
    });

    it('give all pages by the paginator of the SDK, a megabyte to a page', async () => {
      const { pk, put } = await filled([]);
      const many = Array.from({ length: 8 }, (_, i) => `big#${i}`);
      for (const sk of many) await put({ pk, sk, body: 'x'.repeat(300_000) });
      const { client, members: TableName } = open();
      const pages: unknown[][] = [];
      const query = { TableName, KeyConditionExpression: 'pk = :p', ExpressionAttributeValues: marshall({ ':p': pk }) };
      for await (const { Items = [] } of paginateQuery({ client }, query)) pages.push(Items.map((one) => one.sk?.S));
      expect(pages.flat()).toEqual(many);
      expect(pages.length).toBeGreaterThanOrEqual(3);
    });

    it('give only the attributes asked for', async () => {
      const { pk, query } = await filled(['a']);
      const names = { '#b': 'body', '#m': 'missing' };
      const asked = {
        KeyConditionExpression: 'pk = :p',
        ProjectionExpression: '#b, #m',
        ExpressionAttributeNames: names,
      };
      expect((await query(asked, { ':p': pk })).items).toEqual([{ body: 'of a' }]);
    });

    it('give every item of a table once, part by part and page by page, of those that pass only what is asked for', async () => {
      const { pk, put } = await filled();
      const { client, members: TableName } = open();
      const others = Array.from({ length: 9 }, (_, i) => `${pk}-far-${i}`);
      for (const other of others) await put({ pk: other, sk: 'a', body: 'far' });
      const scan = {
        TableName,
        Select: 'SPECIFIC_ATTRIBUTES',
        ProjectionExpression: '#p, #s',
        FilterExpression: '#s = :a',
        ExpressionAttributeNames: { '#p': 'pk', '#s': 'sk' },
        ExpressionAttributeValues: marshall({ ':a': 'a' }),
        Limit: 4,
        TotalSegments: 3,
      } as const;
      const found: Record<string, unknown>[] = [];
      for (const Segment of [0, 1, 2])
        for await (const { Items = [], ScannedCount = 0 } of paginateScan({ client }, { ...scan, Segment })) {
          expect(ScannedCount).toBeLessThanOrEqual(4);
          found.push(...Items.map((item) => unmarshall(item)).filter((item) => String(item.pk).startsWith(pk)));
        }
      const keys = [pk, `${pk}-other`, ...others].map((one) => ({ pk: one, sk: 'a' }));
      const told = (some: readonly object[]) => some.map((one) => JSON.stringify(Object.entries(one).sort())).sort();
      expect(told(found)).toEqual(told(keys));
    });

    it('give many items by key, those that are there', async () => {
      const { pk } = await filled();
      const { client, members } = open();
      const batch = async (sks: readonly string[]) => {
        const Keys = sks.map((sk) => marshall({ pk, sk }));
        const answer = await client.send(
          new BatchGetItemCommand({ RequestItems: { [members]: { Keys, ConsistentRead: true } } }),
        );
        expect(answer.UnprocessedKeys).toEqual({});
        return sorts((answer.Responses?.[members] ?? []).map((item) => unmarshall(item)));
      };
      expect((await batch(['b', 'none', 'a', 'A'])).toSorted()).toEqual(['A', 'a', 'b']);
      const numbered = (count: number) => Array.from({ length: count }, (_, i) => `n${i}`);
      expect(await outcome(batch(numbered(100)))).toBe('done');
      expect(await outcome(batch(numbered(101)))).toBe('ValidationException');
      expect(await outcome(batch(['a', 'a']))).toBe('ValidationException');
      expect(await outcome(batch([]))).toBe('ValidationException');
    });
  });
};
