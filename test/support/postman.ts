import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Effect, EffectMessage, Move } from '../../events/effect.ts';
import type { Purpose } from '../../events/purpose.ts';
import { type DeliverDeps, deliver } from '../../functions/deliver/handler.ts';
import type { MemberStore } from '../../shared/aws/member-store.ts';
import type { Choices } from '../../shared/mailing/choices.ts';
import { compileLetters } from '../../shared/mailing/letters/compile-letters.ts';
import type { Mail, Outcome } from '../../shared/mailing/mail.ts';
import { linksBelow } from '../../shared/mailing/mail-links.ts';
import type { MeasuredMail } from '../../shared/mailing/measuring/enrolment.ts';
import { givenBack, NO_TALLY, type Tally } from '../../shared/mailing/restraint/tally.ts';
import { compile } from '../../shared/scoring/compile.ts';
import { Model } from '../../shared/scoring/model.ts';
import { Staff } from '../../shared/scoring/staff.ts';
import { day, document } from './given.ts';
import { memoryClaims } from './memory-claims.ts';
import { record } from './pipeline.ts';

const hello = { subject: 'Hello {{firstName}}', body: '<mj-text>Hello {{firstName}}</mj-text>' };

/** The small model, with words that name the member. */
export const letters = (() => {
  const model = Model.parse({
    ...document,
    messages: [
      {
        id: 'hello',
        title: 'Hello',
        purpose: 'membership',
        templates: { en: hello, fi: { ...hello, subject: 'Hei' } },
      },
    ],
  });
  return { version: 1, model, compiled: compile(model) };
})();

/** The same, ready to be filled in. */
export const compiledLetters = await compileLetters(letters.model);

export const staff = Staff.parse({
  owners: [
    {
      id: 'kaisa',
      name: 'Kaisa',
      email: 'kaisa@example.org',
      language: 'fi',
      looksAfter: { attribute: 'region', eq: 'north' },
    },
    { id: 'ingrid', name: 'Ingrid', email: 'ingrid@example.org', language: 'en' },
  ],
  fallback: 'ingrid',
});

/** A post office that answers as it is told, and keeps what it took. */
export const postOffice = () => {
  const outcomes: Outcome[] = [];
  const taken: Mail[] = [];
  return {
    outcomes,
    taken,
    send: async (mail: Mail): Promise<Outcome> => {
      const outcome = outcomes.shift() ?? { kind: 'sent', messageId: `m-${taken.length}` };
      if (outcome.kind === 'sent') taken.push(mail);
      return outcome;
    },
  };
};

/** What members were written, in memory. */
const tallies = () => {
  const all = new Map<string, Tally>();
  const reckon: DeliverDeps['reckon'] = async (member, ask) => {
    const { tally, result } = ask(all.get(member) ?? NO_TALLY);
    all.set(member, tally);
    return result;
  };
  const giveBack = (member: string, id: string) =>
    reckon(member, (tally) => ({ tally: givenBack(tally, id), result: undefined }));
  const waiting = (member: string) => (all.get(member) ?? NO_TALLY).waiting.map(({ id }) => id);
  return { reckon, giveBack, waiting };
};

/** What the claim of a message is kept under. */
const MailKey = z.object({
  member: z.string(),
  asked: z.object({ message: z.string() }),
  arms: z.record(z.string(), z.string()),
});

/** Deliver over stores in memory. */
export const postman = (store: MemberStore, parts: Partial<DeliverDeps> = {}) => {
  const world = { now: day(0) };
  let tokens = 0;
  const mails = memoryClaims<{ member: string; effect: string }>({
    now: () => world.now,
    newToken: () => `token-${tokens++}`,
  });
  const digests = memoryClaims<{ owner: string; run: number }>({
    now: () => world.now,
    newToken: () => `token-${tokens++}`,
    idOf: ({ owner, run }) => `${owner}#${run}`,
  });
  const post = postOffice();
  const moves: Move[] = [];
  const counts: Record<string, number> = {};
  const errors: unknown[] = [];
  const { waiting, ...reckoning } = tallies();
  const consents: Choices['consents'] = {};
  const work = deliver({
    choices: async () => ({ revision: 1, consents }),
    tombstones: async () => [],
    erasedAt: async () => new Map(),
    removeErased: async () => {},
    snapshot: store.read,
    ledger: store.ledger,
    modelVersion: async (version) => (version === 1 ? letters : undefined),
    letters: async (version) => (version === 1 ? compiledLetters : undefined),
    staff: async () => staff,
    links: linksBelow('https://polku.example.org', async () => 'sealed'),
    ...reckoning,
    heldEffect: async () => undefined,
    heldDigest: async () => undefined,
    digests: { claims: digests.claims, send: post.send },
    noteListed: async () => {},
    draw: async (trial, person) => createHash('sha256').update(`${trial} ${person}`).digest('hex'),
    addressRecord: async () => ({ notes: [] }),
    marketing: async () => ({}),
    countSent: async () => {},
    mails: { claims: mails.claims, send: post.send },
    move: async (move) => void moves.push(move),
    tracks: true,
    organisation: 'The Club',
    language: 'en',
    zone: 'Europe/Helsinki',
    count: (metric, value) => {
      counts[metric] = (counts[metric] ?? 0) + value;
    },
    onError: (error) => void errors.push(error),
    now: () => world.now,
    ...parts,
  });
  return {
    ...post,
    moves,
    counts,
    errors,
    states: mails.states,
    waiting,
    /** The member says no themselves, now. */
    withdraw: (purpose: Purpose): void => {
      consents[purpose] = { given: false, at: world.now };
    },
    details: () => [...mails.items.values()].map(({ detail }) => detail),
    /** Carries effects out some days after the start; answers with how many come back. */
    on: async (days: number, ...effects: Effect[]): Promise<number> => {
      world.now = day(days);
      return (await work(effects.map((effect) => record(JSON.stringify(effect))))).size;
    },
    /** Carries effects out in one batch; answers with those that come back. */
    handsBack: async (...effects: EffectMessage[]): Promise<EffectMessage[]> => {
      const records = effects.map((effect) => ({ effect, ...record(JSON.stringify(effect)) }));
      const failed = await work(records);
      return records.flatMap(({ effect, messageId }) => (failed.has(messageId) ? [effect] : []));
    },
    /** What the records of a member's mails tell of what messages do. */
    measured: (member: string): MeasuredMail[] =>
      [...mails.items].flatMap(([key, { state, at, detail: why }]) => {
        const { member: whose, asked, arms } = MailKey.parse(JSON.parse(key));
        return whose === member ? [{ message: asked.message, state, why, at, arms, fates: {} }] : [];
      }),
    batch: (bodies: readonly string[]) => work(bodies.map(record)),
  };
};
