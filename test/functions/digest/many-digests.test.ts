import { expect, it } from 'vitest';
import type { SendDigest } from '../../../events/effect.ts';
import { sendDigest } from '../../../functions/deliver/send-digest.ts';
import { digest } from '../../../functions/digest/handler.ts';
import type { Mail, Offered } from '../../../shared/mailing/mail.ts';
import { paced, type Turn } from '../../../shared/mailing/paced.ts';
import { sliceAfter, sliceAt, turnIn } from '../../../shared/mailing/rate-budget.ts';
import type { Snapshot } from '../../../shared/scoring/snapshot.ts';
import { random } from '../../simulation/random.ts';
import { day, event } from '../../support/given.ts';
import { memoryClaims } from '../../support/memory-claims.ts';
import { most } from '../../support/metered-ses.ts';
import { activity, scorer, tick } from '../../support/pipeline.ts';
import { plainLetters } from '../../support/plain-letters.ts';
import { letters } from '../../support/postman.ts';
import { virtualTime } from '../../support/virtual-time.ts';

const OWNERS = 50_000;
const MINUTE = 60_000;
const MONDAY = day(63);
const quota = { perSecond: 14, perDay: 100_000 };

class Crash extends Error {}

/** Somebody who fell silent, as often as there are owners. */
const silentMembers = async () => {
  const polku = scorer({ published: letters });
  const joined = event('member.joined', 0, { email: 'maija@example.org' });
  await polku.on(0, activity(joined));
  await polku.on(60, tick());
  const snapshot = await polku.store.read('maija');
  if (!snapshot) throw new Error('Nobody is there');
  const of = (member: string): Snapshot => {
    const { profile } = snapshot.standing;
    const attributes = { ...profile.attributes, owner: `owner-${member}` };
    return { ...snapshot, standing: { ...snapshot.standing, profile: { ...profile, attributes } } };
  };
  return {
    async *membersIn(_: string, stage: string) {
      if (stage !== 'at-risk') return;
      for (let i = 0; i < OWNERS; i += 100) yield Array.from({ length: 100 }, (_, j) => String(i + j));
    },
    places: async (members: readonly string[]) =>
      new Map(members.map((one) => [one, [{ journey: 'member', stage: 'at-risk', toldAt: day(60), since: day(60) }]])),
    snapshots: async (members: readonly string[]) => new Map(members.map((one) => [one, of(one)])),
    ledger: async (member: string) => [{ ...joined, member }],
  };
};

/** The places of the rate, as all who send share them. */
const sharedTurns = (now: () => number) => {
  let slice = sliceAt(quota, now());
  let taken = 0;
  return async (): Promise<Turn> => {
    if (slice.id <= sliceAt(quota, now()).id || taken >= slice.room) {
      const present = sliceAt(quota, now());
      slice = sliceAfter(quota, slice.id > present.id ? slice : present);
      taken = 0;
    }
    return { kind: 'at', at: turnIn(slice, taken++) };
  };
};

it('50,000 digests go within the rate, in the time that it takes, each once, though runs and senders break off', async () => {
  const chance = random(7, 'crashes');
  const time = virtualTime(MONDAY);
  const staff = {
    owners: Array.from({ length: OWNERS }, (_, i) => ({
      id: `owner-${i}`,
      name: `Owner ${i}`,
      email: `owner-${i}@example.org`,
      language: 'en',
    })),
    fallback: 'owner-0',
  };
  const queue: { effect: SendDigest; visibleAt: number }[] = [];
  const common = { ...(await silentMembers()), staff: async () => staff, now: time.now };
  let stops = 3;
  const run = digest({
    ...common,
    currentModel: async () => letters,
    lastListed: async () => new Map(),
    send: async (digests) => {
      await time.sleep(100);
      // The function dies, or its time is up; what it has sent is in the queue.
      if (stops > 0 && chance.chance(0.01)) {
        stops--;
        throw new Crash();
      }
      for (const effect of digests) queue.push({ effect, visibleAt: time.now() });
      return digests.map(() => true);
    },
    count: () => {},
  });
  const schedule = async (): Promise<void> => {
    for (;;) {
      try {
        return await run({ scheduledAt: new Date(MONDAY).toISOString() });
      } catch {
        await time.sleep(MINUTE);
      }
    }
  };

  let tokens = 0;
  const claims = memoryClaims<{ owner: string; run: number }>({
    now: time.now,
    newToken: () => `token-${tokens++}`,
    idOf: ({ owner, run: of }) => `${owner}#${of}`,
  });
  const sent: number[] = [];
  const to: string[] = [];
  const offer = async (mail: Mail): Promise<Offered> => {
    if (chance.chance(0.002)) throw new Crash();
    await time.sleep(50);
    sent.push(time.now());
    to.push(mail.to);
    if (chance.chance(0.002)) throw new Crash();
    return { kind: 'sent', messageId: `ses-${sent.length}` };
  };
  const send = sendDigest({
    ...common,
    modelVersion: async () => letters,
    letters: async () => plainLetters(letters.model),
    digests: {
      claims: claims.claims,
      send: paced(offer, { turn: sharedTurns(time.now), slowDown: async () => {}, sleep: time.sleep, now: time.now }),
    },
    noteListed: async () => {},
    organisation: 'The Club',
    language: 'en',
    zone: 'Europe/Helsinki',
  });
  let isAsked = false;
  let next = 0;
  const back: typeof queue = [];
  const take = () => (back[0] && back[0].visibleAt <= time.now() ? back.shift() : queue[next++]);
  const sender = async (): Promise<void> => {
    for (;;) {
      const message = take();
      if (!message) {
        next--;
        if (isAsked && back.length === 0) return;
        await time.sleep(1000);
        continue;
      }
      try {
        const { kind } = await send(message.effect);
        if (kind === 'busy' || kind === 'later') back.push({ ...message, visibleAt: time.now() + 6 * MINUTE });
      } catch {
        // The queue hands it out again.
        back.push({ ...message, visibleAt: time.now() + 6 * MINUTE });
      }
    }
  };
  const scheduled = schedule().then(() => {
    isAsked = true;
  });
  await time.until(Promise.all([scheduled, ...Array.from({ length: 20 }, sender)]));

  expect(stops).toBe(0);
  expect(new Set(to).size).toBe(to.length);
  const states = Object.groupBy(claims.states(), (state) => state);
  expect(Object.keys(states).toSorted()).toEqual(['sent', 'unknown']);
  expect(claims.states()).toHaveLength(OWNERS);
  // Who died before or after the sending; nobody else.
  expect(states.unknown?.length).toBeLessThanOrEqual(0.01 * OWNERS);
  expect(to.length).toBeGreaterThanOrEqual(OWNERS - (states.unknown?.length ?? 0));
  expect(most(sent, 1000)).toBeLessThanOrEqual(quota.perSecond + 1);
  const took = ((sent.at(-1) ?? 0) - MONDAY) / 1000;
  expect(took).toBeLessThanOrEqual(1.05 * (OWNERS / quota.perSecond) + 7 * 60);
}, 300_000);
