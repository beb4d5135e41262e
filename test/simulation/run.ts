import type { ActivityMessage } from '../../events/activity-message.ts';
import type { MailWord } from '../../events/feedback-message.ts';
import type { Definitions } from '../support/definitions.ts';
import { SOURCES } from './batch.ts';
import { checkEnd } from './check-end.ts';
import { askFirsts } from './check-firsts.ts';
import { drawsOf } from './event-data.ts';
import { drawRates, type Fault, faults, type Rates } from './faults.ts';
import { type Finding, findings } from './finding.ts';
import type { Tools } from './instances.ts';
import { takenByTag } from './mail-tags.ts';
import { queueNames } from './names.ts';
import { digestNow, planOutside, sendAgain, sweepNow } from './outside.ts';
import { random } from './random.ts';
import { reader } from './reader.ts';
import { digestsIn, doubtfulIn, membersIn } from './records.ts';
import { checkBroughtAlong, rescoreState } from './rescores.ts';
import { withRotations } from './rotations.ts';
import { drawScenario, type Scenario } from './scenario.ts';
import { staffReader } from './staff-reader.ts';
import { trace } from './trace.ts';
import { realWiring, type Wiring } from './wiring.ts';
import { openWorld, type SimulatedWorld } from './world.ts';

export type SimulationOptions = {
  readonly seed: number;
  readonly definitions: Definitions;
  /** Another wiring of the functions, to see whether it is noticed. */
  readonly wiring?: Wiring | undefined;
  /** Only these faults, of all that the seed draws. */
  readonly only?: readonly Fault[] | undefined;
  /** Other rates than those the seed draws. */
  readonly rates?: Rates | undefined;
  /** Only calls of this function are struck by faults. */
  readonly within?: string | undefined;
  /** What happens outside, where that is not to be drawn. */
  readonly scenario?: Scenario | undefined;
  /** What does not happen outside, by number. */
  readonly without?: readonly number[] | undefined;
  /** Is told of every call that a function makes. */
  readonly onCall?: Tools['onCall'] | undefined;
  /** Whether the trace is wanted as text. */
  readonly tell?: boolean | undefined;
};

export type Simulated = {
  readonly seed: number;
  readonly steps: number;
  /** The same for the same seed, always. */
  readonly hash: string;
  readonly found: readonly Finding[];
  readonly happened: readonly Fault[];
  /** How many things happen outside, which can be left out by their numbers. */
  readonly parts: number;
  /** How often a fault could have happened. */
  readonly chances: number;
  readonly lines: readonly string[];
};

const MINUTE = 60_000;
/** No seed takes so many steps before the faults end. */
const LONGEST = 8_000;
/** Within so many, all must have come to rest. */
const REST_WITHIN = 30_000;
const ROUNDS = 40;
/** So many steps every seed has at least. */
const SHORTEST = 200;

/** The scenario without some of its parts, and how many there are. */
const pruned = (scenario: Scenario, without: ReadonlySet<number>): { scenario: Scenario; parts: number } => {
  let parts = 0;
  const kept = <T>(list: readonly T[]): T[] => list.filter(() => !without.has(parts++));
  const [first, ...later] = scenario.models;
  const batches = scenario.batches.map((batch) => ({ ...batch, items: kept(batch.items) }));
  const rest = {
    ...scenario,
    batches: batches.filter(({ items }) => items.length > 0),
    sweeps: kept(scenario.sweeps),
    digests: kept(scenario.digests),
    models: [...(first ? [first] : []), ...kept(later)],
    garbage: kept(scenario.garbage),
    looks: kept(scenario.looks),
    redrives: kept(scenario.redrives),
    erasures: kept(scenario.erasures),
    choices: kept(scenario.choices),
    rotations: kept(scenario.rotations ?? []),
  };
  return { scenario: rest, parts };
};

/** When time alone moves members, or mails that wait come again: epoch ms. */
const dueIn = ({ cloud }: SimulatedWorld): number[] =>
  [
    ...membersIn(cloud).flatMap(({ snapshot, mails }) => [snapshot?.dueAt, ...mails.map(({ until }) => until)]),
    ...digestsIn(cloud).map(({ until }) => until),
  ].filter((at) => at !== undefined);

const isDue = (world: SimulatedWorld): boolean => dueIn(world).some((at) => at <= world.clock.now);

/** How many mails wait for their time. */
const waiting = ({ cloud }: SimulatedWorld): number =>
  [...membersIn(cloud).flatMap(({ mails }) => mails), ...digestsIn(cloud)].filter(({ state }) => state === 'held')
    .length;

/** Goes on until nothing is left to be done, however often it must be redriven. False where that takes too long. */
const rest = async (world: SimulatedWorld): Promise<boolean> => {
  const end = world.trace.steps() + REST_WITHIN;
  for (let round = 0; round < ROUNDS; round++) {
    while (await world.step(Number.POSITIVE_INFINITY)) if (world.trace.steps() > end) return false;
    const redriven = Object.values(queueNames).map((name) => world.cloud.queues.redrive(name));
    if (redriven.every((count) => count === 0)) return world.isIdle();
  }
  return false;
};

/** Sweeps until time has moved nobody whom it should. */
const sweepAll = async (world: SimulatedWorld): Promise<boolean> => {
  for (let round = 0; round < ROUNDS; round++) {
    if (!(await rest(world))) return false;
    if (!isDue(world)) return true;
    sweepNow(world);
  }
  return false;
};

/** Staff find out of each doubtful mail whether it was sent, and say so, as the admin function does. */
const resolveDoubts = ({ cloud }: SimulatedWorld): void => {
  const taken = takenByTag({ cloud });
  for (const tag of doubtfulIn(cloud)) {
    const word: MailWord = { kind: 'word', tag, sent: taken.has(tag) };
    cloud.queues.queue(queueNames.feedback).send(JSON.stringify(word));
  }
};

/** Sweeps until everybody has come to the model in force. */
const bringAlong = async (world: SimulatedWorld): Promise<boolean> => {
  for (let round = 0; round < ROUNDS; round++) {
    if (rescoreState(world.cloud) !== 'running') return true;
    sweepNow(world);
    if (!(await sweepAll(world))) return false;
  }
  return false;
};

/** Lets everything come to rest without faults, and checks it; then once more after everybody was looked at, and later. */
const converge = async (
  world: SimulatedWorld,
  scenario: Scenario,
  check: ReturnType<typeof checkEnd>,
  askStaff: () => void,
) => {
  const { clock, cloud, faults, trace } = world;
  faults.end();
  world.renew();
  trace.note('nothing goes wrong from here on');
  // Beyond all clocks that were ahead, and all claims that may be somebody's still.
  clock.now += 25 * MINUTE;
  const stuck = (what: string) => check.demand(false, 'converges', () => what);
  if (!(await rest(world))) return stuck('the queues do not run empty');
  world.stand();
  if (!(await sweepAll(world))) return stuck('there is no end of the sweeps');
  check.all('as time brings it');
  if (!(await bringAlong(world))) return stuck('there is no end of the rescore');
  checkBroughtAlong(check, cloud);
  check.all('as the rescore leaves it');
  if (check.found.length > 0) return;

  for (const at of scenario.digests) for (let times = 0; times < 2; times++) digestNow(world, at);
  if (!(await rest(world))) return stuck('the digests do not end');
  const erased = new Set(cloud.witness.erasures.keys());
  sendAgain(world, scenario, erased);
  for (const member of new Set([...erased, ...membersIn(cloud).map((one) => one.member)])) {
    const tick: ActivityMessage = { kind: 'tick', member };
    cloud.queues.queue(queueNames.activity).send(JSON.stringify(tick));
  }
  if (!(await sweepAll(world))) return stuck('there is no end of it after everybody was looked at');
  check.all('after everybody was looked at', true);
  if (check.found.length > 0) return;
  askStaff();
  if (!(await rest(world))) return stuck('there is no end of what staff ask');
  resolveDoubts(world);
  if (!(await rest(world))) return stuck('there is no end of what staff have found out');
  const doubtful = doubtfulIn(cloud);
  check.demand(doubtful.length === 0, 'settled', () => `${doubtful} are in doubt after staff have said what they know`);

  do {
    clock.now = Math.max(clock.now + 1, ...dueIn(world));
    sweepNow(world);
    if (!(await sweepAll(world))) return stuck('there is no end of it later on');
    check.all('later on', true);
  } while (check.found.length === 0 && (trace.steps() < SHORTEST || waiting(world) > 0));
  askFirsts(check, world);
  if (!(await rest(world))) return stuck('there is no end of what staff ask of what is stored');
};

/** Errors are thrown by the thousand here, and nobody looks where from. */
const withoutStacks = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return await work();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
};

/** Plays a seed: everything that goes wrong by chance follows from it. */
export const simulate = (options: SimulationOptions): Promise<Simulated> => withoutStacks(() => play(options));

const play = async (options: SimulationOptions): Promise<Simulated> => {
  const {
    seed,
    definitions,
    wiring = realWiring,
    only,
    within,
    without = [],
    tell = false,
    onCall = () => {},
  } = options;
  const log = trace(tell);
  const rates = options.rates ?? drawRates(random(seed, 'rates'));
  const fates = faults({ seed, rates, only, within });
  const whole =
    options.scenario ?? withRotations(drawScenario(drawsOf(seed, 'scenario'), fates), random(seed, 'rotations'));
  const { scenario, parts } = pruned(whole, new Set(without));
  const world = openWorld({
    seed,
    definitions,
    faults: fates,
    trace: log,
    wiring,
    onCall,
    follows: scenario.follows ?? false,
  });
  const notes = findings();
  const passing = reader(world, notes);
  await world.prepare(SOURCES);
  planOutside(world, scenario);
  const askStaff = staffReader(world, notes);
  for (const at of scenario.looks) {
    world.plan.add(at, 'somebody looks', passing.look);
    world.plan.add(at, 'staff ask', askStaff);
  }

  while (log.steps() < LONGEST && (await world.step(scenario.end))) {
    if (log.steps() % 60 === 0) passing.look();
    if (notes.found.length > 0) break;
  }
  if (notes.found.length === 0) {
    const check = checkEnd(world, notes, scenario);
    await converge(world, scenario, check, askStaff);
    passing.look();
  }
  const misuse = [...world.cloud.tables.misuse, ...world.cloud.queues.misuse, ...world.cloud.mail.misuse];
  const [wrong] = world.keyring.wrongs;
  notes.demand(wrong === undefined, 'secrets', () => String(wrong));
  notes.demand(misuse.length === 0, 'asked', () => String(misuse[0]));
  log.note(JSON.stringify(world.cloud.tables.items('members')));
  const { happened } = fates;
  const [steps, hash, chances] = [log.steps(), log.hash(), fates.chances()];
  return { seed, steps, hash, found: notes.found, happened, parts, chances, lines: log.lines };
};
