import { Webhook } from 'standardwebhooks';
import type { Activity } from '../../../events/envelope.ts';
import type { Source } from '../connection.ts';
import { Trouble } from '../trouble.ts';

/** As many as the front door takes at once. */
export const BATCH = 100;

const PASSING = new Set([429, 502, 503, 504]);
const TRIES = 6;

export type FrontDoorDeps = {
  readonly fetch: (url: string, request: RequestInit) => Promise<Response>;
  /** Waits so many ms. */
  readonly wait: (ms: number) => Promise<unknown>;
};

/** Polku's front door, as a source sees it. `api` is its base address. */
export const frontDoor = (api: string, { id, secret }: Source, { fetch, wait }: FrontDoorDeps) => {
  const webhook = new Webhook(secret);

  const post = (body: string, message: string, now: number): Promise<Response> =>
    fetch(`${api}/v1/webhooks/${id}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'webhook-id': message,
        'webhook-timestamp': String(Math.floor(now / 1000)),
        'webhook-signature': webhook.sign(message, new Date(now), body),
      },
      body,
    });

  /**
   * Sends a batch, again after a while where the front door asks for that. A copy does no harm: the ids are the same.
   * `now` is Polku's time, epoch ms, for the signature. Throws Trouble when anything of the batch was refused.
   */
  const send = async (events: readonly Activity[], now: number): Promise<void> => {
    const body = JSON.stringify(events);
    const message = `msg_${events[0]?.id ?? 'none'}`;
    for (let attempt = 1; ; attempt++) {
      const answer = await post(body, message, now);
      if (answer.status === 202) return;
      const retriable = PASSING.has(answer.status) || answer.status === 207;
      if (!retriable || attempt === TRIES) {
        throw new Trouble(`The front door answered ${answer.status} to a batch of the demo: ${await answer.text()}`);
      }
      await wait(Number(answer.headers.get('retry-after') ?? 0.25 * 2 ** attempt) * 1000);
    }
  };
  return { send };
};
export type FrontDoor = ReturnType<typeof frontDoor>;
