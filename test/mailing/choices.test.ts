import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ActivityEvent, OWN_SOURCE } from '../../events/envelope.ts';
import { activityOf } from '../../events/index.ts';
import { Purpose } from '../../events/purpose.ts';
import { type Choices, eventsOf, untold, withChoices } from '../../shared/mailing/choices.ts';
import { choose, isPaused, type Wish } from '../../shared/mailing/choose.ts';
import { comparePositions } from '../../shared/scoring/position.ts';
import { NO_PROFILE, withEvent } from '../../shared/scoring/profile.ts';
import { day, event } from '../support/given.ts';

const agreed = (days: number, purpose: Purpose = 'marketing') => event('consent.given', days, { data: { purpose } });
const profileOf = (...events: readonly ActivityEvent[]) =>
  [...events].sort(comparePositions).reduce(withEvent, NO_PROFILE);
const wishing = (wish: Wish, before?: Choices, profile = profileOf(agreed(0)), days = 1) =>
  choose(profile, before, wish, 'page-1', day(days));
const noMarketing: Wish = { consents: { marketing: false } };

describe('a choice', () => {
  it('counts at once, before any event of it is scored', () => {
    const choices = wishing(noMarketing);
    expect(choices).toBeDefined();
    if (!choices) return;
    expect(withChoices(profileOf(agreed(0)), choices).consents.marketing).toEqual({
      given: false,
      at: day(1),
      source: OWN_SOURCE,
      wording: 'page-1',
    });
  });

  it('made twice within a minute is made once', () => {
    const once = wishing(noMarketing);
    expect(wishing(noMarketing, once, profileOf(agreed(0)), 1 + 59 / 86_400)).toBe(once);
  });

  it('of no is younger when it is made again: a yes of a source from in between that comes later does not count', () => {
    const again = wishing(noMarketing, wishing(noMarketing), profileOf(agreed(0)), 5);
    expect(again?.consents.marketing).toMatchObject({ given: false, at: day(5) });
    const between = event('consent.given', 3, { data: { purpose: 'marketing', wording: 'newsletter-2' } });
    const shown = again && withChoices(profileOf(agreed(0), between), again);
    expect(shown?.consents.marketing).toMatchObject({ given: false, at: day(5) });
  });

  it('of yes is as old as it is', () => {
    const once = wishing({ consents: { marketing: true } }, undefined, NO_PROFILE);
    expect(wishing({ consents: { marketing: true } }, once, NO_PROFILE, 5)).toBe(once);
  });

  it('is later than all that is known, though another clock is ahead', () => {
    const ahead = profileOf(agreed(1.01));
    const choices = wishing(noMarketing, undefined, ahead, 1);
    expect(choices?.consents.marketing?.at).toBe(day(1.01) + 1);
    expect(choices && withChoices(ahead, choices).consents.marketing?.given).toBe(false);
  });

  it('is said once more in their own name where a source said it', () => {
    const declined = profileOf(event('consent.withdrawn', 0, { data: { purpose: 'marketing' } }));
    expect(wishing(noMarketing, undefined, declined)?.consents.marketing).toMatchObject({ given: false });
  });

  it('leaves the rest as it is', () => {
    const first = wishing(noMarketing);
    const second = wishing({ language: 'sv' }, first);
    expect(second).toMatchObject({ revision: 2, consents: first?.consents, preferences: { language: 'sv' } });
  });

  it('holds until the ledger says something newer', () => {
    const choices = wishing(noMarketing);
    const later = event('consent.given', 3, { data: { purpose: 'marketing', wording: 'newsletter-2' } });
    const shown = choices && withChoices(profileOf(agreed(0), ...eventsOf('maija', choices), later), choices);
    expect(shown?.consents.marketing).toMatchObject({ given: true, at: day(3) });
  });
});

describe('a pause', () => {
  it('lasts three months, to the same day', () => {
    const choices = wishing({ paused: true });
    expect(choices?.preferences?.pausedUntil).toBe(new Date(day(1)).setUTCMonth(new Date(day(1)).getUTCMonth() + 3));
  });

  it.each([
    ['2026-11-30T10:00:00Z', '2027-02-28T10:00:00Z'],
    ['2027-11-30T10:00:00Z', '2028-02-29T10:00:00Z'],
    ['2026-12-31T23:59:00Z', '2027-03-31T23:59:00Z'],
  ])('from %s ends %s', (from, to) =>
    expect(choose(NO_PROFILE, undefined, { paused: true }, 'page-1', Date.parse(from))?.preferences?.pausedUntil).toBe(
      Date.parse(to),
    ),
  );

  it('does not grow longer when it is wished again, and ends when it is wished away', () => {
    const first = wishing({ paused: true });
    expect(wishing({ paused: true }, first, undefined, 20)).toBe(first);
    const ended = wishing({ paused: false }, first, undefined, 20);
    expect(ended?.preferences).toEqual({ at: day(20) });
    expect(ended && isPaused(withChoices(NO_PROFILE, ended), day(20))).toBe(false);
  });

  it('that is over can begin again', () =>
    expect(wishing({ paused: true }, wishing({ paused: true }), undefined, 200)?.preferences?.at).toBe(day(200)));
});

const wish = fc.record(
  {
    consents: fc.dictionary(fc.constantFrom(...Purpose.options), fc.boolean()),
    language: fc.constantFrom('nb', 'sv', 'fi', 'en'),
    paused: fc.boolean(),
  },
  { requiredKeys: [] },
);
const history = fc.array(
  fc.record({
    type: fc.constantFrom('consent.given', 'consent.withdrawn'),
    days: fc.integer({ min: 0, max: 3 }),
    purpose: fc.constantFrom(...Purpose.options),
  }),
  { maxLength: 6 },
);
const eventsIn = (list: readonly { type: string; days: number; purpose: Purpose }[]) =>
  list.map(({ type, days, purpose }, i) => ({ ...event(type, days, { data: { purpose } }), id: `e-${i}` }));

describe('what the gate sees at once and what the ledger says in the end', () => {
  it('are the same, whatever was chosen and however often', () => {
    fc.assert(
      fc.property(history, fc.array(wish, { minLength: 1, maxLength: 4 }), (past, wishes) => {
        const ledger = eventsIn(past);
        let [choices, told]: [Choices | undefined, ActivityEvent[]] = [undefined, []];
        for (const [i, one] of wishes.entries()) {
          choices = choose(profileOf(...ledger), choices, one, 'page-1', day(2 + i));
          if (choices) told = [...told, ...eventsOf('maija', choices)];
        }
        if (!choices) return;
        const all = [...ledger, ...told].filter((one, i, list) => list.findIndex(({ id }) => id === one.id) === i);
        const scored = profileOf(...all);
        expect(withChoices(profileOf(...ledger), choices)).toEqual(scored);
        expect(withChoices(scored, choices)).toEqual(scored);
        expect(untold('maija', scored, choices)).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  it('and the ledger is told in events that any source might send', () => {
    const choices = wishing({ consents: { marketing: false, fundraising: true }, language: 'fi', paused: true });
    for (const told of choices ? untold('maija', NO_PROFILE, choices) : []) {
      const { source: _, member, time, ...rest } = told;
      const activity = { ...rest, member: { id: member }, time: new Date(time).toISOString() };
      expect(activityOf(told.type).safeParse(activity).success).toBe(true);
    }
    expect(choices && untold('maija', NO_PROFILE, choices)).toHaveLength(3);
  });
});
