import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynoxide, startDynoxide } from '../../infra/local/dynamodb/dynoxide.ts';
import { startDynalite } from '../../infra/local/dynamodb/start-dynalite.ts';
import { memberStore } from '../../shared/aws/dynamodb-member-store.ts';
import { singleWrites } from '../../shared/aws/member-writes.ts';
import { memoryMemberStore } from '../support/memory-member-store.ts';
import { openTables } from '../support/tables.ts';
import { memberStoreContract } from './member-store.contract.ts';

type Tables = Awaited<ReturnType<typeof openTables>>;
const pause = async () => {};
const program = dynoxide();

memberStoreContract('memory', async () => memoryMemberStore());

/** The contract in one DynamoDB, by whatever writes it offers. */
const inDynamoDb = (name: string, start: Parameters<typeof openTables>[0]): unknown =>
  describe(name, () => {
    let tables: Tables;
    beforeAll(async () => {
      tables = await openTables(start);
    });
    afterAll(() => tables.close());
    const open = () => memberStore({ client: tables.client, table: tables.members, pause });
    memberStoreContract(name, async () => open());
    memberStoreContract(`${name} by single calls`, async () => ({
      ...open(),
      ...singleWrites(tables.client, tables.members),
    }));
  });

// Without PartiQL: the store must find out by itself and go on with single calls.
inDynamoDb('dynalite', startDynalite);

describe.runIf(program !== undefined)('with PartiQL', () => {
  inDynamoDb('dynoxide', (folder) => startDynoxide(program ?? '', folder));
});

describe('this machine', () => {
  it('runs the contract on dynoxide wherever there is a package of it', () =>
    expect(program !== undefined).toBe(process.platform === 'linux' && process.arch === 'x64'));
});
