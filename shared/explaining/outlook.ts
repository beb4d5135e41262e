import type { ActivityEvent } from '../../events/envelope.ts';
import { DAY } from '../kernel/duration.ts';
import { advance } from '../scoring/advance.ts';
import type { CompiledJourney } from '../scoring/compile.ts';
import type { PublishedModel } from '../scoring/published-model.ts';
import type { Standing } from '../scoring/standing.ts';
import { contrariesFor, type Deed, deedsFor } from './deeds.ts';
import { stepsToTry } from './effort.ts';
import { heightsOf } from './ladder.ts';
import { asEvent, firstStay, type Stand } from './play.ts';
import { deadlineOf, type Found } from './search.ts';
import { startsFor } from './starts.ts';
import { alone, type Search, together } from './ways.ts';

/** One way to another stage. Instants are epoch ms. */
export type Way = {
  readonly stage: string;
  /** When it is entered, if all goes as said. */
  readonly at: number;
  /** What has to happen, and when; nothing, where time alone does it. */
  readonly deeds: readonly { readonly deed: Deed; readonly times: readonly number[] }[];
  /** Until when all of it can be put off, where there is a limit that people plan by. */
  readonly by?: number;
  /** The same as events, to be played in. */
  readonly events: readonly ActivityEvent[];
};

/** Why there is no way: no stage lies there, none was found within the limits, or the search was given up. */
export type NoWay = 'no-stage' | 'not-found' | 'given-up';
export type Direction = { readonly ways: readonly Way[] } | { readonly none: NoWay };

/** What would bring a member to another stage of a journey. */
export type JourneyOutlook = {
  readonly journey: string;
  readonly stage: string;
  /** Since when the member is in it, epoch ms. */
  readonly since: number;
  readonly up: Direction;
  readonly down: Direction;
};

/** What time brings is looked for this far ahead. */
const HORIZON = 3653 * DAY;
/** What somebody could do is looked for this far ahead, and in so many ways. */
const YEAR = 366 * DAY;
const MOST_WAYS = 3;
/** How often the same thing has to be done at most: nobody is told more, and more mishaps are no accident. */
const MOST_DEEDS = 12;
const MOST_MISHAPS = 4;

type Scene = {
  readonly published: PublishedModel;
  readonly events: readonly ActivityEvent[];
  readonly standing: Standing;
  readonly at: number;
};

const asWay = (stand: Stand, found: Found): Way => {
  const { steps, arrival } = found;
  const by = deadlineOf({ ...stand, mayTry: () => true }, found);
  const times = Map.groupBy(steps, ({ deed }) => deed);
  return {
    stage: arrival.stage,
    at: arrival.at,
    deeds: [...times].map(([deed, same]) => ({ deed, times: same.map(({ time }) => time) })),
    ...(by === undefined ? {} : { by }),
    events: steps.map((step, i) => asEvent(stand.member, step, i)),
  };
};

/** The first stage of the wanted ones that the passing of time alone brings. */
const byTime = ({ published, standing, at }: Scene, journey: string, wanted: Stand['wanted']): Way | undefined => {
  const { transitions } = advance(published.compiled, standing, at + HORIZON);
  const found = firstStay(journey, transitions, wanted);
  return found && { ...found, deeds: [], events: [] };
};

const firstThatFinds = (searches: readonly (() => readonly Found[])[]): readonly Found[] => {
  for (const search of searches) {
    const found = search();
    if (found.length > 0) return found;
  }
  return [];
};

const directionOf = (scene: Scene, compiled: CompiledJourney, way: 'up' | 'down'): Direction => {
  const { published, events, standing, at } = scene;
  const { journey } = compiled;
  const heights = heightsOf(published.model, journey);
  const here = heights.get(standing.stages[journey.id]?.stage ?? '') ?? 0;
  const lies = (height: number) => (way === 'up' ? height > here && height >= 0 : height < here);
  const stages = journey.stages.filter(({ id }) => lies(heights.get(id) ?? here));
  if (stages.length === 0) return { none: 'no-stage' };
  const wanted = (stage: string) => stages.some(({ id }) => id === stage);
  // Nobody is shown a fall that begins with a climb.
  const unwanted = (stage: string) => way === 'down' && (heights.get(stage) ?? here) > here;

  const waiting = byTime(scene, journey.id, wanted);
  if (waiting && way === 'down') return { ways: [waiting] };

  let tries = 0;
  const member = events[0]?.member ?? 'somebody';
  const most = stepsToTry(published.compiled);
  const mayTry = () => ++tries <= most;
  const stand: Stand = { model: published.compiled, member, journey: journey.id, standing, wanted, unwanted, mayTry };
  const before = Math.min(waiting?.at ?? Number.POSITIVE_INFINITY, at + YEAR);
  const limits = { before, most: way === 'up' ? MOST_DEEDS : MOST_MISHAPS, patient: way === 'up' };
  const search: Search = { stand, starts: startsFor(compiled, standing, at, before), limits };
  const deeds = deedsFor(published.model, journey, events);
  const found = firstThatFinds([
    () => alone(search, deeds),
    () => (way === 'up' ? together(search, published.model, journey, stages, deeds) : []),
    () => alone({ ...search, limits: { ...limits, most: 1 } }, contrariesFor(published.model, journey)),
  ]);
  const ways = [...(waiting ? [waiting] : []), ...found.slice(0, MOST_WAYS).map((one) => asWay(stand, one))];
  return ways.length > 0 ? { ways } : { none: tries > most ? 'given-up' : 'not-found' };
};

/**
 * For each journey that a member is on at an instant (epoch ms): what would bring them to a stage further up, and to
 * one further down, if nothing else happens. Everything shown was tried out by the fold itself.
 * @param events the member's; those after the instant are left out
 * @param standing of the member at the instant
 */
export const outlook = (
  published: PublishedModel,
  events: readonly ActivityEvent[],
  standing: Standing,
  at: number,
): readonly JourneyOutlook[] => {
  const scene = { published, events: events.filter(({ time }) => time <= at), standing, at };
  return published.compiled.journeys.flatMap((compiled) => {
    const { id } = compiled.journey;
    const present = standing.stages[id];
    if (!present) return [];
    const [up, down] = [directionOf(scene, compiled, 'up'), directionOf(scene, compiled, 'down')];
    return [{ journey: id, stage: present.stage, since: present.since, up, down }];
  });
};
