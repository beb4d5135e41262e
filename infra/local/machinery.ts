import type { Clock } from './clock.ts';
import type { Later } from './closers.ts';
import { startEventSource } from './event-sources/event-source.ts';
import { metricSums } from './functions/function-log.ts';
import type { LocalFunction } from './functions/local-function.ts';
import { startFunctions } from './functions/start-functions.ts';
import { type Quiet, quiet } from './quiet.ts';
import { runSchedules } from './schedules/run-schedules.ts';
import { scheduler } from './schedules/scheduler.ts';
import type { Services } from './services.ts';

export type Machinery = {
  readonly functions: ReadonlyMap<string, LocalFunction>;
  /** Calls a function by its name. */
  readonly invoke: (name: string, event: unknown) => Promise<unknown>;
  readonly quiet: Quiet['reached'];
  readonly travel: ReturnType<typeof runSchedules>['travel'];
  readonly metrics: () => Readonly<Record<string, number>>;
};

export type MachineryOptions = {
  readonly data: string;
  /** Where the bundled functions lie. */
  readonly folder: string;
  readonly clock: Clock;
  /** Hears of errors in functions, a line each. */
  readonly tell: (line: string) => void;
};

/** Starts the functions, and what calls them: queues and schedules. */
export const startMachinery = (services: Services, options: MachineryOptions, later: Later): Machinery => {
  const { blueprint, endpoints, queues, executions } = services;
  const { clock } = options;
  const metrics = metricSums();
  const functions = startFunctions(blueprint.functions, { ...options, endpoints, offset: clock.shared, metrics });
  later(() => Promise.all([...functions.values()].map(({ close }) => close())));
  const invoke = async (name: string, event: unknown): Promise<unknown> => {
    const called = functions.get(name);
    if (!called) throw new Error(`The template has no function ${name}`);
    return called.invoke(event);
  };

  executions.begin(invoke, options.tell);
  // Before the functions: what they were called for goes on after the next start.
  later(executions.close);

  const calm = quiet(queues);
  const sources = blueprint.eventSources.map((source) =>
    startEventSource({ source, queues, invoke: (event) => invoke(source.function, event), hurried: calm.wanted }),
  );
  later(() => Promise.all(sources.map(({ close }) => close())));
  calm.watch(sources);

  const its = scheduler({ schedules: blueprint.schedules, clock, invoke });
  const schedules = runSchedules({ clock, quiet: calm, scheduler: its });
  later(schedules.close);
  return { functions, invoke, quiet: calm.reached, travel: schedules.travel, metrics: metrics.all };
};
