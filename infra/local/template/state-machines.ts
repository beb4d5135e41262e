import * as z from 'zod';
import { Definition } from '../states/definition.ts';
import type { StackView } from './stack-view.ts';

const StateMachine = z.object({
  DefinitionString: z.string().transform((text): unknown => JSON.parse(text)),
});

export type StateMachineBlueprint = {
  readonly name: string;
  readonly arn: string;
  readonly definition: Definition;
};

/** Throws on a definition that the local cloud cannot carry out. */
export const readStateMachines = ({ all, nameOf, arnOf }: StackView): StateMachineBlueprint[] =>
  all(StateMachine, 'AWS::StepFunctions::StateMachine').map(([id, { DefinitionString }]) => ({
    name: nameOf(id),
    arn: arnOf(id),
    definition: Definition.parse(DefinitionString),
  }));
