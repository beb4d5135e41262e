import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { PARTITION, SORT } from '../../shared/aws/keys.ts';
import type { Binding } from './binding.ts';

type Action =
  | 'GetItem'
  | 'BatchGetItem'
  | 'Query'
  | 'PutItem'
  | 'UpdateItem'
  | 'DeleteItem'
  | 'PartiQLInsert'
  | 'PartiQLUpdate';

export type Allowance =
  /** Partitions by key; a `*` at the end stands for the rest of it. */
  | { readonly partitions: readonly string[]; readonly may: readonly Action[] }
  | { readonly index: string; readonly may: readonly ['Query'] }
  /** Reads the whole table, but nothing of each item beyond these attributes. */
  | { readonly scans: readonly string[] };

export type Index = {
  readonly name: string;
  readonly partition: string;
  readonly sort: string;
  readonly sortType: AttributeType;
};

export type DurableTableProps = {
  readonly indexes?: readonly Index[];
  /** The attribute that says when an item may go, in epoch seconds. */
  readonly expiry?: string;
};

/** A table that is not lost: it outlives the stack, and can be put back to any second of the last 35 days. */
export class DurableTable extends Construct {
  readonly table: Table;

  constructor(scope: Construct, id: string, { indexes = [], expiry }: DurableTableProps = {}) {
    super(scope, id);
    this.table = new Table(this, 'Table', {
      partitionKey: { name: PARTITION, type: AttributeType.STRING },
      sortKey: { name: SORT, type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      ...(expiry === undefined ? {} : { timeToLiveAttribute: expiry }),
    });
    for (const { name, partition, sort, sortType } of indexes) {
      this.table.addGlobalSecondaryIndex({
        indexName: name,
        partitionKey: { name: partition, type: AttributeType.STRING },
        sortKey: { name: sort, type: sortType },
        projectionType: ProjectionType.KEYS_ONLY,
      });
    }
  }

  /** The name of the table, for one that may do this much with it. */
  for(...allowances: readonly Allowance[]): Binding {
    return { value: this.table.tableName, allows: allowances.map((allowance) => this.#statement(allowance)) };
  }

  #scan(attributes: readonly string[]): PolicyStatement {
    return new PolicyStatement({
      actions: ['dynamodb:Scan'],
      resources: [this.table.tableArn],
      conditions: {
        'ForAllValues:StringEquals': { 'dynamodb:Attributes': attributes },
        StringEquals: { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' },
      },
    });
  }

  #statement(allowance: Allowance): PolicyStatement {
    if ('scans' in allowance) return this.#scan(allowance.scans);
    const actions = allowance.may.map((action) => `dynamodb:${action}`);
    if ('index' in allowance) {
      return new PolicyStatement({ actions, resources: [`${this.table.tableArn}/index/${allowance.index}`] });
    }
    return new PolicyStatement({
      actions,
      resources: [this.table.tableArn],
      conditions: {
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': allowance.partitions },
        // "For all" holds where there are none.
        Null: { 'dynamodb:LeadingKeys': 'false' },
      },
    });
  }
}
