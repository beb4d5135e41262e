import type { Clock } from './clock.ts';
import type { Later } from './closers.ts';
import { createTables } from './dynamodb/create-tables.ts';
import { startDynamoDb } from './dynamodb/start-dynamodb.ts';
import type { Endpoints } from './functions/start-functions.ts';
import { listen } from './loopback.ts';
import { type FaultsAhead, faultsAhead } from './mail/mail-faults.ts';
import { openMailStore } from './mail/mail-store.ts';
import { mailReporter } from './mail/reporter.ts';
import { ses } from './mail/ses.ts';
import { outcomesOf } from './mailbox/outcomes.ts';
import { startMailbox } from './mailbox/start-mailbox.ts';
import type { Options } from './options.ts';
import { createQueues } from './queues/create-queues.ts';
import { type QueueServer, startQueues } from './queues/queue-server.ts';
import { type Executions, executions } from './states/executions.ts';
import { statesApi } from './states/states-api.ts';
import { type Blueprint, readBlueprint } from './template/blueprint.ts';
import type { CloudTemplate } from './template/cloud-template.ts';

/** Far above what a laptop sends, so that the demo is not slowed down; SES's own limits on a new account are lower. */
const MAIL_RATE = { perSecond: 1000, perDay: 1_000_000 };

export type Services = {
  readonly blueprint: Blueprint;
  readonly endpoints: Endpoints;
  readonly queues: QueueServer;
  readonly executions: Executions;
  /** The mailbox's address. */
  readonly mailbox: string;
  readonly mailFaults: FaultsAhead;
  /** Settles when an emulator has gone by itself. */
  readonly broken: Promise<void>;
};

/** `zone` is the time zone of whoever reads the mailbox. */
export type ServicesOptions = Options & {
  readonly clock: Clock;
  readonly zone: string;
  /** The front door's address. */
  readonly door: string;
};

/** Emulates the services that the template asks for, with the tables and queues in it. Throws Trouble. */
export const startServices = async (
  template: CloudTemplate,
  { data, dynamodb, port, clock, zone, door }: ServicesOptions,
  later: Later,
): Promise<Services> => {
  const tables = await startDynamoDb(data, dynamodb);
  later(tables.close);
  const queues = await startQueues(`${data}/queues`);
  later(queues.close);
  const blueprint = readBlueprint(template, { queueUrl: queues.urlOf, door });
  await createTables(tables.endpoint, blueprint.tables);
  await createQueues(queues, blueprint.queues);

  const store = openMailStore(data);
  later(store.close);
  const { identities, configurationSets } = blueprint;
  const destinations = blueprint.mailReports;
  const report = mailReporter({ store, destinations, queues });
  // What was taken in the last moments before, and not told of.
  await report();
  const mailFaults = faultsAhead();
  const mail = ses({ store, now: clock.now, identities, configurationSets, ...MAIL_RATE, report, faults: mailFaults });
  const mailbox = await startMailbox(port === 0 ? 0 : port + 1, mail, {
    store,
    zone,
    outcomes: outcomesOf({ store, destinations, report, now: clock.now }),
  });
  later(mailbox.close);

  const its = executions(data, blueprint.stateMachines);
  const states = await listen(0, statesApi(its, clock.now));
  later(states.close);

  return {
    blueprint,
    endpoints: { dynamodb: tables.endpoint, sqs: queues.endpoint, ses: mailbox.address, states: states.address },
    executions: its,
    queues,
    mailbox: mailbox.address,
    mailFaults,
    broken: tables.ended ?? new Promise(() => {}),
  };
};
