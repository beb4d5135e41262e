import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { afterEach, describe, expect, it } from 'vitest';
import { listen } from '../../infra/local/loopback.ts';
import { Definition } from '../../infra/local/states/definition.ts';
import { executions } from '../../infra/local/states/executions.ts';
import { runDefinition } from '../../infra/local/states/run-definition.ts';
import { statesApi } from '../../infra/local/states/states-api.ts';
import { arn, clientOf } from '../../infra/local/template/place.ts';

const definition = Definition.parse({
  StartAt: 'Parts',
  States: {
    Parts: {
      Type: 'Map',
      ItemsPath: '$.parts',
      MaxConcurrency: 2,
      ItemProcessor: {
        StartAt: 'Work',
        States: {
          Work: {
            Type: 'Task',
            Resource: arn('lambda', 'function:worker'),
            Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 1, MaxAttempts: 2 }],
            Next: 'IsDone',
          },
          IsDone: {
            Type: 'Choice',
            Choices: [{ Variable: '$.done', BooleanEquals: true, Next: 'Done' }],
            Default: 'Work',
          },
          Done: { Type: 'Succeed' },
        },
      },
      ResultPath: null,
      End: true,
    },
  },
});

/** A worker that needs so many calls for each part, and notes what it is at. */
const worker = (calls: number) => {
  const done = new Map<number, number>();
  let atWork = 0;
  let most = 0;
  return {
    done,
    most: () => most,
    call: async (_: string, event: unknown) => {
      const { part } = event as { part: number };
      most = Math.max(most, ++atWork);
      await pause(1);
      atWork--;
      done.set(part, (done.get(part) ?? 0) + 1);
      return { part, done: done.get(part) === calls };
    },
  };
};
const parts = [{ part: 0 }, { part: 1 }, { part: 2 }, { part: 3 }, { part: 4 }];

describe('a state machine', () => {
  it('calls for each item until it is done, no more at once than it may', async () => {
    const { call, done, most } = worker(3);
    await runDefinition({ call, pause: async () => {} }, definition, { parts });
    expect([...done]).toEqual(expect.arrayContaining(parts.map(({ part }) => [part, 3])));
    expect(most()).toBe(2);
  });

  it('tries a call again that fails, with longer and longer waits, and gives up in the end', async () => {
    const waits: number[] = [];
    let calls = 0;
    const call = async () => {
      calls++;
      throw new Error('no');
    };
    const around = { call, pause: async (ms: number) => void waits.push(ms) };
    await expect(runDefinition(around, definition, { parts: [{ part: 0 }] })).rejects.toThrow('no');
    expect([calls, waits]).toEqual([3, [1000, 2000]]);
  });

  it('is refused where it does what the local cloud does not', () =>
    expect(() => Definition.parse({ StartAt: 'A', States: { A: { Type: 'Wait', Seconds: 1 } } })).toThrow());
});

describe('executions', () => {
  const folder = mkdtempSync(join(tmpdir(), 'polku-states-'));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const machine = { name: 'run', arn: arn('states', 'stateMachine:run'), definition };

  it('are started as by the SDK, once for each name, and go on after a stop', async () => {
    const first = executions(folder, [machine]);
    const server = await listen(
      0,
      statesApi(first, () => 0),
    );
    const client = new SFNClient({ ...clientOf(server.address), maxAttempts: 1 });
    const start = (stateMachineArn: string) =>
      client.send(new StartExecutionCommand({ stateMachineArn, name: 'one', input: JSON.stringify({ parts }) }));
    let cut = 0;
    first.begin(
      () => new Promise(() => cut++),
      () => {},
    );
    expect((await start(machine.arn)).executionArn).toBe(`${arn('states', 'execution:run')}:one`);
    await start(machine.arn);
    expect(cut).toBe(2);
    await expect(start(arn('states', 'stateMachine:walk'))).rejects.toMatchObject({ name: 'StateMachineDoesNotExist' });
    first.close();
    client.destroy();
    await server.close();

    const { call, done } = worker(1);
    executions(folder, [machine]).begin(call, () => {});
    while (done.size < parts.length) await pause(5);
    // What has come to its end is not begun again.
    while (readFileSync(join(folder, 'executions.json'), 'utf8') !== '[]') await pause(5);
  });
});
