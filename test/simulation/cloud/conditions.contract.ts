import { ConditionalCheckFailedException, ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { asking, type OpenTables, outcome } from './asking-dynamodb.ts';

const FREE = { ConditionExpression: 'attribute_not_exists(pk)' };
const VERSION = { ExpressionAttributeNames: { '#v': 'version' } };

/** What the stores ask of conditional writes, whatever DynamoDB they are in. */
export const conditionsContract = (name: string, open: () => OpenTables): void => {
  describe(`conditional writes in ${name}`, () => {
    let parts = 0;
    const fresh = () => ({ pk: `conditions#${name}#${parts++}`, ...asking(open()) });

    it('put an item whole in place of the one before', async () => {
      const { pk, put, get } = fresh();
      await put({ pk, sk: 'a', one: 1, two: { deep: ['x', true, null, 1.5, ''] } });
      await put({ pk, sk: 'a', three: 'ä' });
      expect(await get(pk, 'a')).toEqual({ pk, sk: 'a', three: 'ä' });
      expect(await get(pk, 'b')).toBeUndefined();
    });

    it('put only where the key is free', async () => {
      const { pk, put, get } = fresh();
      expect(await outcome(put({ pk, sk: 'a', by: 1 }, FREE))).toBe('done');
      const again = put({ pk, sk: 'a', by: 2 }, FREE);
      await expect(again).rejects.toBeInstanceOf(ConditionalCheckFailedException);
      await expect(again).rejects.toMatchObject({ name: 'ConditionalCheckFailedException', $fault: 'client' });
      expect(await get(pk, 'a')).toEqual({ pk, sk: 'a', by: 1 });
    });

    it('update over one version only, and leave what they do not name', async () => {
      const { pk, put, update, get } = fresh();
      await put({ pk, sk: 'a', version: 1, kept: 'k', lost: 'g' });
      const to = (from: number) =>
        outcome(
          update(
            pk,
            'a',
            {
              UpdateExpression: 'SET #v = :next, body = :body REMOVE lost, nowhere',
              ConditionExpression: '#v = :from',
              ...VERSION,
            },
            { ':next': from + 1, ':from': from, ':body': `from ${from}` },
          ),
        );
      expect([await to(1), await to(1), await to(2)]).toEqual(['done', 'ConditionalCheckFailedException', 'done']);
      expect(await get(pk, 'a')).toEqual({ pk, sk: 'a', version: 3, kept: 'k', body: 'from 2' });
    });

    it('make the item that an update does not find, where its condition allows', async () => {
      const { pk, update, get } = fresh();
      const set = (condition: string, version: number) =>
        outcome(
          update(
            pk,
            'a',
            { UpdateExpression: 'SET #v = :v', ConditionExpression: condition, ...VERSION },
            { ':v': version },
          ),
        );
      expect(await set('#v = :v', 1)).toBe('ConditionalCheckFailedException');
      const later = 'attribute_not_exists(#v) OR #v < :v';
      expect(await set(later, 5)).toBe('done');
      expect([await set(later, 5), await set(later, 4), await set(later, 6)]).toEqual([
        'ConditionalCheckFailedException',
        'ConditionalCheckFailedException',
        'done',
      ]);
      expect(await get(pk, 'a')).toEqual({ pk, sk: 'a', version: 6 });
    });

    it.each([
      ['status = :a OR status = :b AND amount > :n', true],
      ['(status = :a OR status = :b) AND amount > :n', false],
      ['NOT (status = :b OR amount < :n) AND amount >= :n AND NOT amount < :n', true],
      ['attribute_exists(status) AND amount <= :n AND begins_with(status, :a) AND NOT status = :b', true],
      ['absent = :a OR absent < :n OR begins_with(absent, :b) OR status < :n', false],
      ['amount = :a OR status = :n OR status = :b', false],
      ['status <> :b AND amount <> :a AND NOT amount <> :n', true],
      ['absent <> :a AND NOT absent = :a AND status <> :b', true],
      ['status <> :a OR amount <> :n', false],
    ])('hold by the rules of the expression %s', async (ConditionExpression, holds) => {
      const { pk, put } = fresh();
      await put({ pk, sk: 'a', status: 'alpha', amount: 7 });
      // Every value is used, by a part that never holds.
      const whole = `(${ConditionExpression}) OR nothing = :a OR nothing = :b OR nothing = :n`;
      const names = { '#status': 'status' };
      const write = put(
        { pk, sk: 'a' },
        { ConditionExpression: whole.replaceAll('status', '#status'), ExpressionAttributeNames: names },
        { ':a': 'alpha', ':b': 'beta', ':n': 7 },
      );
      expect(await outcome(write)).toBe(holds ? 'done' : 'ConditionalCheckFailedException');
    });

    it('count on from what is there, or from nothing', async () => {
      const { pk, update, get } = fresh();
      const count = (by: number) =>
        outcome(
          update(
            pk,
            'a',
            { UpdateExpression: 'ADD mails :by', ConditionExpression: 'attribute_not_exists(mails) OR mails <= :by' },
            { ':by': by },
          ),
        );
      expect([await count(2), await count(3), await count(4)]).toEqual([
        'done',
        'done',
        'ConditionalCheckFailedException',
      ]);
      expect(await get(pk, 'a')).toEqual({ pk, sk: 'a', mails: 5 });
    });

    it('delete only what is as it was read', async () => {
      const { pk, put, removeIf, remove, get } = fresh();
      await put({ pk, sk: 'a', since: 2 });
      expect(await outcome(removeIf(pk, 'a', 'since = :at', { ':at': 1 }))).toBe('ConditionalCheckFailedException');
      expect(await outcome(removeIf(pk, 'a', 'since = :at', { ':at': 2 }))).toBe('done');
      expect(await get(pk, 'a')).toBeUndefined();
      expect(await outcome(remove(pk, 'a'))).toBe('done');
    });

    it('let one of many racing writers through', async () => {
      const { pk, put } = fresh();
      const outcomes = await Promise.all(
        Array.from({ length: 10 }, (_, by) => outcome(put({ pk, sk: 'a', by }, FREE))),
      );
      expect(outcomes.filter((one) => one === 'done')).toHaveLength(1);
    });

    it('refuse what no table could do', async () => {
      const { pk, put, update } = fresh();
      const refused = await Promise.all([
        outcome(put({ pk })),
        outcome(put({ pk, sk: '' })),
        outcome(put({ pk, sk: 1 })),
        outcome(put({ pk, sk: 'x'.repeat(1025) })),
        outcome(put({ pk: `${pk}${'x'.repeat(2048)}`, sk: 'a' })),
        outcome(put({ pk, sk: 'a', body: 'x'.repeat(409_600) })),
        outcome(put({ pk, sk: 'a', dueShard: 'due#1', dueAt: 'soon' })),
        outcome(update(pk, 'a', { UpdateExpression: 'SET sk = :v' }, { ':v': 'b' })),
        outcome(update(pk, 'a', { UpdateExpression: 'SET one = :v, one = :v' }, { ':v': 'b' })),
        outcome(update(pk, 'a', { UpdateExpression: 'SET one = :missing' }, { ':v': 'b' })),
        outcome(update(pk, 'a', { UpdateExpression: 'SET status = :v' }, { ':v': 'b' })),
        outcome(update(pk, 'a', { UpdateExpression: 'SET #missing = :v' }, { ':v': 'b' })),
        outcome(update(pk, 'a', { UpdateExpression: 'SET one = :v' }, { ':v': 'b', ':unused': 1 })),
        outcome(put({ pk, sk: 'a' }, { ...FREE, ...VERSION })),
      ]);
      expect(refused).toEqual(refused.map(() => 'ValidationException'));
    });

    it('take what just fits', async () => {
      const { pk, put } = fresh();
      expect(await outcome(put({ pk, sk: 'x'.repeat(1024) }))).toBe('done');
      const room = 409_600 - 'pk'.length - pk.length - 'sk'.length - 'a'.length - 'body'.length;
      expect(await outcome(put({ pk, sk: 'a', body: 'x'.repeat(room) }))).toBe('done');
      expect(await outcome(put({ pk, sk: 'a', body: 'x'.repeat(room + 1) }))).toBe('ValidationException');
    });

    it('know no other tables', async () => {
      const { put } = asking({ ...open(), members: 'nowhere' });
      await expect(put({ pk: 'a', sk: 'a' })).rejects.toBeInstanceOf(ResourceNotFoundException);
    });
  });
};
