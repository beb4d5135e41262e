import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ActivityEvent, OWN_SOURCE } from '../../events/envelope.ts';
import { comparePositions } from '../../shared/scoring/position.ts';
import { NO_PROFILE, withEvent } from '../../shared/scoring/profile.ts';
import { day, event } from '../support/given.ts';

const said = (given: boolean, days: number, rest: { source?: string; wording?: string } = {}): ActivityEvent => {
  const { source = 'crm', wording } = rest;
  const data = { purpose: 'marketing', ...(wording ? { wording } : {}) };
  return { ...event(given ? 'consent.given' : 'consent.withdrawn', days, { data }), source };
};
const yes = (days: number, rest = {}) => said(true, days, rest);
const no = (days: number, rest = {}) => said(false, days, rest);
const own = { source: OWN_SOURCE };

const consentAfter = (...events: ActivityEvent[]) =>
  events.sort(comparePositions).reduce(withEvent, NO_PROFILE).consents.marketing;

describe('what somebody agrees to', () => {
  it('is kept with the time, the source and the text that they agreed to', () =>
    expect(consentAfter(yes(1, { wording: 'newsletter-2' }))).toEqual({
      given: true,
      at: day(1),
      source: 'crm',
      wording: 'newsletter-2',
    }));

  it('is what they said last, in whatever order it comes', () => {
    expect(consentAfter(no(2), yes(1))).toMatchObject({ given: false });
    expect(consentAfter(yes(3), no(2), yes(1))).toMatchObject({ given: true });
  });

  it('is nothing, where a yes and a no are of the same instant', () => {
    expect(consentAfter(yes(1, { source: 'a' }), no(1, { source: 'b' }))).toMatchObject({ given: false });
    expect(consentAfter(yes(1, { source: 'b' }), no(1, { source: 'a' }))).toMatchObject({ given: false });
  });
});

describe('a no that somebody said themselves', () => {
  it('holds against a source that goes on reporting a yes', () =>
    expect(consentAfter(yes(0), no(1, own), yes(2), yes(3))).toMatchObject({ given: false, at: day(1) }));

  it('holds when the source says no once, and yes again', () =>
    expect(consentAfter(no(1, own), no(2), yes(3))).toMatchObject({ given: false, source: OWN_SOURCE }));

  it('is undone by their own yes', () => expect(consentAfter(no(1, own), yes(2, own))).toMatchObject({ given: true }));

  it('is undone by a later yes that names the text, and not by an earlier one', () => {
    const agreed = { wording: 'newsletter-2' };
    expect(consentAfter(no(1, own), yes(2, agreed))).toMatchObject({ given: true });
    expect(consentAfter(no(1, own), yes(0.5, agreed))).toMatchObject({ given: false });
  });

  it('is a no for one purpose only', () => {
    const other = event('consent.given', 2, { data: { purpose: 'membership' } });
    expect([no(1, own), other].reduce(withEvent, NO_PROFILE).consents.membership).toMatchObject({ given: true });
  });
});

describe('preferences', () => {
  const changed = (days: number, data: ActivityEvent['data']) => event('preferences.changed', days, { data });
  const preferencesAfter = (...events: ActivityEvent[]) =>
    events.sort(comparePositions).reduce(withEvent, NO_PROFILE).preferences;

  it('are what was said last of each', () =>
    expect(
      preferencesAfter(
        changed(2, { language: 'sv' }),
        changed(1, { language: 'fi', pausedUntil: '2026-06-01T00:00:00Z' }),
      ),
    ).toEqual({ at: day(2), language: 'sv', pausedUntil: Date.parse('2026-06-01T00:00:00Z') }));

  it('are cleared by null', () =>
    expect(
      preferencesAfter(
        changed(1, { language: 'sv', pausedUntil: '2026-06-01T00:00:00Z' }),
        changed(2, { pausedUntil: null }),
      ),
    ).toEqual({ at: day(2), language: 'sv' }));

  it('that make no sense are none', () =>
    expect(preferencesAfter(changed(1, { language: 7, pausedUntil: 'soon' }))).toEqual({ at: day(1) }));
});

it('consents depend on what was said, not on the order in which it came', () => {
  const word = fc.record({
    given: fc.boolean(),
    days: fc.integer({ min: 0, max: 4 }),
    source: fc.constantFrom('crm', 'web', OWN_SOURCE),
    wording: fc.constantFrom(undefined, 'v1'),
  });
  fc.assert(
    fc.property(fc.array(word, { maxLength: 8 }), fc.nat(), (words, by) => {
      const events = words.map(({ given, days, source, wording }, i) => ({
        ...said(given, days, { source, ...(wording ? { wording } : {}) }),
        id: `e-${i}`,
      }));
      const turned = [...events.slice(by % 8), ...events.slice(0, by % 8)];
      expect(consentAfter(...turned)).toEqual(consentAfter(...events));
    }),
    { numRuns: 2000 },
  );
});
