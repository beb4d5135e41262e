import { describe, expect, it } from 'vitest';
import { definitions } from '../support/definitions.ts';
import { START } from './batch.ts';
import type { Fault, FaultKind, Rates } from './faults.ts';
import { type Simulated, simulate } from './run.ts';
import type { Scenario } from './scenario.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const crashes: Rates = { 'crash-before': 1, 'crash-after': 1 };
const LONG = 240_000;

const item = (id: string, type: string, at: number, data: object = {}, member = 'maija') => ({
  id,
  type,
  member: { id: member, email: `${member}@example.org` },
  time: new Date(at).toISOString(),
  data,
});

/** A member joins, is active, falls silent; another one too; one event comes late, one twice. All handlers are needed. */
const life: Scenario = {
  members: ['maija', 'ola'],
  batches: [
    {
      at: START,
      source: 'crm',
      tries: undefined,
      items: [
        item('1', 'consent.given', START - 2, { purpose: 'membership' }),
        item('2', 'member.joined', START - 1, { attributes: { branch: 'care' } }),
        item('2', 'member.joined', START - 1, {}, 'ola'),
      ],
    },
    {
      at: START + DAY,
      source: 'crm',
      tries: undefined,
      items: [
        item('3', 'event.attended', START + DAY - 1, { event: 'seminar' }),
        item('4', 'site.visited', START + DAY - MINUTE),
        item('2', 'member.joined', START - 1, { attributes: { branch: 'care' } }),
      ],
    },
  ],
  sweeps: [START + 50 * DAY],
  digests: [START + 51 * DAY],
  models: [{ at: START - 60 * MINUTE, model: 3 }],
  garbage: [],
  looks: [START + 2 * DAY],
  redrives: [],
  erasures: [],
  choices: [],
  end: START + 52 * DAY,
};

/** What of it comes by the scorer, and nothing that only looks at what it has written: there are many pairs of crashes. */
const scored: Scenario = { ...life, digests: [], looks: [], end: START + 51 * DAY };

/** The same as `life`; but both are back when the digest is started again. */
const back: Scenario = {
  ...life,
  batches: [
    ...life.batches,
    {
      at: START + 51 * DAY + MINUTE / 3,
      source: 'crm',
      tries: undefined,
      items: ['maija', 'ola'].map((member) =>
        item('5', 'event.attended', START + 51 * DAY + 1, { event: 'seminar' }, member),
      ),
    },
  ],
};

/** Somebody joins, and is erased while mails to them are under way; a part of it comes once more. */
const erased: Scenario = {
  ...life,
  members: ['maija'],
  batches: life.batches.map((batch) => ({
    ...batch,
    items: batch.items.filter((one) => Object(one).member.id === 'maija'),
  })),
  sweeps: [],
  digests: [],
  models: [{ at: START - 60 * MINUTE, model: 7 }],
  erasures: [{ at: START + 300, member: 'maija' }],
  end: START + 2 * DAY,
};

/** They say no to all mails themselves. */
const refusing: Scenario = {
  ...erased,
  choices: [{ at: START + 20_000, member: 'maija', wish: 'nothing' }],
  erasures: [],
};

const play = (only: readonly Fault[], within?: string, scenario = life): Promise<Simulated> =>
  simulate({ seed: 1, definitions: definitions(), scenario, rates: crashes, only, within });

const kinds = ['crash-before', 'crash-after'] as const satisfies readonly FaultKind[];

/** Each call has two chances: before it, and after it. */
const kindAt = (at: number): FaultKind => kinds[at % 2] ?? 'crash-before';

describe('a crash', () => {
  it.each(['ingest', 'score', 'sweep', 'deliver', 'digest', 'feedback', 'lookup', 'publishing'])(
    'of %s before or after any of its calls does no harm',
    async (fn) => {
      const { chances, found } = await play([], fn);
      expect(found).toEqual([]);
      expect(chances).toBeGreaterThan(1);
      for (let at = 0; at < chances; at++) {
        const { found, happened } = await play([{ at, kind: kindAt(at) }], fn);
        expect(found, `${kindAt(at)} ${at} of ${fn}`).toEqual([]);
        expect(happened).toHaveLength(1);
      }
    },
    LONG,
  );

  it(
    'of preferences before or after any of its calls does no harm',
    async () => {
      const { chances } = await play([], 'preferences', refusing);
      expect(chances).toBeGreaterThan(10);
      for (let at = 0; at < chances; at++) {
        const { found } = await play([{ at, kind: kindAt(at) }], 'preferences', refusing);
        expect(found, `${kindAt(at)} ${at}`).toEqual([]);
      }
    },
    LONG,
  );

  it.each(['admin', 'score', 'deliver'])(
    'of %s before or after any of its calls leaves nothing of a member who is erased',
    async (fn) => {
      const { chances } = await play([], fn, erased);
      expect(chances).toBeGreaterThan(1);
      for (let at = 0; at < chances; at++) {
        const { found } = await play([{ at, kind: kindAt(at) }], fn, erased);
        expect(found, `${kindAt(at)} ${at} of ${fn}`).toEqual([]);
      }
    },
    LONG,
  );

  it(
    'of a digest that nobody needs any more when it is started again leaves no claim open',
    async () => {
      const { chances } = await play([], 'digest', back);
      for (let at = 0; at < chances; at++) {
        const only = [{ at, kind: kindAt(at) }];
        expect((await play(only, 'digest', back)).found, `${kindAt(at)} ${at}`).toEqual([]);
      }
    },
    LONG,
  );

  it(
    'and another one on the way of scoring do no harm, at whatever two calls',
    async () => {
      const { chances } = await play([], 'score', scored);
      expect(chances).toBe((await play([], 'score')).chances);
      for (let one = 0; one < chances; one++) {
        for (let other = one + 1; other < chances; other++) {
          const only = [one, other].map((at) => ({ at, kind: kindAt(at) }));
          expect((await play(only, 'score', scored)).found, JSON.stringify(only)).toEqual([]);
        }
      }
    },
    LONG,
  );
});
