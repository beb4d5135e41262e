import type { ConsumedCapacity, DynamoDBClient } from '@aws-sdk/client-dynamodb';

type Meter = { requests: number; reads: number; writes: number; index: number };

const isReading = (name: string) => name.startsWith('Get') || name.startsWith('Query') || name.startsWith('BatchGet');

const consumed = (output: object): ConsumedCapacity[] =>
  'ConsumedCapacity' in output && output.ConsumedCapacity ? [output.ConsumedCapacity].flat() : [];

/** Asks for the consumed capacity of every request, and adds it up. */
export const metered = (client: DynamoDBClient): { readonly read: () => Meter } => {
  let meter: Meter = { requests: 0, reads: 0, writes: 0, index: 0 };
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const result = await next({ ...args, input: { ...args.input, ReturnConsumedCapacity: 'INDEXES' } });
      meter.requests++;
      for (const { Table, GlobalSecondaryIndexes } of consumed(result.output)) {
        meter[isReading(context.commandName ?? '') ? 'reads' : 'writes'] += Table?.CapacityUnits ?? 0;
        for (const { CapacityUnits = 0 } of Object.values(GlobalSecondaryIndexes ?? {})) meter.index += CapacityUnits;
      }
      return result;
    },
    { step: 'initialize' },
  );
  return {
    read: () => {
      const read = meter;
      meter = { requests: 0, reads: 0, writes: 0, index: 0 };
      return read;
    },
  };
};
