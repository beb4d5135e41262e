import type { Batch } from './batch.ts';
import { chooses } from './choices.ts';
import { fates, request } from './front-door.ts';
import { instancesOf } from './instances.ts';
import { queueNames } from './names.ts';
import { type Random, random } from './random.ts';
import { publisher } from './rescores.ts';
import type { Scenario } from './scenario.ts';
import { rotate, secretFor, sendSigned } from './signing.ts';
import type { SimulatedWorld } from './world.ts';

const SECOND = 1000;
const HOUR = 3_600_000;

/** A source sends its batch, and what was not taken again, until it has patience no more. */
const send = (world: SimulatedWorld, batch: Batch, secrets: Random, tries = 1): void => {
  const { functions, book, clock, plan, faults, chance, trace } = world;
  const { source, items } = batch;
  if (!functions.ingest.isFree()) {
    plan.add(clock.now + SECOND, `${source} waits`, () => send(world, batch, secrets, tries));
    return;
  }
  book.sent(source, items);
  sendSigned(world, source, items, secretFor(world, source, secrets), ({ answer }) => {
    const answers = fates(answer, items.length);
    book.answered(source, items, answers);
    trace.note(`${source} hears ${answer?.statusCode}: ${answers}`);
    const again = items.filter((_, i) => answers[i] === 'again');
    const hasGivenUp = faults.isOn() && batch.tries !== undefined && tries >= batch.tries;
    if (again.length === 0 || hasGivenUp) return;
    const at = clock.now + (faults.isOn() ? chance.between(SECOND, 2 * HOUR) : 10 * SECOND);
    plan.add(at, `${source} sends ${again.length} again`, () =>
      send(world, { ...batch, items: again }, secrets, tries + 1),
    );
  });
};

/** Sources say once more all that they ever said of some members. */
export const sendAgain = (
  world: SimulatedWorld,
  { batches }: Pick<Scenario, 'batches'>,
  members: ReadonlySet<string>,
): void => {
  const secrets = random(world.seed, 'secrets again');
  const isOf = (item: unknown) => item instanceof Object && 'member' in item && members.has(Object(item.member).id);
  for (const batch of batches) {
    const items = batch.items.filter(isOf);
    if (items.length > 0) send(world, { ...batch, items, tries: undefined }, secrets);
  }
};

/** One run of a schedule; what fails is tried again, as the scheduler does. */
const run = (world: SimulatedWorld, fn: 'sweep' | 'digest', event: object, tries: number): void => {
  const { functions, clock, plan } = world;
  const again = (after: number, left: number) =>
    plan.add(clock.now + after, `${fn} starts again`, () => run(world, fn, event, left));
  if (!functions[fn].isFree()) {
    again(60 * SECOND, tries);
    return;
  }
  void functions[fn].invoke(event).then((outcome) => {
    if (!outcome && tries > 1) again(60 * SECOND, tries - 1);
  });
};

/** A schedule that may be late, or start its function twice. */
const scheduled = (world: SimulatedWorld, fn: 'sweep' | 'digest', at: number, event: object): void => {
  const { plan, faults } = world;
  const late = faults.strike('late-schedule');
  const start = at + (late ? late.between(1000, 30 * HOUR) : 0);
  plan.add(start, `${fn} starts`, () => run(world, fn, event, 3));
  const twice = faults.strike('double-schedule');
  if (twice) plan.add(start + twice.pick([0, 0, 5 * SECOND]), `${fn} starts twice`, () => run(world, fn, event, 3));
};

const digestAt = (at: number) => ({ scheduledAt: new Date(at).toISOString() });

export const sweepNow = (world: SimulatedWorld): void => run(world, 'sweep', {}, 1);
/** The digest of a run of the schedule, until it has gone well. */
export const digestNow = (world: SimulatedWorld, at: number): void => run(world, 'digest', digestAt(at), 20);

/** Staff erase a member, and ask again until it is taken. */
const erase = (world: SimulatedWorld, member: string): void => {
  const { functions, plan, clock, trace } = world;
  const again = () => plan.add(clock.now + 10 * SECOND, `staff erase ${member} again`, () => erase(world, member));
  if (!functions.admin.isFree()) {
    again();
    return;
  }
  void functions.admin.invoke(request('DELETE /v1/members/{id}', { params: { id: member } })).then((outcome) => {
    trace.note(`staff hear ${outcome?.answer.statusCode} of erasing ${member}`);
    if (outcome?.answer.statusCode !== 202) again();
  });
};

type Scripted = Pick<
  Scenario,
  'batches' | 'sweeps' | 'digests' | 'models' | 'garbage' | 'redrives' | 'erasures' | 'choices' | 'rotations' | 'end'
>;

/** Puts on the plan all that happens outside. */
export const planOutside = (world: SimulatedWorld, scenario: Scripted): void => {
  const { plan, cloud, tools, trace } = world;
  const secrets = random(world.seed, 'secrets');
  for (const batch of scenario.batches) {
    plan.add(batch.at, `${batch.source} sends ${batch.items.length}`, () => send(world, batch, secrets));
  }
  for (const at of scenario.sweeps) scheduled(world, 'sweep', at, {});
  for (const at of scenario.digests) scheduled(world, 'digest', at, digestAt(at));
  for (const { at, queue, body } of scenario.garbage) {
    plan.add(at, `somebody puts garbage into ${queue}`, () => void cloud.queues.queue(queueNames[queue]).send(body));
  }
  for (const at of scenario.redrives) {
    plan.add(at, 'somebody sends once more what was given up', () => {
      for (const name of Object.values(queueNames)) trace.note(`${cloud.queues.redrive(name)} of ${name}`);
    });
  }
  const after = random(world.seed, 'sweeps after');
  world.onHeld((until) => {
    // It comes round every few minutes; here, mostly when a mail has waited long enough.
    if (world.faults.isOn() && after.chance(0.5)) {
      plan.add(until + after.below(5 * 60 * SECOND), 'sweep starts', () => sweepNow(world));
    }
  });
  for (const { at, member } of scenario.erasures) plan.add(at, `staff erase ${member}`, () => erase(world, member));
  for (const rotation of scenario.rotations ?? []) {
    const { at, source } = rotation;
    const items = scenario.batches.find((batch) => batch.source === source)?.items ?? [];
    plan.add(at, `staff rotate the secret of ${source}`, () =>
      rotate(world, rotation, { items, latest: scenario.end, chance: secrets }),
    );
  }
  const choose = chooses(world, random(world.seed, 'choices'));
  for (const choice of scenario.choices) {
    plan.add(choice.at, `${choice.member} wishes ${choice.wish}`, () => choose(choice));
  }
  const publishing = instancesOf('publishing', tools, { atOnce: 2, timeout: HOUR }, publisher);
  for (const { at, model } of scenario.models) {
    plan.add(at, `staff publish model ${model}`, () => void publishing.invoke(model));
  }
};
