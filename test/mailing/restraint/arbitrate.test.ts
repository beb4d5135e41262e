import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Purpose } from '../../../events/purpose.ts';
import { tallyStore } from '../../../shared/aws/tally-store.ts';
import { DAY } from '../../../shared/kernel/duration.ts';
import { isHoliday } from '../../../shared/mailing/hours/holidays.ts';
import { arbitrate, type Scene, type Verdict, type Wish } from '../../../shared/mailing/restraint/arbitrate.ts';
import { contactRules } from '../../../shared/mailing/restraint/contact-rules.ts';
import { counting, givenBack, NO_TALLY, type Tally, withWaiting } from '../../../shared/mailing/restraint/tally.ts';
import { compile } from '../../../shared/scoring/compile.ts';
import type { ContactPolicy } from '../../../shared/scoring/contact-policy.ts';
import { NOBODY } from '../../../shared/scoring/evolve.ts';
import { Model } from '../../../shared/scoring/model.ts';
import { dynamodbClient, memoryTables } from '../../simulation/cloud/tables.ts';
import { definitions } from '../../support/definitions.ts';
import { document } from '../../support/given.ts';
import { changingZones, wallClock } from '../../support/wall-clock.ts';

const HOUR = 3_600_000;
/** A Wednesday at noon in Helsinki. */
const NOON = Date.parse('2026-03-04T10:00:00Z');
const ZONE = 'Europe/Helsinki';

const rulesOf = (contactPolicy: Partial<Record<keyof ContactPolicy, unknown>>) => {
  const model = Model.parse({ ...document, contactPolicy });
  const rules = contactRules({ model, compiled: compile(model) });
  if (!rules) throw new Error('There is no policy');
  return rules;
};
const wish = (id: string, parts: Partial<Wish> = {}): Wish => ({
  id,
  message: id,
  purpose: 'membership',
  priority: 0,
  decidedAt: NOON,
  ...parts,
});
const scene = (policy: Parameters<typeof rulesOf>[0], parts: Partial<Scene> = {}): Scene => ({
  rules: rulesOf(policy),
  tally: NO_TALLY,
  rivals: [],
  standing: NOBODY,
  zone: ZONE,
  now: NOON,
  staleAfter: 3 * DAY,
  ...parts,
});
const written = (...instants: readonly (readonly [number, Purpose?])[]): Tally => ({
  waiting: [],
  counted: instants.map(([at, purpose = 'membership'], i) => ({ id: `old-${i}`, message: `old-${i}`, purpose, at })),
});

describe('of two messages that are due at once', () => {
  it('the one with the higher priority goes, and the other waits an hour', () => {
    const [letter, appeal] = [wish('letter', { priority: 5 }), wish('appeal')];
    const both = { rivals: [letter, appeal] };
    expect(arbitrate(scene({}, both), letter)).toEqual({ kind: 'go' });
    expect(arbitrate(scene({}, both), appeal)).toMatchObject({ kind: 'wait', until: NOON + HOUR, why: 'outranked' });
  });

  it('the one decided earlier goes first where they are equal', () => {
    const both = { rivals: [wish('b'), wish('a', { decidedAt: NOON + 1 })] };
    expect(arbitrate(scene({}, both), wish('b'))).toEqual({ kind: 'go' });
  });

  it('the second waits as long after the first as the policy says', () => {
    const tally = written([NOON - 10 * 60_000]);
    expect(arbitrate(scene({ gap: '2 hours' }, { tally }), wish('a', { priority: 9 }))).toMatchObject({
      kind: 'wait',
      until: NOON + 110 * 60_000,
      why: 'just-written',
    });
  });

  it('one that was sent already stands in nobody’s way any more', () => {
    const tally = counting(NO_TALLY, { id: 'letter', message: 'letter', purpose: 'service', at: NOON - 2 * HOUR }, DAY);
    const rivals = [wish('letter', { priority: 5 })];
    expect(arbitrate(scene({}, { tally, rivals }), wish('appeal'))).toEqual({ kind: 'go' });
  });
});

describe('a cap', () => {
  const week = { caps: [{ messages: 2, per: '7 days' }] };

  it('holds a message until the window lets it through, to the millisecond', () => {
    const tally = written([NOON - 6.9 * DAY], [NOON - DAY]);
    expect(arbitrate(scene(week, { tally }), wish('a'))).toMatchObject({
      kind: 'wait',
      until: NOON + 0.1 * DAY,
      why: 'capped',
    });
    expect(arbitrate(scene(week, { tally, now: NOON + 0.1 * DAY }), wish('a'))).toEqual({ kind: 'go' });
  });

  it('drops at once what would be stale by then, and says why', () =>
    expect(arbitrate(scene(week, { tally: written([NOON - 2 * DAY], [NOON - DAY]) }), wish('a'))).toEqual({
      kind: 'drop',
      why: 'stale-capped',
    }));

  it('of a purpose counts that purpose alone', () => {
    const policy = { caps: [{ messages: 1, per: '7 days', purposes: ['marketing', 'fundraising'] }] };
    const tally = written([NOON - 6 * DAY, 'fundraising']);
    expect(arbitrate(scene(policy, { tally }), wish('a'))).toEqual({ kind: 'go' });
    expect(arbitrate(scene(policy, { tally }), wish('a', { purpose: 'marketing' })).kind).toBe('wait');
  });

  it('for ambassadors, or people with an open case, holds for them alone; one of none lets nothing through', () => {
    const policy = { caps: [{ messages: 0, per: '1 day', when: { attribute: 'openCase', eq: true } }] };
    const open = { ...NOBODY, profile: { ...NOBODY.profile, attributes: { openCase: true } } };
    expect(arbitrate(scene(policy), wish('a'))).toEqual({ kind: 'go' });
    expect(arbitrate(scene(policy, { standing: open }), wish('a'))).toMatchObject({ kind: 'wait', until: NOON + DAY });
  });
});

describe('a message held for the hour', () => {
  const policy = { decentHours: { holidays: ['NO'], quietJuly: ['marketing'] } };
  const evening = Date.parse('2026-04-01T19:00:00Z');

  it('goes at the first decent hour, however long that takes: its time begins there', () => {
    const verdict = arbitrate(scene(policy, { now: evening }), wish('a', { decidedAt: evening }));
    const morning = Date.parse('2026-04-07T05:00:00Z');
    expect(verdict).toMatchObject({ kind: 'wait', until: morning, why: 'quiet-hours', staleAt: morning + 3 * DAY });
    expect(arbitrate(scene(policy, { now: morning }), wish('a', { decidedAt: evening }))).toEqual({ kind: 'go' });
  });

  it('waits for August where its purpose rests in July', () => {
    const now = Date.parse('2026-07-07T10:00:00Z');
    const at = (purpose: Purpose) => arbitrate(scene(policy, { now }), wish('a', { purpose, decidedAt: now }));
    expect(at('membership')).toEqual({ kind: 'go' });
    expect(at('marketing')).toMatchObject({ until: Date.parse('2026-08-03T05:00:00Z') });
  });

  it('is dropped when it has gone stale', () =>
    expect(arbitrate(scene(policy, { now: NOON + 3 * DAY + 1 }), wish('a'))).toEqual({ kind: 'drop', why: 'stale' }));
});

describe('whatever the schedule', () => {
  const purposes: readonly Purpose[] = ['service', 'membership', 'marketing', 'fundraising'];
  const caps = [
    { messages: 3, per: '7 days' },
    { messages: 1, per: '5 days', purposes: ['marketing', 'fundraising'] },
  ];
  const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
  const policies = {
    'by day': { from: 9 * 60, until: 18 * 60, weekdays: weekdays.slice(0, 6), holidays: ['FI'] as const },
    // In no other hours do the clocks change.
    'by night': { from: 30, until: 4 * 60, weekdays, holidays: [] },
  };
  type Hours = (typeof policies)[keyof typeof policies];
  const clock = (minutes: number): string =>
    `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  const withRules = (hours: Hours) => {
    const decentHours = { ...hours, from: clock(hours.from), until: clock(hours.until) };
    return { hours, rules: rulesOf({ decentHours, caps }) };
  };
  const all = [withRules(policies['by day']), withRules(policies['by night'])];
  const isDecent = ({ from, until, weekdays, holidays }: Hours, at: number, zone: string): boolean => {
    const { date, weekday, minutes } = wallClock(at, zone);
    const isFree = holidays.some((country) => isHoliday(Date.parse(date), country));
    return weekdays.includes(weekday) && !isFree && minutes >= from && minutes < until;
  };
  const zones = changingZones(2026, 40);
  const nights = zones.flatMap(({ zone, nights }) => nights.map((night) => ({ zone, night })));
  const due = fc.record({
    at: fc.integer({ min: 0, max: 10 * DAY }),
    purpose: fc.constantFrom(...purposes),
    priority: fc.integer({ min: 0, max: 3 }),
    sent: fc.boolean(),
  });

  /** Lets each message come when it is due, and again whenever it was told to. What is not sent is given back. */
  const play = (rules: ReturnType<typeof rulesOf>, zone: string, wishes: readonly (Wish & { sent: boolean })[]) => {
    const sent: Wish[] = [];
    const sentAt = new Map<string, number>();
    const fates = new Map<string, Verdict['kind']>();
    let tally = NO_TALLY;
    const queue = wishes.map((one) => ({ at: one.decidedAt, one }));
    while (queue.length > 0) {
      queue.sort((a, b) => a.at - b.at);
      const next = queue.shift();
      if (!next) break;
      const { at: now, one } = next;
      const rivals = tally.waiting.filter(({ until }) => until <= now);
      const common = { rules, zone, staleAfter: 30 * DAY, standing: NOBODY };
      const verdict = arbitrate({ ...common, tally, rivals, now }, one);
      fates.set(one.id, verdict.kind);
      if (verdict.kind === 'wait') {
        expect(verdict.until).toBeGreaterThan(now);
        queue.push({ at: verdict.until, one });
        tally = withWaiting(tally, { ...one, until: verdict.until, staleAt: verdict.staleAt });
      }
      if (verdict.kind !== 'go') continue;
      tally = counting(tally, { id: one.id, message: one.message, purpose: one.purpose, at: now }, rules.horizon);
      if (one.sent) {
        sent.push(one);
        sentAt.set(one.id, now);
      } else tally = givenBack(tally, one.id);
    }
    return { sent, sentAt, fates };
  };

  it('there are never more than a cap allows in any window, none in quiet hours, and none is lost', () => {
    expect([zones.length, nights.length]).toEqual([40, 80]);
    fc.assert(
      fc.property(
        fc.constantFrom(...nights),
        fc.constantFrom(...all),
        fc.array(due, { maxLength: 8 }),
        ({ zone, night }, { hours, rules }, list) => {
          const start = night - 5 * DAY;
          const wishes = list.map(({ at, ...rest }, i) => ({ ...wish(`m${i}`, { decidedAt: start + at }), ...rest }));
          const { sent, sentAt, fates } = play(rules, zone, wishes);
          const asking = sent.filter(({ purpose }) => purpose === 'marketing' || purpose === 'fundraising');
          /** How far the nearest two lie apart that have so many between them, ms. */
          const nearest = (of: readonly Wish[], between: number): number => {
            const instants = of.map(({ id }) => sentAt.get(id) ?? Number.NaN).sort((a, b) => a - b);
            return Math.min(
              Number.POSITIVE_INFINITY,
              ...instants.slice(between + 1).map((at, i) => at - (instants[i] ?? Number.NaN)),
            );
          };
          expect(nearest(sent, 2)).toBeGreaterThanOrEqual(7 * DAY);
          expect(nearest(asking, 0)).toBeGreaterThanOrEqual(5 * DAY);
          expect(nearest(sent, 0)).toBeGreaterThanOrEqual(HOUR);
          for (const { id } of sent) expect(isDecent(hours, sentAt.get(id) ?? Number.NaN, zone)).toBe(true);
          for (const { id } of wishes) expect(['go', 'drop']).toContain(fates.get(id));
          // Eight messages fit into a month under these caps, but for those that ask for something.
          for (const { id, purpose } of wishes) {
            if (purpose === 'service' || purpose === 'membership') expect(fates.get(id)).toBe('go');
          }
        },
      ),
      { numRuns: 10_000 },
    );
  }, 120_000);
});

describe('the tally of a member', () => {
  it('lets of many who count at once only so many through as the cap says, and gives back', async () => {
    const tables = memoryTables(definitions().tables);
    const turns = async (_: unknown, run: () => unknown) => {
      await new Promise<void>((resolve) => queueMicrotask(resolve));
      return run();
    };
    const { reckon } = tallyStore({ client: dynamodbClient(tables, turns), table: 'members' });
    const rules = rulesOf({ caps: [{ messages: 2, per: '7 days' }], gap: '0 minutes' });
    const ask = (id: string) =>
      reckon('maija', (tally) => {
        const verdict = arbitrate(scene({}, { rules, tally, staleAfter: 30 * DAY }), wish(id));
        const counted = { id, message: id, purpose: 'membership', at: NOON } as const;
        return { tally: verdict.kind === 'go' ? counting(tally, counted, rules.horizon) : tally, result: verdict.kind };
      });
    const verdicts = await Promise.all(Array.from({ length: 10 }, (_, i) => ask(`m${i}`)));
    expect(verdicts.filter((kind) => kind === 'go')).toHaveLength(2);
    const first = `m${verdicts.indexOf('go')}`;
    await reckon('maija', (tally) => ({ tally: givenBack(tally, first), result: undefined }));
    expect(await ask('late')).toBe('go');
    expect(await ask('later')).toBe('wait');
    expect(tables.misuse).toEqual([]);
  }, 60_000);

  it('remembers the last two of each message, however long ago, and of the rest what the caps ask for', () => {
    const at = (days: number, message: string) =>
      ({ id: `${message}-${days}`, message, purpose: 'service', at: days * DAY }) as const;
    const all = [at(0, 'a'), at(1, 'a'), at(2, 'a'), at(99, 'b'), at(100, 'c')];
    const tally = all.reduce((so, one) => counting(so, one, 7 * DAY), NO_TALLY);
    expect(tally.counted.map(({ id }) => id)).toEqual(['a-1', 'a-2', 'b-99', 'c-100']);
  });
});
