import { CreateQueueCommand, SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import type { QueueBlueprint } from '../template/queues.ts';
import type { QueueServer } from './queue-server.ts';

/** Creates the queues that the template names, and brings those that are there already up to it. */
export const createQueues = async (server: QueueServer, blueprints: readonly QueueBlueprint[]): Promise<void> => {
  const there = new Set(server.depths().map(({ name }) => name));
  for (const { name, attributes } of blueprints) {
    const Attributes = { ...attributes };
    if (there.has(name))
      await server.client.send(new SetQueueAttributesCommand({ QueueUrl: server.urlOf(name), Attributes }));
    else await server.client.send(new CreateQueueCommand({ QueueName: name, Attributes }));
  }
};
