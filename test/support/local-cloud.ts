import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { Webhook } from 'standardwebhooks';
import * as z from 'zod';
import type { Activity } from '../../events/envelope.ts';
import type { MailFault } from '../../infra/local/mail/mail-faults.ts';
import { Mail } from '../../infra/local/mail/mail-store.ts';
import { clientOf } from '../../infra/local/template/place.ts';
import { nextDecentInstant } from '../../shared/mailing/hours/decent-hours.ts';

const LAUNCHER = fileURLToPath(new URL('../../infra/local/launch.mjs', import.meta.url));
/** ms; the first start of all synthesises the stack. */
const PATIENCE = 110_000;

const Connection = z.object({
  api: z.string(),
  token: z.string(),
  mailbox: z.string(),
  control: z.string(),
  data: z.string(),
  source: z.object({ id: z.string(), secret: z.string() }),
});
const Head = Mail.omit({ text: true, html: true });
export const State = z.object({
  now: z.string(),
  queues: z.array(
    z.object({
      name: z.string(),
      url: z.string(),
      visible: z.number(),
      inFlight: z.number(),
      delayed: z.number(),
      deadLetters: z.boolean(),
    }),
  ),
  metrics: z.record(z.string(), z.number()),
  functions: z.array(z.object({ name: z.string(), invocations: z.number(), errors: z.number() })),
});

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const MORNING = {
  from: 10 * HOUR,
  until: 14 * HOUR,
  weekdays: new Set([1, 2, 3, 4, 5]),
  holidays: ['NO' as const],
  quietJuly: false,
};

type Exit = { readonly code: number | null; readonly output: string };

/** `npm start`, with its output and its end. `environment` adds to this process's own. */
export const runStart = (options: readonly string[], node: readonly string[] = []) => {
  const child: ChildProcess = spawn(process.execPath, [...node, LAUNCHER, 'start', ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  const exit = new Promise<Exit>((resolve) => child.once('exit', (code) => resolve({ code, output })));
  const ready = async (): Promise<void> => {
    const until = performance.now() + PATIENCE;
    while (!output.includes('Polku is running')) {
      if (child.exitCode !== null || performance.now() > until)
        throw new Error(`The local cloud did not start:\n${output}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  return { child, exit, ready, output: () => output };
};

/** A folder that does not exist yet in one that does, and the removal of both. */
export const dataFolder = () => {
  const parent = mkdtempSync(join(tmpdir(), 'polku-'));
  return { parent, path: join(parent, 'data'), remove: () => rmSync(parent, { recursive: true, force: true }) };
};

/** A running local cloud on free ports, with the sample organisation, reached as everybody reaches it. */
export const startLocalCloud = async (data: string, options: readonly string[] = []) => {
  const run = runStart(['--port', '0', '--data', data, ...options]);
  await run.ready();
  const { api, token, mailbox, control, source } = Connection.parse(
    JSON.parse(readFileSync(join(data, 'connection.json'), 'utf8')),
  );

  const state = async () => State.parse(await (await fetch(control)).json());
  const now = async (): Promise<number> => Date.parse((await state()).now);

  /** Signed by the sample's source, as of the cloud's clock. */
  const post = async (body: string, type = 'application/json'): Promise<Response> => {
    const at = new Date(await now());
    const id = `msg_${at.getTime()}`;
    return fetch(`${api}/v1/webhooks/${source.id}`, {
      method: 'POST',
      headers: {
        'content-type': type,
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': new Webhook(source.secret).sign(id, at, body),
      },
      body,
    });
  };
  const ask = (path: string, method = 'GET', body?: unknown): Promise<Response> =>
    fetch(api + path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const stop = async (signal: 'SIGINT' | 'SIGKILL'): Promise<Exit> => {
    run.child.kill(signal);
    return run.exit;
  };

  /** Puts a message on a queue as it is, past the front door. */
  const enqueue = async (name: string, body: string): Promise<void> => {
    const url = (await state()).queues.find((queue) => queue.name === name)?.url;
    if (!url) throw new Error(`There is no queue ${name}`);
    const client = new SQSClient(clientOf(new URL(url).origin));
    await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: body }));
    client.destroy();
  };

  const steer = async (path: string, body?: object): Promise<void> => {
    const answer = await fetch(`${control}${path}`, {
      method: 'POST',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`The control of the local cloud says ${answer.status} to ${path}`);
  };

  /** `{to}` or `{by}`; gives the stops. */
  const travel = async (wish: { to: string } | { by: string }): Promise<readonly string[]> => {
    const answer = await fetch(`${control}/clock`, { method: 'POST', body: JSON.stringify(wish) });
    const lines = (await answer.text()).trim().split('\n');
    return lines.map((line) => z.object({ now: z.string() }).parse(JSON.parse(line)).now);
  };

  return {
    enqueue,
    /** Lets this happen to so many of the mails that are sent next. */
    mailFault: (fault: MailFault, times = 1) => steer('/mail-faults', { fault, times }),
    ...{ api, control, mailbox, data, source, token, state, now, post, ask, stop, output: run.output },
    pid: run.child.pid,
    /** An instant so many ms before the cloud's now, as ISO 8601. */
    ago: async (ms: number): Promise<string> => new Date((await now()) - ms).toISOString(),
    send: (events: readonly z.input<typeof Activity>[]) => post(JSON.stringify(events)),
    /** Waits until the queues are empty, so many seconds at most. */
    idle: async (seconds = 60): Promise<void> => {
      const answer = z
        .object({ quiet: z.boolean() })
        .parse(await (await fetch(`${control}/idle?timeout=${seconds}`, { method: 'POST' })).json());
      if (!answer.quiet) throw new Error('The queues do not run empty');
    },
    /** Lets the time come at which letters go at once: the next morning at ten that the sample's contact policy likes. */
    morning: async (): Promise<void> => {
      const at = nextDecentInstant((await now()) + MINUTE, 'Europe/Oslo', MORNING);
      if (at === undefined) throw new Error('There is no decent morning');
      await travel({ to: new Date(at).toISOString() });
    },
    travel,
    /** Newest first. */
    mails: async (): Promise<readonly z.infer<typeof Head>[]> =>
      z.object({ messages: z.array(Head) }).parse(await (await fetch(`${mailbox}/messages`)).json()).messages,
    mail: async (id: string): Promise<Mail> => Mail.parse(await (await fetch(`${mailbox}/messages/${id}`)).json()),
  };
};
export type RunningCloud = Awaited<ReturnType<typeof startLocalCloud>>;
