import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { Definition } from '../../infra/local/states/definition.ts';
import { resources } from '../support/template.ts';

const Machine = z.object({
  StateMachineType: z.string(),
  DefinitionString: z.string().transform((text): unknown => JSON.parse(text)),
  LoggingConfiguration: z.object({ Level: z.string(), IncludeExecutionData: z.boolean() }),
  TracingConfiguration: z.object({ Enabled: z.boolean() }),
});
const [machine] = resources('AWS::StepFunctions::StateMachine', Machine).map(({ of }) => of);
const Table = z.object({ TimeToLiveSpecification: z.unknown().optional() });

describe('the run of a preview', () => {
  it('is a distributed map: each part is an execution of its own, eight at once', () =>
    expect(machine?.DefinitionString).toMatchObject({
      StartAt: 'Parts',
      States: {
        Parts: {
          Type: 'Map',
          ItemsPath: '$.parts',
          MaxConcurrency: 8,
          ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } },
        },
      },
    }));

  it('calls the function again until a part is done, and after a failure', () => {
    const { States } = Definition.parse(machine?.DefinitionString);
    const inner = States.Parts?.Type === 'Map' ? States.Parts.ItemProcessor.States : {};
    expect(inner.Work).toMatchObject({ Resource: expect.stringMatching(/^PreviewFunction.*\.Arn$/), Next: 'IsDone' });
    expect(inner.Work).toMatchObject({ Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 6 }] });
    expect(inner.IsDone).toMatchObject({ Choices: [{ BooleanEquals: true, Next: 'Done' }], Default: 'Work' });
  });

  it('is traced, and logged without what goes in and out', () =>
    expect(machine).toMatchObject({
      StateMachineType: 'STANDARD',
      LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false },
      TracingConfiguration: { Enabled: true },
    }));

  it('leaves results in a table that forgets them', () =>
    expect(
      resources('AWS::DynamoDB::Table', Table)
        .filter(({ of }) => of.TimeToLiveSpecification !== undefined)
        .map(({ id, of }) => [id.replace(/Table.*/, ''), of.TimeToLiveSpecification]),
    ).toContainEqual(['Config', { AttributeName: 'expiry', Enabled: true }]));
});
