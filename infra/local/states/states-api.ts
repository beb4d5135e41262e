import * as z from 'zod';
import { bodyOf, type Listener } from '../loopback.ts';
import type { Executions } from './executions.ts';

const MAX_BODY = 1_048_576;
const Start = z.object({ stateMachineArn: z.string(), name: z.string(), input: z.string().default('{}') });

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Answers the one call of Step Functions' API that Polku makes. */
export const statesApi =
  (executions: Executions, now: () => number): Listener =>
  async (request, response) => {
    const answer = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
    const target = String(request.headers['x-amz-target']);
    if (target !== 'AWSStepFunctions.StartExecution')
      return void answer(400, { __type: 'UnknownOperationException', message: target });
    const read = Start.safeParse(parsed((await bodyOf(request, MAX_BODY))?.toString() ?? ''));
    if (!read.success) return void answer(400, { __type: 'ValidationException', message: 'Not a StartExecution' });
    const { stateMachineArn: machine, name, input } = read.data;
    try {
      executions.start({ machine, name, input });
    } catch {
      return void answer(400, { __type: 'StateMachineDoesNotExist', message: machine });
    }
    const executionArn = `${machine.replace(':stateMachine:', ':execution:')}:${name}`;
    answer(200, { executionArn, startDate: now() / 1000 });
  };
