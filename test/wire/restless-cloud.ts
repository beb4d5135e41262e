import { setTimeout as pause } from 'node:timers/promises';
import { SQSClient, StartMessageMoveTaskCommand } from '@aws-sdk/client-sqs';
import { arn, clientOf } from '../../infra/local/template/place.ts';
import { type RunningCloud, startLocalCloud } from '../support/local-cloud.ts';

const ATTEMPTS = 30;

/** A local cloud that is killed and started again on the same data while others go on using it. */
export const restlessCloud = (data: string) => {
  let current = startLocalCloud(data);

  return {
    now: () => current,
    /** SIGKILL to all of it, and a new start. */
    crash: async (): Promise<void> => {
      const before = current;
      current = before.then(async (cloud) => {
        await cloud.stop('SIGKILL');
        return startLocalCloud(data);
      });
      await current;
    },
    /** Does it as often as it takes to be answered, as sources do. */
    insist: async <Answer>(work: (cloud: RunningCloud) => Promise<Answer>): Promise<Answer> => {
      for (let attempt = 1; ; attempt++) {
        try {
          return await work(await current);
        } catch (error) {
          if (attempt === ATTEMPTS) throw error;
        }
        await pause(100);
      }
    },
  };
};
export type RestlessCloud = ReturnType<typeof restlessCloud>;

const ROUNDS = 5;
/** Seconds. */
const PATIENCE = 240;
/** More than the five minutes after which whoever claimed a mail and said nothing counts as dead. */
const SILENCE = '10m';

/** Lets everything run empty: what was given up is given another chance, as a person does after an alarm. */
export const settle = async (cloud: RunningCloud): Promise<void> => {
  for (let round = 0; round < ROUNDS; round++) {
    await cloud.idle(PATIENCE);
    const givenUp = (await cloud.state()).queues.filter(({ deadLetters, visible }) => deadLetters && visible > 0);
    if (givenUp.length === 0) return;
    await cloud.travel({ by: SILENCE });
    for (const { name, url } of givenUp) {
      const client = new SQSClient(clientOf(new URL(url).origin));
      await client.send(new StartMessageMoveTaskCommand({ SourceArn: arn('sqs', name) }));
      client.destroy();
    }
    await pause(500);
  }
  throw new Error('Some messages are given up again and again');
};
