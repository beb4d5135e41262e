import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { NewSecret } from '../../shared/api/admin.ts';
import type { Rotation } from './batch.ts';
import { request, webhook } from './front-door.ts';
import type { Held } from './keyring.ts';
import type { Random } from './random.ts';
import type { SimulatedWorld } from './world.ts';

const SECOND = 1000;
const HOUR = 3_600_000;
/** By how much a clock that takes a request may be behind whoever signed it, and for how long it may remember secrets. */
const BEHIND = 301 * SECOND;
const REMEMBERED = 61 * SECOND;

type Met = { readonly answer: APIGatewayProxyStructuredResultV2 | undefined; readonly at: number };

/** Sends what a source says, signed, and sees to it that it is met as it must be. `hear` is told the answer, if any. */
export const sendSigned = (
  world: SimulatedWorld,
  source: string,
  items: readonly unknown[],
  held: Held,
  hear: (met: Met) => void,
): void => {
  const { functions, clock, keyring } = world;
  const at = clock.now;
  let first = at;
  const before = (own: number) => {
    first = own;
  };
  void functions.ingest.invoke(webhook(source, items, at, held.secret), before).then((outcome) => {
    const own = { first, last: first + clock.now - at };
    keyring.met(source, { held, at, own, status: outcome?.answer.statusCode });
    hear({ answer: outcome?.answer, at });
  });
};

/** What a source signs with: after a rotation, now and then still with what it had before, while that counts. */
export const secretFor = ({ keyring, clock }: SimulatedWorld, source: string, chance: Random): Held => {
  const others = keyring.earlier(source).filter(({ endsAt }) => clock.now < endsAt);
  return others.length > 0 && chance.chance(0.5) ? chance.pick(others) : keyring.newest(source);
};

const isThing = (item: unknown): item is { readonly id: unknown } => item instanceof Object && 'id' in item;

/** Somebody who has kept a secret that has ended makes up what a source might say. */
const intrude = (world: SimulatedWorld, source: string, items: readonly unknown[], held: Held): void => {
  const { functions, plan, clock, keyring, trace } = world;
  if (!functions.ingest.isFree()) {
    plan.add(clock.now + SECOND, 'an intruder waits', () => intrude(world, source, items, held));
    return;
  }
  const madeUp = items.map((item) => (isThing(item) ? { ...item, id: `made up ${item.id}` } : item));
  sendSigned(world, source, madeUp, held, ({ answer, at }) => {
    keyring.metAfterwards(source, { held, at, status: answer?.statusCode });
    trace.note(`an intruder at ${source} hears ${answer?.statusCode}`);
  });
};

/** Staff give a source another secret, and ask again until they have one. What ended is tried later, but not too late. */
export const rotate = (
  world: SimulatedWorld,
  { source, overlapHours }: Rotation,
  { items, latest, chance }: { readonly items: readonly unknown[]; readonly latest: number; readonly chance: Random },
): void => {
  const { functions, plan, clock, trace, keyring } = world;
  const rest = { items, latest, chance };
  const again = () =>
    plan.add(clock.now + 10 * SECOND, `staff rotate the secret of ${source} again`, () =>
      rotate(world, { source, overlapHours, at: clock.now }, rest),
    );
  if (!functions.admin.isFree()) {
    again();
    return;
  }
  const asked = request('POST /v1/sources/{source}/secrets', {
    params: { source },
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ overlapHours }),
  });
  const begins = (own: number) => keyring.begins(source, own, overlapHours * HOUR);
  void functions.admin.invoke(asked, begins).then((outcome) => {
    trace.note(`staff hear ${outcome?.answer.statusCode} of another secret of ${source}`);
    if (outcome?.answer.statusCode !== 201) {
      again();
      return;
    }
    const { secret, othersEndAt = '' } = NewSecret.parse(JSON.parse(outcome.answer.body ?? ''));
    keyring.rotated(source, secret, Date.parse(othersEndAt));
    const [held] = keyring.earlier(source);
    if (!held) return;
    const over = Math.max(held.endsAt + BEHIND, clock.now + REMEMBERED);
    for (const after of [0, chance.below(HOUR), chance.below(48 * HOUR)]) {
      if (over + after > latest) continue;
      plan.add(over + after, `an intruder sends ${items.length} as ${source}`, () =>
        intrude(world, source, items, held),
      );
    }
  });
};
