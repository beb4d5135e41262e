import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { ActivityMessage } from '../../events/activity-message.ts';
import { configStore } from '../../shared/aws/config-store.ts';
import type { Definitions } from '../support/definitions.ts';
import { START } from './batch.ts';
import { book } from './book.ts';
import type { Word } from './choices.ts';
import { straight } from './cloud/calls.ts';
import type { SentMail } from './cloud/mail.ts';
import { dynamodbClient } from './cloud/tables.ts';
import { type Cloud, openCloud } from './cloud.ts';
import { deeds } from './deeds.ts';
import { eventSource } from './event-source.ts';
import type { FaultKind, Faults } from './faults.ts';
import { actsOf, type PostedAct } from './followed-acts.ts';
import { type Instances, instancesOf, type Tools } from './instances.ts';
import { keyring } from './keyring.ts';
import { queueNames, tableNames } from './names.ts';
import { random } from './random.ts';
import { drawMailboxes, type Happening, isProof, reportsOf } from './reports.ts';
import { scheduler, settled } from './scheduler.ts';
import { SECRET, staff } from './staff.ts';
import type { Trace } from './trace.ts';
import { TRACKING_SET, type Wiring } from './wiring.ts';

export type WorldOptions = {
  readonly seed: number;
  readonly definitions: Definitions;
  readonly faults: Faults;
  readonly trace: Trace;
  readonly wiring: Wiring;
  readonly onCall: Tools['onCall'];
  /** Whether whoever agrees to it is followed in their mails. */
  readonly follows: boolean;
};

const MINUTE = 60_000;
const LONGEST_STEP = 40;
/** A message is given up the sooner, the sooner it can be seen what becomes of those that are. */
const RECEIVES = [3, 4, 6];

/** The same queues, which give up after so many receives. */
const givingUpAfter = (definitions: Definitions, receives: number): Definitions => ({
  ...definitions,
  queues: definitions.queues.map((queue) => {
    const { RedrivePolicy } = queue.attributes;
    if (RedrivePolicy === undefined) return queue;
    const policy = { ...JSON.parse(RedrivePolicy), maxReceiveCount: receives };
    return { ...queue, attributes: { ...queue.attributes, RedrivePolicy: JSON.stringify(policy) } };
  }),
});

/** A store of the settings to which nothing ever happens, for whoever sets up or checks. */
export const quietConfig = (cloud: Cloud, now: () => number) =>
  configStore({ client: dynamodbClient(cloud.tables, straight), table: tableNames.CONFIG_TABLE, now });

/** The organisation's stack in small: its services, its functions, and a clock that only the simulation moves. */
export const openWorld = ({ seed, definitions, faults, trace, wiring, onCall, follows }: WorldOptions) => {
  const clock = { now: START - 2 * 3_600_000 };
  const chance = random(seed, 'world');
  const turns = scheduler(clock, random(seed, 'turns'));
  const plan = deeds(clock);
  const mails = random(seed, 'reports');
  const mailboxes = drawMailboxes(random(seed, 'mailboxes'));
  /** The tags of mails of which SES has told that it sent them. */
  const proven = new Set<string>();
  const reported: Happening[] = [];
  const words: Word[] = [];
  const behaviour = random(seed, 'acts');
  const acts: PostedAct[] = [];
  const posted = (mail: SentMail): void => {
    for (const report of reportsOf(mail, mails, { faults, mailboxes })) {
      const { happening, after, body } = report;
      plan.add(clock.now + after, `SES tells ${happening.type} of ${mail.id}`, () => {
        cloud.queues.queue(queueNames.feedback).send(body);
        reported.push(happening);
        if (isProof(happening)) proven.add(happening.tag);
      });
    }
  };
  const followed = (mail: SentMail): void => {
    if (mail.configurationSet !== TRACKING_SET) return;
    for (const { act, after, body } of actsOf(mail, behaviour, faults)) {
      plan.add(clock.now + after, `SES tells of ${act.kind} of ${mail.id}`, () => {
        cloud.queues.queue(queueNames.feedback).send(body);
        acts.push({ ...act, postedAt: clock.now });
      });
    }
  };
  const stack = follows
    ? { ...definitions, configurationSets: [...definitions.configurationSets, TRACKING_SET] }
    : definitions;
  const cloud = openCloud(
    givingUpAfter(stack, chance.pick(RECEIVES)),
    clock,
    (mail) => {
      posted(mail);
      followed(mail);
    },
    (until) => whenHeld(until),
  );
  let whenHeld: (until: number) => void = () => {};
  const doubts = new Map<string, FaultKind>();
  let tokens = 0;
  let pace = LONGEST_STEP;
  const tools: Tools = {
    cloud,
    clock,
    faults,
    scheduler: turns,
    trace,
    follows,
    newToken: () => `token-${++tokens}`,
    chance: random(seed, 'instances'),
    doubt: (fn, kind) => void doubts.set(fn, kind),
    onCall,
  };

  const functions = {
    ingest: instancesOf('ingest', tools, { atOnce: 4, timeout: 10_000 }, wiring.ingest),
    score: instancesOf('score', tools, { atOnce: 3, timeout: MINUTE }, wiring.score),
    sweep: instancesOf('sweep', tools, { atOnce: 4, timeout: 4 * MINUTE }, wiring.sweep),
    deliver: instancesOf('deliver', tools, { atOnce: 3, timeout: MINUTE }, wiring.deliver),
    digest: instancesOf('digest', tools, { atOnce: 4, timeout: 4 * MINUTE }, wiring.digest),
    feedback: instancesOf('feedback', tools, { atOnce: 2, timeout: MINUTE / 2 }, wiring.feedback),
    lookup: instancesOf('lookup', tools, { atOnce: 20, timeout: MINUTE }, wiring.lookup),
    preferences: instancesOf('preferences', tools, { atOnce: 4, timeout: MINUTE / 2 }, wiring.preferences),
    admin: instancesOf('admin', tools, { atOnce: 4, timeout: MINUTE }, wiring.admin),
  };
  const all = Object.values(functions);

  const lookedAt = (bodies: readonly string[], now: number): void => {
    for (const body of bodies) {
      const message = readMessage(body);
      if (message?.kind === 'activity') cloud.witness.lookedAt(message.event.member, now - message.event.time);
    }
  };
  const sourceOf = (name: string, worker: Instances<SQSEvent, SQSBatchResponse | null>, onBatch = lookedAt) =>
    eventSource({
      queue: cloud.queues.queue(name),
      worker,
      tools,
      chance,
      most: 10,
      onBatch,
      jump: (ms) =>
        plan.add(clock.now + chance.below(500), 'the clock jumps', () => {
          clock.now += ms;
        }),
    });
  const sources = [
    sourceOf(queueNames.activity, functions.score),
    sourceOf(queueNames.effects, functions.deliver, () => {}),
    sourceOf(queueNames.feedback, functions.feedback, () => {}),
  ];

  /** Moves time on to when something can happen. False where nothing ever will. */
  const wait = (): boolean => {
    const instants = [turns.nextAt(), plan.nextAt(), ...sources.map((one) => one.nextAt())];
    const next = instants.filter((at) => at !== undefined);
    if (next.length === 0) return false;
    clock.now = Math.max(clock.now, Math.min(...next));
    return true;
  };

  const act = (): void => {
    const ready = turns.ready();
    const open = sources.filter((one) => one.canStart());
    const due = plan.due();
    const throwOf = chance.below(4 * ready + 2 * open.length + due);
    if (throwOf < 4 * ready) {
      const turn = turns.next();
      if (turn) trace.step(`${clock.now - START} ${turn.actor} ${turn.says}`);
    } else if (throwOf < 4 * ready + 2 * open.length) {
      open[(throwOf - 4 * ready) >> 1]?.start();
    } else {
      const deed = plan.next(chance);
      trace.step(`${clock.now - START} ${deed?.says}`);
      deed?.act();
    }
  };

  const canAct = (): boolean => turns.ready() > 0 || plan.due() > 0 || sources.some((one) => one.canStart());

  return {
    seed,
    clock,
    chance,
    cloud,
    faults,
    trace,
    functions,
    plan,
    doubts: doubts as ReadonlyMap<string, FaultKind>,
    proven: proven as ReadonlySet<string>,
    /** What SES has told of mails, as often as it has. */
    reported: reported as readonly Happening[],
    /** What was done with mails whose readers are followed, as often as SES has told of it. */
    acts: acts as readonly PostedAct[],
    book: book(),
    /** The secrets that sources sign with. */
    keyring: keyring(),
    /** What members have said of their mails, in the order in which they began to. */
    words,
    /** Has somebody told of every mail that is put off, and until when, epoch ms. */
    onHeld: (hear: (until: number) => void): void => {
      whenHeld = hear;
    },
    isIdle: (): boolean => turns.waiting() === 0 && all.every((one) => one.isIdle()),
    /** One step further. False where nothing is left to happen before that instant, epoch ms. */
    step: async (until: number): Promise<boolean> => {
      await settled();
      for (const one of all) one.expire();
      if (!canAct() && !wait()) return false;
      if (clock.now > until) return false;
      for (const one of all) one.expire();
      if (canAct()) act();
      if (pace > 0) clock.now += chance.below(pace);
      return true;
    },
    /** From here on the clock stands still, but for sleeps. */
    stand: (): void => {
      pace = 0;
    },
    /** Everybody goes on with new instances. */
    renew: (): void => {
      for (const one of all) one.retire();
    },
    /** Sets up what staff would: sources and who looks after whom. */
    prepare: async (names: readonly string[]): Promise<void> => {
      const config = quietConfig(cloud, () => clock.now);
      await config.putStaff(staff);
      for (const name of names) await config.createSource(name, SECRET);
    },
    tools,
  };
};
export type SimulatedWorld = Awaited<ReturnType<typeof openWorld>>;

const readMessage = (body: string): ActivityMessage | undefined => {
  try {
    return ActivityMessage.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
};
