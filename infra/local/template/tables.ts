import * as z from 'zod';
import type { StackView } from './stack-view.ts';

const Key = z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) });

const Index = z.object({
  IndexName: z.string(),
  KeySchema: z.array(Key),
  Projection: z.object({
    ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']),
    NonKeyAttributes: z.array(z.string()).optional(),
  }),
});

const Table = z.object({
  KeySchema: z.array(Key),
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) })),
  GlobalSecondaryIndexes: z.array(Index).default([]),
  TimeToLiveSpecification: z.object({ AttributeName: z.string(), Enabled: z.boolean() }).optional(),
});
export type TableBlueprint = z.infer<typeof Table> & { readonly name: string };

export const readTables = ({ all, nameOf }: StackView): TableBlueprint[] =>
  all(Table, 'AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable').map(([id, table]) => ({
    ...table,
    name: nameOf(id),
  }));
