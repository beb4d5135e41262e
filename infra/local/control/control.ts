import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import type { LocalFunction } from '../functions/local-function.ts';
import { bodyOf, isAskedAsLoopback, type Listener } from '../loopback.ts';
import { type FaultsAhead, mailFaults } from '../mail/mail-faults.ts';
import type { QueueServer } from '../queues/queue-server.ts';
import type { Stop } from '../schedules/travel.ts';
import { messageOf } from '../trouble.ts';
import { targetOf } from './target.ts';

export type ControlOptions = {
  readonly now: () => number;
  readonly data: string;
  readonly queues: QueueServer;
  readonly functions: ReadonlyMap<string, LocalFunction>;
  readonly metrics: () => Readonly<Record<string, number>>;
  /** Moves the clock to an instant, epoch ms; one journey at a time. */
  readonly travel: (target: number) => AsyncIterable<Stop>;
  readonly quiet: (seconds: number) => Promise<boolean>;
  readonly mailFaults: FaultsAhead;
};

/** How long to wait until a function is at work, in ms. */
const MOST_WAITED = 5000;

const Fault = z.strictObject({ fault: z.enum(mailFaults), times: z.int().min(1).max(1000).default(1) });

const iso = (instant: number): string => new Date(instant).toISOString();

const json = (response: ServerResponse, status: number, value: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Lets the commands look into the local cloud and move its clock. See the README beside. */
export const control = (options: ControlOptions): Listener => {
  const { now, data, queues, functions, metrics, travel, quiet } = options;

  const state = (response: ServerResponse): void =>
    json(response, 200, {
      now: iso(now()),
      data,
      queues: queues.depths(),
      metrics: metrics(),
      functions: [...functions.values()].map(({ name, counts }) => ({ name, ...counts() })),
    });

  const moveClock = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(request, 10_000);
    const target = targetOf(parsed(body?.toString() ?? ''), now());
    if (target === undefined) {
      json(response, 400, { error: `Give {"to": "…"} or {"by": "30d"}, ahead of ${iso(now())}` });
      return;
    }
    response.writeHead(200, { 'content-type': 'application/x-ndjson' });
    const line = (value: object) => response.write(`${JSON.stringify(value)}\n`);
    try {
      for await (const stop of travel(target)) {
        // Whoever asked has gone: the clock stays where it is.
        if (response.destroyed) return;
        line({ now: iso(stop.now), target: iso(stop.target) });
      }
    } catch (error) {
      line({ error: messageOf(error) });
    }
    response.end();
  };

  const planFault = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(request, 10_000);
    const read = Fault.safeParse(parsed(body?.toString() ?? ''));
    if (!read.success)
      return json(response, 400, { error: `Give {"fault": "${mailFaults.join('" or "')}", "times": 1}` });
    options.mailFaults.plan(read.data.fault, read.data.times);
    json(response, 200, read.data);
  };

  const kill = async (response: ServerResponse, name: string, after: number): Promise<void> => {
    const called = functions.get(name);
    if (!called) return json(response, 404, { error: 'Not found' });
    for (let waited = 0; waited < MOST_WAITED && !called.atWork(); waited += 2) await pause(2);
    await pause(after);
    json(response, 200, { killed: await called.kill() });
  };

  return async (request, response) => {
    if (!isAskedAsLoopback(request)) {
      response.writeHead(403).end();
      return;
    }
    const url = new URL(request.url ?? '/', 'http://control');
    const asked = `${request.method} /${url.pathname.split('/').slice(3).join('/')}`;
    if (asked === 'GET /') return state(response);
    if (asked === 'POST /clock') return moveClock(request, response);
    if (asked === 'POST /idle') {
      const seconds = Number(url.searchParams.get('timeout') ?? 60);
      return json(response, 200, { quiet: await quiet(seconds >= 0 ? seconds : 60), now: iso(now()) });
    }
    if (asked === 'POST /mail-faults') return planFault(request, response);
    const [, victim] = /^POST \/functions\/([^/]+)\/kill$/.exec(asked) ?? [];
    if (victim !== undefined) return kill(response, victim, Number(url.searchParams.get('after')) || 0);
    json(response, 404, { error: 'Not found' });
  };
};
