import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynoxide, startDynoxide } from '../../../infra/local/dynamodb/dynoxide.ts';
import { startDynalite } from '../../../infra/local/dynamodb/start-dynalite.ts';
import { memberStore } from '../../../shared/aws/dynamodb-member-store.ts';
import { memberStoreContract } from '../../aws/member-store.contract.ts';
import { definitions } from '../../support/definitions.ts';
import { openTables } from '../../support/tables.ts';
import type { OpenTables } from './asking-dynamodb.ts';
import { straight } from './calls.ts';
import { conditionsContract } from './conditions.contract.ts';
import { indexesContract } from './indexes.contract.ts';
import { queriesContract } from './queries.contract.ts';
import { sameAfterEach } from './same-after-each.ts';
import { statementsContract } from './statements.contract.ts';
import { dynamodbClient, memoryTables } from './tables.ts';

const program = dynoxide();

const contract = (name: string, open: () => OpenTables): void => {
  conditionsContract(name, open);
  queriesContract(name, open);
  indexesContract(name, open);
  statementsContract(name, open);
};

describe('the tables in memory', () => {
  const tables = memoryTables(definitions().tables);
  const client = dynamodbClient(tables, straight);
  contract('memory', () => ({ client, members: 'members' }));

  const store = { client, table: 'members', pause: async () => {} };
  memberStoreContract('the tables in memory', async () => memberStore(store));
  const plain = memoryTables(definitions().tables);
  Object.assign(plain.answering, { partiql: false, page: 7 });
  memberStoreContract('the tables in memory, without statements and with short pages', async () =>
    memberStore({ ...store, client: dynamodbClient(plain, straight) }),
  );

  it('have understood all that was asked of them', () => expect([...tables.misuse, ...plain.misuse]).toEqual([]));
});

/** Those that stand in for DynamoDB behind `npm start`. */
const emulator = (name: string, start: Parameters<typeof openTables>[0]): unknown =>
  describe(name, () => {
    let tables: Awaited<ReturnType<typeof openTables>>;
    beforeAll(async () => {
      tables = await openTables(start);
    });
    afterAll(() => tables.close());
    contract(name, () => tables);
  });

emulator('dynalite', startDynalite);
describe.runIf(program)('beside it', () => {
  it('answer and hold the same as dynoxide after each of many operations of the stores', async () => {
    const theirs = await openTables((folder) => startDynoxide(program ?? '', folder));
    const ours = memoryTables(definitions().tables);
    try {
      await sameAfterEach(dynamodbClient(ours, straight), theirs.client, { seed: 3, count: 400 });
    } finally {
      await theirs.close();
    }
    expect(ours.misuse).toEqual([]);
  });

  emulator('dynoxide', (folder) => startDynoxide(program ?? '', folder));
});
