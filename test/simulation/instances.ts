import type { Context } from 'aws-lambda';
import { LOST_AFTER } from '../../shared/aws/claims.ts';
import { sesClient } from './cloud/mail.ts';
import { sqsClient } from './cloud/queues.ts';
import { dynamodbClient } from './cloud/tables.ts';
import type { Cloud } from './cloud.ts';
import type { FaultKind, Faults } from './faults.ts';
import { asOtherCode } from './other-code.ts';
import type { Random } from './random.ts';
import type { Clock, Scheduler } from './scheduler.ts';
import { type Call, through } from './through.ts';
import type { Trace } from './trace.ts';
import { context, type Place } from './wiring.ts';

export type Tools = {
  readonly cloud: Cloud;
  readonly clock: Clock;
  readonly faults: Faults;
  readonly scheduler: Scheduler;
  readonly trace: Trace;
  /** Whether whoever agrees to it is followed in their mails. */
  readonly follows: boolean;
  readonly newToken: () => string;
  /** Which of several instances is taken. */
  readonly chance: Random;
  /** A function may not know what became of something it did. */
  readonly doubt: (fn: string, kind: FaultKind) => void;
  /** Is told of every call that a function makes, whatever becomes of it. */
  readonly onCall: (fn: string, call: Call) => void;
};

export type Sizing = {
  /** How many run at once. */
  readonly atOnce: number;
  /** How long one may run, ms. */
  readonly timeout: number;
};

/** What became of an invocation: an answer, or none. */
export type Outcome<Answer> = { readonly answer: Answer } | undefined;

type Instance<Event, Answer> = {
  readonly name: string;
  readonly now: () => number;
  readonly handler: (event: Event, context: Context) => Promise<Answer>;
  busy: boolean;
  /** It has stopped, and will go on when everybody has given it up. */
  stopped: boolean;
  gone: boolean;
  /** Called when it dies. */
  onDeath: () => void;
};

const TEN_MINUTES = 10 * 60_000;
/** A new one each time: one for all would keep alive whoever ever waited for it. */
const never = (): Promise<never> => new Promise(() => {});

/** The instances of one function: as many as are needed, used again while they live. */
export const instancesOf = <Event, Answer>(
  fn: string,
  tools: Tools,
  { atOnce, timeout }: Sizing,
  wire: (outside: Place) => (event: Event, context: Context) => Promise<Answer>,
) => {
  const { cloud, clock, faults, scheduler, trace, newToken, chance, doubt, onCall } = tools;
  let warm: Instance<Event, Answer>[] = [];
  let running: { readonly instance: Instance<Event, Answer>; readonly until: number; readonly fail: () => void }[] = [];
  let booted = 0;

  const boot = (): Instance<Event, Answer> => {
    const name = `${fn}-${++booted}`;
    const askew = faults.strike('skew');
    const skew = askew ? askew.between(-TEN_MINUTES, TEN_MINUTES) : 0;
    // By the clock of one of two that are so far apart, what the other has just claimed is lost.
    if (Math.abs(skew) > LOST_AFTER / 2) doubt(fn, 'skew');
    const turn = async (says: string, after = 0): Promise<void> => {
      if (instance.gone && !instance.stopped) return never();
      return scheduler.park(name, says, clock.now + after);
    };
    const way = {
      name,
      cloud,
      faults,
      turn,
      die: () => {
        kill(instance);
        return never();
      },
      stop: () => {
        instance.stopped = true;
      },
      note: trace.note,
      now: () => clock.now,
      own: () => clock.now + skew,
      doubt: (kind: FaultKind) => doubt(fn, kind),
    };
    const onwards = through(way);
    const pass = (call: Call, run: () => unknown): Promise<unknown> => {
      onCall(fn, call);
      return onwards(call, run);
    };
    const own = dynamodbClient(cloud.tables, pass);
    const other = fn === 'score' && faults.strike('other-code');
    if (skew !== 0 || other) trace.note(`${name} boots, ${skew} ms off${other ? ', with other code' : ''}`);
    const now = () => clock.now + skew;
    const handler = wire({
      follows: tools.follows,
      dynamodb: other ? asOtherCode(own) : own,
      sqs: sqsClient(cloud.queues, pass),
      ses: sesClient(cloud.mail, pass),
      now,
      newToken,
      // Nobody guesses here; that runs are alike is worth more.
      randomBytes: (size) => new Uint8Array(size).fill(7),
      sleep: (ms) => turn('sleep', Math.max(0, ms)),
      pause: (attempt) => turn('pause', 50 * 2 ** attempt),
    });
    const instance = { name, now, handler, busy: false, stopped: false, gone: false, onDeath: () => {} };
    warm.push(instance);
    return instance;
  };

  const leave = (instance: Instance<Event, Answer>): void => {
    instance.gone = true;
    warm = warm.filter((one) => one !== instance);
    running = running.filter((one) => one.instance !== instance);
  };
  const kill = (instance: Instance<Event, Answer>): void => {
    instance.stopped = false;
    leave(instance);
    scheduler.forget(instance.name);
    instance.onDeath();
  };

  return {
    isFree: (): boolean => running.length < atOnce,
    isIdle: (): boolean => running.length === 0,
    /** Calls the function. `before` is told the instance's own clock. */
    invoke: async (event: Event, before: (now: number) => void = () => {}): Promise<Outcome<Answer>> => {
      const free = warm.filter(({ busy }) => !busy);
      const instance = free.length === 0 || (faults.isOn() && chance.chance(0.05)) ? boot() : chance.pick(free);
      instance.busy = true;
      before(instance.now());
      return new Promise((resolve) => {
        const fail = () => resolve(undefined);
        instance.onDeath = fail;
        running.push({ instance, until: clock.now + timeout, fail });
        const done = (outcome: Outcome<Answer>) => {
          instance.busy = false;
          running = running.filter((one) => one.instance !== instance);
          resolve(outcome);
        };
        instance.handler(event, context).then(
          (answer) => done({ answer }),
          () => done(undefined),
        );
      });
    },
    /** Gives up those that have run too long: they die, but for those that have stopped, which go on later. */
    expire: (): void => {
      for (const { instance, fail } of running.filter(({ until }) => until <= clock.now)) {
        trace.note(`${instance.name} runs out of time`);
        doubt(fn, 'time-jump');
        if (instance.stopped) {
          leave(instance);
          fail();
        } else kill(instance);
      }
    },
    /** When the next one runs out of time, epoch ms. */
    nextAt: (): number | undefined =>
      running.length === 0 ? undefined : Math.min(...running.map(({ until }) => until)),
    /** New instances from here on. */
    retire: (): void => {
      warm = warm.filter(({ busy }) => busy);
      for (const instance of warm) instance.gone = true;
      warm = [];
    },
  };
};
export type Instances<Event, Answer> = ReturnType<typeof instancesOf<Event, Answer>>;
