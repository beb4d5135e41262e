import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { TableBlueprint } from '../../../infra/local/template/tables.ts';
import { unreachable } from '../../../shared/kernel/unreachable.ts';
import type { Item } from './attribute-values.ts';
import { batchExecuteStatement, batchGetItem } from './batch-operations.ts';
import { passingFor, type Through } from './calls.ts';
import { type DynamodbCall, dynamodbCall } from './dynamodb-calls.ts';
import { noSuchTable, refusal } from './dynamodb-errors.ts';
import { queryTable } from './query-table.ts';
import { scanTable } from './scan-table.ts';
import { memoryTable, type Table } from './table.ts';
import { deleteItem, getItem, putItem, updateItem } from './table-operations.ts';

/** How the tables answer just now; to be changed at will, and read at each call. */
type Answering = {
  /** How many of its last changes an index does not show to a query. */
  lag: number;
  /** No page of a query has more items, where the query itself does not say how many. */
  page: number;
  /** Whether there are statements in batches. */
  partiql: boolean;
};

/** DynamoDB in memory, as far as Polku uses it. */
export const memoryTables = (definitions: readonly TableBlueprint[]) => {
  const tables = new Map<string, Table>(definitions.map((one) => [one.name, memoryTable(one)]));
  const misuse: unknown[] = [];
  const answering: Answering = { lag: 0, page: Number.POSITIVE_INFINITY, partiql: true };

  const tableAt = (name: string | undefined): Table => {
    const table = tables.get(name ?? '');
    if (!table) throw noSuchTable();
    return table;
  };

  const items = (name: string): Item[] =>
    tableAt(name)
      .items.all()
      .map(({ item }) => item);

  const run = (call: DynamodbCall): object => {
    switch (call.name) {
      case 'BatchExecuteStatement':
        if (!answering.partiql) throw refusal('UnknownOperationException', '');
        return batchExecuteStatement(tableAt, call.input);
      case 'BatchGetItem':
        return batchGetItem(tableAt, call.input);
      case 'DeleteItem':
        return deleteItem(tableAt(call.input.TableName), call.input);
      case 'GetItem':
        return getItem(tableAt(call.input.TableName), call.input);
      case 'PutItem':
        return putItem(tableAt(call.input.TableName), call.input);
      case 'Query':
        return queryTable(tableAt(call.input.TableName), call.input, answering);
      case 'Scan':
        return scanTable(tableAt(call.input.TableName), call.input);
      case 'UpdateItem':
        return updateItem(tableAt(call.input.TableName), call.input);
      default:
        return unreachable(call);
    }
  };

  return {
    run,
    tableAt,
    callOf: dynamodbCall,
    answering,
    /** Every item of a table, for whoever checks it. */
    items,
    /** What was asked that is not modelled; must be empty in the end. */
    misuse,
  };
};
export type Tables = ReturnType<typeof memoryTables>;

/** The client of one instance of a function. Many may share the tables. */
export const dynamodbClient = (tables: Tables, through: Through<DynamodbCall>): DynamoDBClient =>
  passingFor(DynamoDBClient.prototype, tables, through);
