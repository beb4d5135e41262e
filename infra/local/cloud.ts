import { randomBytes } from 'node:crypto';
import { openClock } from './clock.ts';
import { closers } from './closers.ts';
import { type Connection, localKey, removeConnection, writeConnection } from './connection.ts';
import { control } from './control/control.ts';
import type { DataFolder } from './data-folder.ts';
import { createTables } from './dynamodb/create-tables.ts';
import { startDynamoDb } from './dynamodb/start-dynamodb.ts';
import { startEventSource } from './event-sources/event-source.ts';
import { issueToken } from './front-door/authorizer.ts';
import { frontDoor } from './front-door/front-door.ts';
import { metricSums } from './functions/function-log.ts';
import { startFunctions } from './functions/start-functions.ts';
import { loadSample } from './load-sample.ts';
import { listen } from './loopback.ts';
import { openMailStore } from './mail/mail-store.ts';
import { ses } from './mail/ses.ts';
import { startMailbox } from './mailbox/start-mailbox.ts';
import type { Options } from './options.ts';
import { createQueues } from './queues/create-queues.ts';
import { startQueues } from './queues/queue-server.ts';
import { quiet } from './quiet.ts';
import { runSchedules } from './schedules/run-schedules.ts';
import { scheduler } from './schedules/scheduler.ts';
import { assemble } from './synthesis.ts';
import { readBlueprint } from './template/blueprint.ts';

/** Far above what a laptop sends, so that the demo is not slowed down; SES's own limits on a new account are lower. */
const MAIL_RATE = { perSecond: 1000, perDay: 1_000_000 };

export type Surroundings = {
  /** Hears of errors in functions, a line each. */
  readonly tell: (line: string) => void;
  /** The time zone of whoever reads the mailbox, by its IANA name. */
  readonly zone: string;
};

export type LocalCloud = {
  readonly connection: Connection;
  readonly now: () => number;
  /** Whether the sample organisation was brought in just now. */
  readonly sampleLoaded: boolean;
  /** Settles when an emulator has gone by itself: then nothing works any more. */
  readonly broken: Promise<void>;
  readonly stop: () => Promise<void>;
};

/**
 * Starts the synthesised stack on loopback, ready for requests, in a data folder that is this process's own.
 * Throws Trouble; then nothing is left running.
 */
export const startCloud = async (
  options: Options,
  folder: DataFolder,
  { tell, zone }: Surroundings,
): Promise<LocalCloud> => {
  const { later, closeAll } = closers();
  later(folder.release);
  try {
    return await start(options, { tell, zone }, later, closeAll);
  } catch (error) {
    await closeAll();
    throw error;
  }
};

const start = async (
  { port, data, dynamodb }: Options,
  { tell, zone }: Surroundings,
  later: (close: () => unknown) => void,
  stop: () => Promise<void>,
): Promise<LocalCloud> => {
  const clock = openClock(data, Date.now);
  const assembly = await assemble();
  const tables = await startDynamoDb(data, dynamodb);
  later(tables.close);
  const queues = await startQueues(`${data}/queues`);
  later(queues.close);
  const blueprint = readBlueprint(assembly.template, queues.urlOf);
  await createTables(tables.endpoint, blueprint.tables);
  await createQueues(queues, blueprint.queues);

  const store = openMailStore(data);
  later(store.close);
  const { identities, configurationSets } = blueprint;
  const mail = ses({ store, now: clock.now, identities, configurationSets, ...MAIL_RATE });
  const mailbox = await startMailbox(port === 0 ? 0 : port + 1, mail, { store, zone });
  later(mailbox.close);

  const metrics = metricSums();
  const functions = startFunctions(blueprint.functions, {
    data,
    folder: assembly.folder,
    endpoints: { dynamodb: tables.endpoint, sqs: queues.endpoint, ses: mailbox.address },
    offset: clock.shared,
    metrics,
    tell,
  });
  later(() => Promise.all([...functions.values()].map(({ close }) => close())));
  const invoke = async (name: string, event: unknown): Promise<unknown> => {
    const called = functions.get(name);
    if (!called) throw new Error(`The template has no function ${name}`);
    return called.invoke(event);
  };

  const hurried = { wanted: () => false };
  const sources = blueprint.eventSources.map((source) =>
    startEventSource({
      source,
      queues,
      invoke: (event) => invoke(source.function, event),
      hurried: () => hurried.wanted(),
    }),
  );
  later(() => Promise.all(sources.map(({ close }) => close())));
  const calm = quiet(queues, sources);
  hurried.wanted = calm.wanted;
  const schedules = runSchedules({
    clock,
    quiet: calm,
    scheduler: scheduler({ schedules: blueprint.schedules, clock, invoke }),
  });
  later(schedules.close);

  const key = localKey(data);
  const path = `/_local/${randomBytes(16).toString('hex')}`;
  const door = frontDoor({ routes: blueprint.routes, invoke, key, now: clock.now });
  const helm = control({
    now: clock.now,
    data,
    queues,
    functions,
    metrics: metrics.all,
    travel: schedules.travel,
    quiet: calm.reached,
  });
  const server = await listen(port, (request, response) =>
    (request.url?.startsWith(path) ? helm : door)(request, response),
  );
  later(server.close);

  const jwt = blueprint.routes.find((route) => route.jwt)?.jwt;
  const token = jwt ? await issueToken(jwt, key, clock.now()) : '';
  const api = server.address;
  const { source, loaded } = await loadSample(api, token, data);
  const connection = { api, token, mailbox: mailbox.address, control: api + path, data, source };
  writeConnection(connection);
  later(() => removeConnection(data));
  return { connection, now: clock.now, sampleLoaded: loaded, broken: tables.ended ?? new Promise(() => {}), stop };
};
