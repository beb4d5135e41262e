import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Effect, SendMessage } from '../../events/effect.ts';
import type { ActivityEvent } from '../../events/envelope.ts';
import { type PrepareDeps, prepareMail } from '../../functions/deliver/prepare-mail.ts';
import { milliseconds } from '../../shared/kernel/duration.ts';
import { type Heard, isWithheld, NOTHING_HEARD } from '../../shared/mailing/heard.ts';
import { compileLetters } from '../../shared/mailing/letters/compile-letters.ts';
import { HELD_OUT, ownTrial } from '../../shared/mailing/measuring/trials.ts';
import { NO_TALLY } from '../../shared/mailing/restraint/tally.ts';
import type { Fate } from '../../shared/preview/post.ts';
import { walk } from '../../shared/preview/walk.ts';
import { compile } from '../../shared/scoring/compile.ts';
import { Model } from '../../shared/scoring/model.ts';
import { history } from '../support/arbitrary.ts';
import { day, document, event } from '../support/given.ts';
import { activity, scorer, tick } from '../support/pipeline.ts';

const ZONE = 'Europe/Helsinki';
const DAY = milliseconds('1 day');
const END = day(230);

const [lead, member] = document.journeys;
const [hello] = document.messages;

/** A model whose post is held back by everything that can hold it back. */
const model = Model.parse({
  ...document,
  journeys: [
    lead,
    {
      ...member,
      stages: [
        { id: 'quiet', title: 'Quiet', message: 'hello', onlyForward: true },
        {
          ...member?.stages[1],
          messages: [
            { message: 'thanks', again: '30 days' },
            { on: 'stay', after: '5 days', message: 'still-here', again: 'never' },
            { on: 'exit', message: 'farewell', when: { attribute: 'branch', eq: 'north' } },
          ],
        },
        { ...member?.stages[2], message: 'miss-you', silent: undefined },
      ],
    },
    {
      id: 'ladder',
      title: 'Ladder',
      appliesTo: { attribute: 'status', exists: true },
      ordered: true,
      stages: [
        { id: 'one', title: 'One', message: 'hello' },
        { id: 'two', title: 'Two', enter: { score: 'engagement', gte: 20 }, message: 'thanks' },
        { id: 'three', title: 'Three', enter: { score: 'engagement', gte: 30 }, message: 'still-here' },
      ],
    },
  ],
  messages: [
    { ...hello, priority: 5 },
    ...['still-here', 'farewell', 'miss-you'].map((id) => ({ ...hello, id, title: id })),
    {
      ...hello,
      ...{ id: 'thanks', title: 'Thanks', priority: 1, staleAfter: '1 day' },
      experiment: { holdOut: 20, success: { outcome: 'renewed' } },
    },
  ],
  contactPolicy: {
    decentHours: { holidays: ['FI'] },
    caps: [
      { messages: 1, per: '2 days' },
      { messages: 3, per: '30 days', purposes: ['membership'] },
    ],
    gap: '6 hours',
  },
});
const side = { model, compiled: compile(model) };
const published = { version: 1, ...side };
const letters = await compileLetters(model);
const trial = model.messages.flatMap((one) => ownTrial(one)?.id ?? []).join();

/** The same life in the real pipeline: each event at its time, each tick and each mail that waited in time. */
const inTruth = async (events: readonly ActivityEvent[], heard: Heard) => {
  const polku = scorer({ published });
  let now = Number.NEGATIVE_INFINITY;
  let tally = NO_TALLY;
  const deps: PrepareDeps = {
    snapshot: polku.store.read,
    ledger: polku.store.ledger,
    choices: async () => undefined,
    tombstones: async () => [],
    modelVersion: async () => published,
    letters: async () => letters,
    staff: async () => undefined,
    tracks: false,
    links: async () => ({ preferences: 'https://example.org/preferences' }),
    // Told as it comes: what lies ahead is not known yet.
    addressRecord: async (address) => ({
      notes: heard.addresses.get(address)?.notes.filter(({ at }) => at <= now) ?? [],
    }),
    marketing: async () => heard.marketing,
    reckon: async (_, ask) => {
      const asked = ask(tally);
      tally = asked.tally;
      return asked.result;
    },
    ...{ organisation: 'The Club', language: 'en', zone: ZONE, now: () => now },
  };
  const told: string[] = [];
  const waiting = new Map<string, { readonly effect: SendMessage; readonly until: number }>();
  // The outbox is sent again with the next commit; a claim lets each through once.
  const claimed = new Set<string>();
  const carryOut = async (effect: Effect): Promise<void> => {
    if (claimed.has(effect.id) && !waiting.has(effect.id)) return;
    claimed.add(effect.id);
    if (effect.kind === 'alert') told.push(`${now} ${effect.stage} notice`);
    if (effect.kind !== 'message') return;
    const heldOut = isWithheld(model, effect.message, heard);
    const prepared = await prepareMail(deps, effect, heldOut ? { [trial]: HELD_OUT } : {});
    waiting.delete(effect.id);
    if ('hold' in prepared) waiting.set(effect.id, { effect, until: prepared.hold.until });
    else told.push(`${now} ${effect.message} ${'skip' in prepared ? prepared.skip : 'sent'}`);
  };

  const times = [...new Set(events.map(({ time }) => time))].sort((a, b) => a - b);
  const isOver = () => now > END;
  while (!isOver()) {
    const due = (await polku.store.read('maija'))?.dueAt ?? Number.POSITIVE_INFINITY;
    const [next = Number.POSITIVE_INFINITY] = times;
    now = Math.min(next, Math.max(due, now), ...[...waiting.values()].map(({ until }) => until));
    if (isOver()) break;
    const came = events.filter(({ time }) => time === now).map(activity);
    if (now === next) times.shift();
    if (now === next || due <= now) await polku.on((now - day(0)) / DAY, ...(now === next ? came : [tick()]));
    for (const effect of polku.effects.splice(0)) await carryOut(effect);
    for (const { effect, until } of [...waiting.values()]) if (until <= now) await carryOut(effect);
  }
  return { told: told.sort(), waiting: waiting.size };
};

const worded = (fate: Fate): string => {
  if (fate.kind === 'alert') return `${fate.at} ${fate.stage} notice`;
  return fate.kind === 'sent' ? `${fate.at} ${fate.message} sent` : `${fate.at} ${fate.message} ${fate.why}`;
};

const foretold = (events: readonly ActivityEvent[], heard: Heard) => {
  const route = { member: 'maija', zone: ZONE, heard };
  const { fates } = walk(side, events, { from: Number.NEGATIVE_INFINITY, at: END }, route);
  const settled = fates.filter(({ kind }) => kind !== 'waiting');
  return { told: settled.map(worded).sort(), waiting: fates.length - settled.length };
};

const ADDRESS = 'maija@example.org';
/** Somebody who agreed at some time, and has an address. */
const life = history(25).map((events) => [
  event('consent.given', -1, { email: ADDRESS, data: { purpose: 'membership' } }),
  ...events,
]);
const heardOf = fc.record({
  notes: fc.array(
    fc.record({
      kind: fc.constantFrom('soft' as const, 'soft' as const, 'hard' as const),
      at: fc.integer({ min: 0, max: 220 }).map((days) => day(days)),
      mail: fc.constantFrom('a', 'b', 'c', 'd'),
    }),
    { maxLength: 2 },
  ),
  drawn: fc.constantFrom('0'.repeat(32), 'f'.repeat(32)),
});

describe('the post that a preview foretells', () => {
  it('is the one that the pipeline sends, holds back and drops, whatever happens', { timeout: 120_000 }, () =>
    fc.assert(
      fc.asyncProperty(life, heardOf, async (events, { notes, drawn }) => {
        const heard: Heard = {
          ...NOTHING_HEARD,
          addresses: new Map([[ADDRESS, { notes }]]),
          draws: new Map([[trial, drawn]]),
        };
        expect(foretold(events, heard)).toEqual(await inTruth(events, heard));
      }),
      { numRuns: 150 },
    ),
  );

  it('has all kinds of ends in these lives', () => {
    const lives = fc.sample(fc.tuple(life, heardOf), { numRuns: 400, seed: 5 });
    const ends = new Set(
      lives.flatMap(([events, { notes, drawn }]) =>
        foretold(events, {
          ...NOTHING_HEARD,
          addresses: new Map([[ADDRESS, { notes }]]),
          draws: new Map([[trial, drawn]]),
        }).told.map((one) => one.split(' ').slice(1).join(' ')),
      ),
    );
    for (const end of [...'sent moved-on bounced held-out stale-capped notice'.split(' ')])
      expect(
        [...ends].filter((one) => one.endsWith(` ${end}`)),
        end,
      ).not.toEqual([]);
  });
});
