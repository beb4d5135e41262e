import { type Batch, type Rotation, SOURCES, START } from './batch.ts';
import { type Choice, WISHES } from './choices.ts';
import { type Draws, saidOf } from './event-data.ts';
import type { Faults } from './faults.ts';
import { drawFollowing } from './following.ts';
import { MODELS } from './models.ts';
import type { Random } from './random.ts';
import { drawRetractions, type Sent } from './retracting.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export type Scenario = {
  readonly members: readonly string[];
  readonly batches: readonly Batch[];
  readonly sweeps: readonly number[];
  readonly digests: readonly number[];
  /** Models by number: the first, and those that come later. */
  readonly models: readonly { readonly at: number; readonly model: number }[];
  /** What nobody can read, put into a queue by hand. */
  readonly garbage: readonly { readonly at: number; readonly queue: 'activity' | 'feedback'; readonly body: string }[];
  readonly looks: readonly number[];
  readonly redrives: readonly number[];
  /** Members whom staff erase. */
  readonly erasures: readonly { readonly at: number; readonly member: string }[];
  /** What members choose themselves, once they are known. */
  readonly choices: readonly Choice[];
  /** Whether whoever agrees to it is followed in their mails. */
  readonly follows?: boolean;
  /** Sources that are given another secret. */
  readonly rotations?: readonly Rotation[];
  readonly end: number;
};

const TYPES = [
  ...['event.attended', 'event.attended', 'event.attended', 'site.visited', 'site.visited', 'site.visited'],
  ...['benefit.used', 'payment.failed', 'survey.answered', 'course.finished', 'consent.given', 'consent.withdrawn'],
  ...['member.updated', 'member.joined', 'member.left', 'lead.created'],
];

const IDS = ['1', 'x-1', '2', 'x-2', '3', '1#1', '#', 'x#1', '4', '5', 'x-3', 'ä', '6', '7'];

/** What the sources know, and when they say it. */
export const drawEvents = (draws: Draws, faults: Faults, members: readonly string[], span: number): Sent[] => {
  const { chance } = draws;
  const { pick, between, below } = chance;
  const sent: Sent[] = [];
  const times: number[] = [];
  const used = new Map<string, Sent>();
  const count = between(8, 25);
  const say = (member: string, type: string, time: number): void => {
    const source = pick(SOURCES);
    let id = pick(IDS);
    while (used.has(`${member} ${source} ${id}`)) id = `${pick(IDS)}-${below(1000)}`;
    const email = chance.chance(0.4) ? { email: `${member}@${pick(['example.org', 'example.com'])}` } : {};
    const item = {
      id,
      ...saidOf(type, time, draws),
      member: { id: member, ...email },
      time: new Date(time).toISOString(),
    };
    const late = faults.strike('late-event');
    const at = time + (late ? late.between(DAY, 14 * DAY) : pick([0, 0, 1000, 20_000, HOUR, 5 * HOUR]));
    const one = { at, source, item };
    used.set(`${member} ${source} ${id}`, one);
    sent.push(one);
    times.push(time);
    const twice = faults.strike('duplicate');
    if (twice) sent.push({ ...one, at: at + twice.pick([0, 1000, HOUR, 3 * DAY]) });
    const other = faults.strike('correction');
    if (other) {
      const changed = other.chance(0.5)
        ? { time: new Date(time - other.between(1, 2 * DAY)).toISOString() }
        : { data: { ...item.data, note: 'changed' } };
      sent.push({ source, at: at + other.pick([0, HOUR, 4 * DAY]), item: { ...item, ...changed } });
    }
  };
  for (const member of members) {
    if (chance.chance(0.85))
      say(member, pick(['member.joined', 'member.joined', 'lead.created']), START + below(3 * DAY));
    for (let i = 0; i < 3; i++) if (chance.chance(0.9)) say(member, 'consent.given', START + below(2 * DAY));
  }
  for (let i = sent.length; i < count; i++) {
    const near = times.length > 0 && chance.chance(0.25) ? pick(times) + pick([0, 0, 1, 10 * DAY, 20 * DAY]) : 0;
    say(pick(members), pick(TYPES), near > 0 ? near : START + below(span));
  }
  return sent;
};

const broken = [{ id: 'broken', type: 'nonsense' }, { id: 'broken' }, null, 7];

const asBatches = (sent: readonly Sent[], chance: Random): Batch[] =>
  SOURCES.flatMap((source) => {
    const its = sent.filter((one) => one.source === source).sort((a, b) => a.at - b.at);
    const batches: Batch[] = [];
    while (its.length > 0) {
      const some = its.splice(0, chance.between(1, 4));
      const items: unknown[] = some.map(({ item }) => item);
      if (chance.chance(0.1)) items.splice(chance.below(items.length + 1), 0, chance.pick(broken));
      const at = Math.max(...some.map(({ at }) => at));
      batches.push({ at, source, items, tries: chance.chance(0.15) ? chance.between(1, 2) : undefined });
    }
    return batches;
  });

/** Some are erased: at any time, or while something of theirs is at work; and now and then once more. */
const drawErasures = (
  { chance, pick, below }: Random,
  members: readonly string[],
  batches: readonly Batch[],
  span: number,
) => {
  if (!chance(0.4)) return [];
  return members.flatMap((member) => {
    if (!chance(0.6)) return [];
    const one = () => ({ member, at: chance(0.6) ? pick(batches).at + below(40_000) : START + below(span) });
    return chance(0.3) ? [one(), one()] : [one()];
  });
};

/** Some choose something: at any time, or while mails to them are under way. */
const drawChoices = (
  { chance, pick, below, between }: Random,
  members: readonly string[],
  batches: readonly Batch[],
  span: number,
): Choice[] => {
  if (!chance(0.5)) return [];
  return Array.from({ length: between(1, 4) }, () => ({
    member: pick(members),
    wish: pick(WISHES),
    at: chance(0.7) ? pick(batches).at + below(2_000) : START + below(span),
  }));
};

/** All that happens outside in one seed. */
export const drawScenario = (draws: Draws, faults: Faults): Scenario => {
  const { chance } = draws;
  const { between, below, pick } = chance;
  const members = ['maija', 'ola', 'member#3', 'åsa'].slice(0, between(1, 4));
  const span = between(8, 60) * DAY;
  const instants = (count: number) => Array.from({ length: count }, () => START + below(span + 5 * DAY));
  const events = drawEvents(draws, faults, members, span);
  const batches = asBatches(events, chance);
  const following = drawFollowing(draws.following, members, span);
  const drawModel = (from: Random) => from.below(MODELS) + (following.follows ? MODELS : 0);
  const models = [{ at: chance.chance(0.08) ? START + below(span) : START - HOUR, model: drawModel(chance) }];
  for (let i = 0; i < 2; i++) {
    const change = faults.strike('model-change');
    if (!change) continue;
    // In the middle of what comes in, so that some still work with the model before.
    const batch = change.pick(batches);
    for (const after of [5_000, 12_000, 20_000, 40_000]) batches.push({ ...batch, at: batch.at + after });
    models.push({ at: batch.at + change.between(0, 15_000), model: drawModel(change) });
  }
  const redrives = [0, 1, 2].flatMap(() => {
    const redrive = faults.strike('redrive');
    return redrive ? [START + redrive.below(span)] : [];
  });
  const all = [...following.amid(batches), ...drawRetractions(draws.retracting, events)];
  const last = all.reduce((end, { at }) => Math.max(end, at), START + span);
  return {
    members,
    batches: all,
    sweeps: instants(between(6, 12)),
    digests: instants(between(1, 4)),
    models,
    garbage: [
      ...(chance.chance(0.2)
        ? [{ at: START + below(span), queue: 'activity' as const, body: pick(['{', '7', '{"kind":"tick"}']) }]
        : []),
      ...(chance.chance(0.2)
        ? [{ at: START + below(span), queue: 'feedback' as const, body: pick(['[', '8', '{"eventType":"Send"}']) }]
        : []),
    ],
    looks: instants(3),
    redrives,
    erasures: following.fewer(drawErasures(chance, members, batches, span)),
    choices: following.choosing(drawChoices(chance, members, batches, span)),
    follows: following.follows,
    end: last + 5 * DAY,
  };
};
