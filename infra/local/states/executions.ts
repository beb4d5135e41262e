import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import { readJsonFile, writePrivately } from '../private-file.ts';
import { functionIn } from '../template/place.ts';
import type { StateMachineBlueprint } from '../template/state-machines.ts';
import { runDefinition } from './run-definition.ts';

const Execution = z.object({ machine: z.string(), name: z.string(), input: z.string() });
export type Execution = z.infer<typeof Execution>;

export type Executions = {
  /** The same machine and name again is the same execution. Throws where there is no such machine. */
  readonly start: (execution: Execution) => void;
  /** Names who calls functions, and goes on with what a stop or a crash cut short. */
  readonly begin: (invoke: (name: string, event: unknown) => Promise<unknown>, tell: (line: string) => void) => void;
  readonly close: () => void;
};

/**
 * Step Functions: runs the state machines of the template. What runs is kept in the data folder and, after a stop, begun
 * again from its start, so tasks must bear being repeated, as they must on AWS.
 */
export const executions = (data: string, machines: readonly StateMachineBlueprint[]): Executions => {
  const file = join(data, 'executions.json');
  const open = new Map(
    (readJsonFile(file, z.array(Execution)) ?? []).map((one) => [`${one.machine}#${one.name}`, one]),
  );
  const closing = new AbortController();
  const keep = (): void => writePrivately(file, JSON.stringify([...open.values()]));
  let run: (execution: Execution) => void = () => {};

  return {
    start: (execution) => {
      const key = `${execution.machine}#${execution.name}`;
      if (!machines.some(({ arn }) => arn === execution.machine)) throw new Error('There is no such state machine');
      if (open.has(key)) return;
      open.set(key, execution);
      keep();
      run(execution);
    },
    begin: (invoke, tell) => {
      const around = {
        call: (arn: string, event: unknown) => invoke(functionIn(arn), event),
        pause: (ms: number) => pause(ms, undefined, { signal: closing.signal }),
      };
      run = (execution) => {
        const { machine, name, input } = execution;
        const blueprint = machines.find(({ arn }) => arn === machine);
        const done = blueprint ? runDefinition(around, blueprint.definition, JSON.parse(input)) : Promise.resolve();
        done
          .catch(() => {
            if (!closing.signal.aborted) tell(`${blueprint?.name} gave up; the log of its function says why`);
          })
          .finally(() => {
            if (closing.signal.aborted) return;
            open.delete(`${machine}#${name}`);
            keep();
          });
      };
      for (const execution of open.values()) run(execution);
    },
    close: () => closing.abort(),
  };
};
