import { BatchExecuteStatementCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, it } from 'vitest';
import { isWithoutPartiql } from '../../../shared/aws/statements.ts';
import { asking, type OpenTables, outcome } from './asking-dynamodb.ts';

type Asked = { readonly text: string; readonly values: readonly unknown[] };
type Tools = ReturnType<typeof asking> & {
  readonly pk: string;
  /** For each statement `done` or the code of its refusal. */
  readonly run: (...statements: Asked[]) => Promise<string[]>;
};

/** What the member store asks of conditional writes in batches, where an endpoint knows them at all. */
export const statementsContract = (name: string, open: () => OpenTables): void => {
  describe(`statements in batches in ${name}`, () => {
    let parts = 0;

    /** Not carried out where the endpoint answers that it has no statements. */
    const whereKnown = (work: (tools: Tools) => Promise<void>) => async () => {
      const { client, members } = open();
      const pk = `statements#${name}#${parts++}`;
      const run = async (...statements: Asked[]) => {
        const Statements = statements.map(({ text, values }) => ({
          Statement: text.replace('members', members),
          Parameters: values.map((value) => marshall({ value }).value ?? { NULL: true }),
        }));
        const { Responses = [] } = await client.send(new BatchExecuteStatementCommand({ Statements }));
        return Responses.map(({ Error: refusal }) => refusal?.Code ?? 'done');
      };
      try {
        await run(insert(pk, 'first'));
      } catch (error) {
        expect(isWithoutPartiql(error)).toBe(true);
        return;
      }
      await work({ pk, run, ...asking(open()) });
    };

    const insert = (pk: string, sk: string, body: unknown = 'b'): Asked => ({
      text: `INSERT INTO "members" VALUE {'pk': ?,'sk': ?,'body': ?,'version': ?}`,
      values: [pk, sk, body, 1],
    });
    const update = (pk: string, sk: string, version: number, body: string): Asked => ({
      text: `UPDATE "members" SET "version" = ?,"body" = ? WHERE pk = ? AND sk = ? AND version = ?`,
      values: [version + 1, body, pk, sk, version],
    });

    it(
      'insert what is new, and say of each what is there already',
      whereKnown(async ({ pk, run, get }) => {
        expect(await run(insert(pk, 'a', 'one'), insert(pk, 'b'))).toEqual(['done', 'done']);
        expect(await run(insert(pk, 'c'), insert(pk, 'a', 'two'), insert(pk, 'd'))).toEqual([
          'done',
          'DuplicateItem',
          'done',
        ]);
        expect(await get(pk, 'a')).toEqual({ pk, sk: 'a', body: 'one', version: 1 });
        expect(await get(pk, 'd')).toBeDefined();
      }),
    );

    it(
      'update over the version that was read, each by itself',
      whereKnown(async ({ pk, run, get, put }) => {
        await put({ pk, sk: 'a', body: 'old', version: 1, kept: true });
        await run(insert(pk, 'b'));
        expect(await run(update(pk, 'a', 1, 'new'), update(pk, 'b', 2, 'new'), update(pk, 'none', 1, 'new'))).toEqual([
          'done',
          'ConditionalCheckFailed',
          'ConditionalCheckFailed',
        ]);
        expect(await get(pk, 'a')).toEqual({ pk, sk: 'a', body: 'new', version: 2, kept: true });
        expect((await get(pk, 'b'))?.body).toBe('b');
        expect(await get(pk, 'none')).toBeUndefined();
      }),
    );

    it(
      'refuse alone what no table can hold',
      whereKnown(async ({ pk, run, get }) => {
        expect(await run(insert(pk, ''), insert(pk, 'a'), insert(pk, 'b', 'x'.repeat(409_600)))).toEqual([
          'ValidationError',
          'done',
          'ValidationError',
        ]);
        expect(await get(pk, 'a')).toBeDefined();
      }),
    );

    it(
      'let one of many racing writers through',
      whereKnown(async ({ pk, run }) => {
        const outcomes = await Promise.all(Array.from({ length: 10 }, () => run(insert(pk, 'a'))));
        expect(outcomes.flat().filter((one) => one === 'done')).toHaveLength(1);
      }),
    );

    it(
      'are 25 to a request, each for an item of its own; else none is carried out',
      whereKnown(async ({ pk, run, get }) => {
        const many = (count: number, of: string) => Array.from({ length: count }, (_, i) => insert(pk, `${of}${i}`));
        expect(await outcome(run(...many(25, 'fits')))).toBe('done');
        expect(await outcome(run(...many(26, 'over')))).toBe('ValidationException');
        expect(await outcome(run(insert(pk, 'a'), insert(pk, 'a')))).toBe('ValidationException');
        expect(await get(pk, 'a')).toBeUndefined();
        expect(await get(pk, 'over0')).toBeUndefined();
      }),
    );
  });
};
