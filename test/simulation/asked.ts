import type { ScanCommandInput } from '@aws-sdk/client-dynamodb';
import type { Call } from './through.ts';

/** What a call asks of a service, as a policy names it. */
export type Asked = {
  /** `dynamodb:GetItem` */
  readonly action: string;
  /** Table and index, queue, or nothing where there is one only. */
  readonly where: string;
  /** The partition; nothing where none is named. */
  readonly partition: string;
  /** Of a scan: which attributes it names, and that it wants no others; nothing where it does not say so. */
  readonly scans?: string;
};

type Key = Readonly<Record<string, { readonly S?: string | undefined }>>;

const partitionIn = (key: object | undefined): string => {
  const read: Key = Object.fromEntries(
    Object.entries(key ?? {}).map(([name, value]) => [name, { S: typeof value?.S === 'string' ? value.S : undefined }]),
  );
  return read.pk?.S ?? '';
};

/** The value that a condition on the partition begins with. */
const partitionOf = (expression = '', values: Readonly<Record<string, { S?: string | undefined }>> = {}): string =>
  values[/=\s*(:\w+)/.exec(expression)?.[1] ?? '']?.S ?? '';

const texts = (values: Readonly<Record<string, object>> = {}): Record<string, { S?: string | undefined }> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      'S' in value && typeof value.S === 'string' ? { S: value.S } : {},
    ]),
  );

/** What a scan wants to see, as a policy names it: the attributes in its projection and in its filter. */
const scannedBy = ({ Select, ProjectionExpression, ExpressionAttributeNames = {} }: ScanCommandInput) =>
  ProjectionExpression === undefined ? '' : `${Select} ${Object.values(ExpressionAttributeNames).sort()}`;

const queueIn = (url = ''): string => url.split('/').at(-1) ?? '';

/** What a call asks for, item by item. */
export const askedBy = (call: Call): Asked[] => {
  switch (call.name) {
    case 'SendRawEmail':
      return [{ action: 'ses:SendRawEmail', where: '', partition: '' }];
    case 'BatchGetItem':
      return Object.entries(call.input.RequestItems ?? {}).flatMap(([where, { Keys = [] }]) =>
        Keys.map((key) => ({ action: 'dynamodb:BatchGetItem', where, partition: partitionIn(key) })),
      );
    case 'BatchExecuteStatement':
      return (call.input.Statements ?? []).map(({ Statement = '', Parameters = [] }) => {
        const [kind = ''] = Statement.split(' ');
        const partition = Parameters.find((one) => one.S?.startsWith('member#'))?.S ?? '';
        const action = `dynamodb:PartiQL${kind.charAt(0)}${kind.slice(1).toLowerCase()}`;
        return { action, where: /"([^"]+)"/.exec(Statement)?.[1] ?? '', partition };
      });
    case 'Query': {
      const { TableName = '', IndexName, KeyConditionExpression, ExpressionAttributeValues } = call.input;
      const action = 'dynamodb:Query';
      if (IndexName !== undefined) return [{ action, where: `${TableName}/index/${IndexName}`, partition: '' }];
      return [
        { action, where: TableName, partition: partitionOf(KeyConditionExpression, texts(ExpressionAttributeValues)) },
      ];
    }
    case 'GetItem':
    case 'UpdateItem':
    case 'DeleteItem':
      return [
        { action: `dynamodb:${call.name}`, where: call.input.TableName ?? '', partition: partitionIn(call.input.Key) },
      ];
    case 'PutItem':
      return [
        { action: 'dynamodb:PutItem', where: call.input.TableName ?? '', partition: partitionIn(call.input.Item) },
      ];
    case 'Scan':
      return [
        { action: 'dynamodb:Scan', where: call.input.TableName ?? '', partition: '', scans: scannedBy(call.input) },
      ];
    default:
      // One by one or in batches: the permission is the same.
      return [{ action: `sqs:${call.name.replace('Batch', '')}`, where: queueIn(call.input.QueueUrl), partition: '' }];
  }
};
