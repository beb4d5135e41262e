import * as z from 'zod';
import { unreachable } from '../../../shared/kernel/unreachable.ts';
import type { Definition, MapState, Task } from './definition.ts';

export type Surroundings = {
  /** Calls a function by its ARN. */
  readonly call: (functionArn: string, event: unknown) => Promise<unknown>;
  readonly pause: (ms: number) => Promise<unknown>;
};

const Fields = z.record(z.string(), z.unknown());

const perform = async ({ call, pause }: Surroundings, { Resource, Retry: [retry] }: Task, input: unknown) => {
  for (let attempt = 0; ; attempt++) {
    try {
      return await call(Resource, input);
    } catch (error) {
      if (!retry || attempt >= retry.MaxAttempts) throw error;
      const seconds = Math.min(retry.MaxDelaySeconds, retry.IntervalSeconds * retry.BackoffRate ** attempt);
      await pause(seconds * 1000);
    }
  }
};

/** Some at once, each as soon as there is room. The first that fails ends it. */
const forEach = async (around: Surroundings, map: MapState, input: unknown): Promise<void> => {
  const items = z.array(z.unknown()).parse(Fields.parse(input)[map.ItemsPath]);
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let i = next++; i < items.length; i = next++) await runDefinition(around, map.ItemProcessor, items[i]);
  };
  await Promise.all(Array.from({ length: Math.min(map.MaxConcurrency, items.length) }, lane));
};

/** Runs a state machine from its start to its end. Throws what a task threw when it was tried for the last time. */
export const runDefinition = async (
  around: Surroundings,
  { StartAt, States }: Definition,
  input: unknown,
): Promise<unknown> => {
  let name = StartAt;
  let value = input;
  for (;;) {
    const state = States[name];
    if (!state) throw new Error(`The state machine has no state ${name}`);
    switch (state.Type) {
      case 'Task':
        value = await perform(around, state, value);
        name = state.Next;
        break;
      case 'Choice': {
        const fields = Fields.parse(value);
        name =
          state.Choices.find(({ Variable, BooleanEquals }) => fields[Variable] === BooleanEquals)?.Next ??
          state.Default;
        break;
      }
      case 'Map':
        await forEach(around, state, value);
        return value;
      case 'Succeed':
        return value;
      default:
        return unreachable(state);
    }
  }
};
