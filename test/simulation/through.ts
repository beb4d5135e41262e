import type { BatchStatementErrorCodeEnum, BatchStatementResponse } from '@aws-sdk/client-dynamodb';
import type { DynamodbCall } from './cloud/dynamodb-calls.ts';
import type { SesCall } from './cloud/mail.ts';
import { executeSome, readSome, sendSome } from './cloud/partial-answers.ts';
import type { SqsCall } from './cloud/sqs-calls.ts';
import type { Cloud } from './cloud.ts';
import { mailRefused, refusedAgain, type Service, throttled, unanswered, unreached } from './failures.ts';
import type { FaultKind, Faults } from './faults.ts';
import type { Random } from './random.ts';

export type Call = DynamodbCall | SqsCall | SesCall;

/** What is in the way of one instance's calls. */
export type Way = {
  readonly name: string;
  readonly cloud: Cloud;
  readonly faults: Faults;
  /** Waits for a turn, not before that many ms from now. Never comes back to an instance that has died. */
  readonly turn: (says: string, after?: number) => Promise<void>;
  /** The instance is gone. */
  readonly die: () => Promise<never>;
  /** The instance has stopped, and will go on long after. */
  readonly stop: () => void;
  readonly note: (line: string) => void;
  /** By the world's clock, and by that of the instance; epoch ms. */
  readonly now: () => number;
  readonly own: () => number;
  /** Something went wrong of which the instance cannot know whether it happened. */
  readonly doubt: (kind: FaultKind) => void;
};

const codes = [
  'ThrottlingError',
  'InternalServerError',
  'TransactionConflict',
  'RequestLimitExceeded',
] as const satisfies readonly BatchStatementErrorCodeEnum[];

const MINUTE = 60_000;
/** How long an instance may stop: past every time-out of ours, but nothing on Lambda lives longer than a quarter of an hour. */
const STOP = { least: 7 * MINUTE, most: 14 * MINUTE };

/** Draws once for each place, however often it is asked. */
const half = (chance: Random) => {
  const drawn: boolean[] = [];
  return (index: number): boolean => {
    drawn[index] ??= chance.chance(0.5);
    return drawn[index];
  };
};

/** Carries a call out with some of its parts left out, where it has parts. */
const inPart = (call: Call, { cloud, faults }: Way, run: () => unknown): unknown => {
  const { tables, queues } = cloud;
  if (call.name === 'SendMessageBatch') {
    const chance = faults.strike('partial-send');
    return chance ? sendSome(queues, call.input, half(chance)) : run();
  }
  if (call.name === 'BatchGetItem') {
    const chance = faults.strike('partial-read');
    return chance ? readSome(tables, call.input, half(chance)) : run();
  }
  if (call.name === 'BatchExecuteStatement') {
    const chance = faults.strike('partial-write');
    if (chance) return executeSome(tables, call.input, () => (chance.chance(0.5) ? chance.pick(codes) : undefined));
    const lost = faults.strike('statement-lost');
    return lost
      ? forgetting(
          executeSome(tables, call.input, () => undefined),
          lost,
        )
      : run();
  }
  if (call.name === 'Query' && call.input.IndexName !== undefined) {
    const chance = faults.strike('stale-index');
    if (chance) cloud.witness.stale.add(call.input.IndexName);
    tables.answering.lag = chance ? chance.between(1, 20) : 0;
    try {
      return run();
    } finally {
      tables.answering.lag = 0;
    }
  }
  return run();
};

const forgetting = ({ Responses }: { Responses: BatchStatementResponse[] }, chance: Random) => ({
  Responses: Responses.map(
    (one): BatchStatementResponse =>
      chance.chance(0.5) ? { Error: { Code: 'InternalServerError', Message: 'Nobody knows' } } : one,
  ),
});

/** What stands between an instance and the cloud: it waits for its turn, and any fault may strike. */
export const through = (way: Way) => {
  const outages = new Map<Service, number>();
  let hasStopped = false;
  return async (call: Call, run: () => unknown): Promise<unknown> => {
    const { name, faults, turn, die, stop, note, doubt, now } = way;
    const says = wordsFor(call);
    const asleep = hasStopped ? undefined : faults.strike('zombie', name);
    if (asleep) {
      hasStopped = true;
      stop();
      note(`${name} stops before ${says}`);
      doubt('zombie');
      await turn(says, asleep.between(STOP.least, STOP.most));
    } else await turn(says);

    const { service } = call;
    const strike = (kind: FaultKind): Random | undefined => {
      const chance = faults.strike(kind, name);
      if (chance) note(`${name}: ${kind} at ${says}`);
      if (chance && kind !== 'retried') doubt(kind);
      return chance;
    };
    const out = strike('outage');
    if (out) outages.set(service, now() + out.between(1000, 5 * MINUTE));
    const refused = strike('throttled') ?? out;
    if (refused) throw throttled(service, refused);
    if (faults.isOn() && (outages.get(service) ?? 0) > now()) throw refusedAgain(service);
    const before = strike('not-run');
    if (before) throw before.chance(0.3) ? unreached() : unanswered(service, before);
    if (strike('crash-before')) return die();

    if (service === 'ses' && faults.strike('mail-refused', name)) throw mailRefused();

    const work = () => {
      const answer = inPart(call, way, run);
      way.cloud.watch(call, answer, way.own());
      return answer;
    };
    const after = strike('crash-after');
    const lost = after ? undefined : strike(service === 'ses' ? 'mail-lost' : 'answer-lost');
    if (after || lost) {
      try {
        work();
      } catch {
        // Whatever it was, nobody hears of it.
      }
      if (after) return die();
    }
    if (lost) throw unanswered(service, lost);
    if (service !== 'ses' && strike('retried')) {
      try {
        work();
      } catch {
        // The SDK calls again all the same.
      }
    }
    return work();
  };
};

const keyIn = (key: Readonly<Record<string, { S?: string }>> | undefined): string =>
  `${key?.pk?.S ?? ''} ${key?.sk?.S ?? ''}`;

/** A call in a few words, for the trace. */
export const wordsFor = (call: Call): string => {
  switch (call.name) {
    case 'BatchExecuteStatement':
      return `${call.name} ${call.input.Statements?.map(({ Statement = '' }) => Statement.split(' ')[0])} `;
    case 'SendMessageBatch':
      return `${call.name} ${call.input.Entries?.length} to ${call.input.QueueUrl?.split('/').at(-1)}`;
    case 'GetItem':
    case 'UpdateItem':
    case 'DeleteItem':
      return `${call.name} ${keyIn(plain(call.input.Key))}`;
    case 'PutItem':
      return `${call.name} ${keyIn(plain(call.input.Item))}`;
    case 'SendRawEmail':
      return `${call.name} to ${call.input.Destinations}`;
    default:
      return call.name;
  }
};

const plain = (key: object | undefined): Record<string, { S?: string }> =>
  Object.fromEntries(
    Object.entries(key ?? {}).map(([name, value]) => [name, typeof value.S === 'string' ? { S: value.S } : {}]),
  );
