import { marshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, it } from 'vitest';
import { asking, type OpenTables, outcome } from './asking-dynamodb.ts';

/** What the sweep and the lists ask of sparse indexes, whatever DynamoDB they are in. */
export const indexesContract = (name: string, open: () => OpenTables): void => {
  describe(`sparse indexes in ${name}`, () => {
    let parts = 0;
    const fresh = () => {
      const tools = asking(open());
      const shard = `shard#${name}#${parts++}`;
      const due = async (now: number, rest: object = {}) =>
        tools.query(
          { IndexName: 'due', KeyConditionExpression: 'dueShard = :shard AND dueAt <= :now', ...rest },
          { ':shard': shard, ':now': now },
        );
      const dueAt = (member: string, at: number) =>
        tools.update(
          member,
          'snapshot',
          { UpdateExpression: 'SET dueShard = :shard, dueAt = :at, body = :body' },
          { ':shard': shard, ':at': at, ':body': `due at ${at}` },
        );
      const whom = async (now: number) => (await due(now)).items.map(({ pk }) => pk);
      return { ...tools, shard, due, dueAt, whom, of: (member: string) => `${shard}#${member}` };
    };

    it('have an item as long as it has both attributes', async () => {
      const { whom, dueAt, update, put, remove, query, of, shard } = fresh();
      const [anna, bo] = [of('anna'), of('bo')];
      await put({ pk: anna, sk: 'snapshot', dueAt: 3 });
      expect(await whom(100)).toEqual([]);
      await dueAt(anna, 5);
      await dueAt(bo, 7);
      expect(await whom(100)).toEqual([anna, bo]);
      expect(await whom(6)).toEqual([anna]);
      await update(anna, 'snapshot', { UpdateExpression: 'REMOVE dueShard, dueAt' });
      expect(await whom(100)).toEqual([bo]);
      await put({ pk: bo, sk: 'snapshot', dueShard: shard });
      expect(await whom(100)).toEqual([]);
      const all = { IndexName: 'due', KeyConditionExpression: 'dueShard = :shard' };
      expect((await query(all, { ':shard': shard })).items).toEqual([]);
      await dueAt(anna, 1);
      await remove(anna, 'snapshot');
      expect(await whom(100)).toEqual([]);
    });

    it('move an item with its attributes, and hold keys alone', async () => {
      const { due, dueAt, of, shard } = fresh();
      const member = of('anna');
      for (const at of [9, 10, 100, 20, 3]) await dueAt(member, at);
      expect((await due(1000)).items).toEqual([{ pk: member, sk: 'snapshot', dueShard: shard, dueAt: 3 }]);
      expect((await due(2)).items).toEqual([]);
    });

    it('are in order of their sort key, numbers as numbers, page by page', async () => {
      const { due, dueAt, of, whom, shard } = fresh();
      for (const at of [100, 9, 20, -5, 1000, 1.5]) await dueAt(of(String(at)), at);
      const all = await whom(5000);
      expect(all).toEqual([-5, 1.5, 9, 20, 100, 1000].map((at) => of(String(at))));
      const paged: unknown[] = [];
      let next: Awaited<ReturnType<typeof due>>['next'];
      do {
        const page = await due(5000, { Limit: 2, ...(next ? { ExclusiveStartKey: next } : {}) });
        paged.push(...page.items.map(({ pk }) => pk));
        const last = page.items.at(-1);
        if (page.next && last) expect(page.next).toEqual(marshall({ ...last, dueShard: shard }));
        next = page.next;
      } while (next);
      expect(paged).toEqual(all);
    });

    it('go on after a page among items with equal keys, and miss none', async () => {
      const { due, dueAt, of } = fresh();
      const members = ['a', 'b', 'c', 'd', 'e'].map(of);
      for (const member of members) await dueAt(member, 7);
      const paged: unknown[] = [];
      let next: Awaited<ReturnType<typeof due>>['next'];
      do {
        const page = await due(7, { Limit: 2, ...(next ? { ExclusiveStartKey: next } : {}) });
        paged.push(...page.items.map(({ pk }) => pk));
        next = page.next;
      } while (next);
      expect(paged.toSorted()).toEqual(members);
    });

    it('can share an attribute with the key of the table', async () => {
      const { put, query, shard } = fresh();
      for (const pk of ['c', 'a', 'b']) await put({ pk: `${shard}#${pk}`, sk: 'journey#x', stageShard: shard });
      const beyond = async (pk: string) =>
        (
          await query(
            {
              IndexName: 'stage',
              KeyConditionExpression: '#p = :p AND #s > :s',
              ExpressionAttributeNames: { '#p': 'stageShard', '#s': 'pk' },
              Limit: 5,
            },
            { ':p': shard, ':s': `${shard}#${pk}` },
          )
        ).items.map((item) => item.pk);
      expect(await beyond('a')).toEqual([`${shard}#b`, `${shard}#c`]);
      expect(await beyond('c')).toEqual([]);
    });

    it('are not read strongly, and only those that there are', async () => {
      const { due, query } = fresh();
      expect(await outcome(due(1, { ConsistentRead: true }))).toBe('ValidationException');
      const elsewhere = query({ IndexName: 'nowhere', KeyConditionExpression: 'dueShard = :s' }, { ':s': 'a' });
      expect(await outcome(elsewhere)).toBe('ValidationException');
    });
  });
};
