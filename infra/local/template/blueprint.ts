import type { CloudTemplate } from './cloud-template.ts';
import { type EventSourceBlueprint, type FunctionBlueprint, readEventSources, readFunctions } from './functions.ts';
import { type MailReportBlueprint, readMailReports } from './mail-reports.ts';
import { type QueueBlueprint, readQueues } from './queues.ts';
import { type RouteBlueprint, readRoutes } from './routes.ts';
import { readSchedules, type ScheduleBlueprint } from './schedules.ts';
import { type Addresses, viewStack } from './stack-view.ts';
import { readStateMachines, type StateMachineBlueprint } from './state-machines.ts';
import { readTables, type TableBlueprint } from './tables.ts';

/** What the synthesised stack asks for: read from its template, and from nothing else. */
export type Blueprint = {
  readonly tables: readonly TableBlueprint[];
  readonly queues: readonly QueueBlueprint[];
  readonly functions: readonly FunctionBlueprint[];
  readonly eventSources: readonly EventSourceBlueprint[];
  readonly routes: readonly RouteBlueprint[];
  readonly schedules: readonly ScheduleBlueprint[];
  readonly stateMachines: readonly StateMachineBlueprint[];
  /** Addresses and domains that may send mail. */
  readonly identities: readonly string[];
  readonly configurationSets: readonly string[];
  /** Where SES reports what becomes of mails. */
  readonly mailReports: readonly MailReportBlueprint[];
};

/** Throws on what it cannot carry out. */
export const readBlueprint = (template: CloudTemplate, addresses: Addresses): Blueprint => {
  const view = viewStack(template, addresses);
  return {
    tables: readTables(view),
    queues: readQueues(view),
    functions: readFunctions(view),
    eventSources: readEventSources(view),
    routes: readRoutes(view),
    schedules: readSchedules(view),
    stateMachines: readStateMachines(view),
    identities: view.idsOf('AWS::SES::EmailIdentity').map(view.nameOf),
    configurationSets: view.idsOf('AWS::SES::ConfigurationSet').map(view.nameOf),
    mailReports: readMailReports(view),
  };
};
