import type { buildApp } from 'fauxqs';
import { z } from 'zod';
import { type Redrive, StartMessageMoveTask } from './redrive.ts';

const TYPE = 'application/x-amz-json-1.0';
const ListMessageMoveTasks = z.object({ SourceArn: z.string() });

const REFUSAL = {
  __type: 'com.amazonaws.sqs#InvalidParameterValue',
  message: 'Source queue must be configured as a Dead Letter Queue.',
};

/** Answers the requests about redrive before fauxqs refuses them. */
export const offerRedrive = (app: ReturnType<typeof buildApp>, moves: Redrive): void => {
  app.addHook('preHandler', async (request, reply) => {
    const target = request.headers['x-amz-target'];
    if (target === 'AmazonSQS.ListMessageMoveTasks') {
      return reply.type(TYPE).send({ Results: moves.list(ListMessageMoveTasks.parse(request.body).SourceArn) });
    }
    if (target !== 'AmazonSQS.StartMessageMoveTask') return;
    const TaskHandle = moves.start(StartMessageMoveTask.parse(request.body));
    return TaskHandle === undefined ? reply.code(400).type(TYPE).send(REFUSAL) : reply.type(TYPE).send({ TaskHandle });
  });
};
