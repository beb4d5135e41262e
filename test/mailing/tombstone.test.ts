import { describe, expect, it } from 'vitest';
import { type ActivityEvent, OWN_SOURCE } from '../../events/envelope.ts';
import { tombstoneOf, withTombstone } from '../../shared/mailing/tombstone.ts';
import { comparePositions } from '../../shared/scoring/position.ts';
import { NO_PROFILE, withEvent } from '../../shared/scoring/profile.ts';
import { day, event } from '../support/given.ts';

const said = (given: boolean, days: number, source = 'crm', wording?: string): ActivityEvent => ({
  ...event(given ? 'consent.given' : 'consent.withdrawn', days, {
    data: { purpose: 'marketing', ...(wording ? { wording } : {}) },
  }),
  source,
});
const profileOf = (...events: ActivityEvent[]) => events.sort(comparePositions).reduce(withEvent, NO_PROFILE);
const grave = (...events: ActivityEvent[]) => tombstoneOf(profileOf(...events), day(5));
const back = (tombstone: ReturnType<typeof grave>, ...events: ActivityEvent[]) =>
  withTombstone(profileOf(...events), tombstone).consents.marketing?.given;

describe('what outlives somebody who is erased', () => {
  it('is what they said no to, and nothing else', () => {
    const joined = event('member.joined', 0, { email: 'maija@example.org', data: { attributes: { name: 'Maija' } } });
    const agreed = event('consent.given', 0, { data: { purpose: 'membership' } });
    expect(grave(joined, agreed, said(false, 1, OWN_SOURCE))).toEqual({
      erasedAt: day(5),
      refusals: { marketing: { at: day(1), own: true } },
    });
  });

  it('holds when they come back with the yes of before, or with one that nobody can show', () => {
    const own = grave(said(true, 0), said(false, 1, OWN_SOURCE));
    expect(back(own)).toBe(false);
    expect(back(own, said(true, 0))).toBe(false);
    expect(back(own, said(true, 9))).toBe(false);
  });

  it('ends with a yes of their own, or a later one that names its text', () => {
    const own = grave(said(false, 1, OWN_SOURCE));
    expect(back(own, said(true, 9, OWN_SOURCE))).toBe(true);
    expect(back(own, said(true, 9, 'crm', 'join-form-3'))).toBe(true);
    expect(back(own, said(true, 0.5, 'crm', 'join-form-3'))).toBe(false);
  });

  it('ends with any later yes, where it was the no of a source', () => {
    expect(back(grave(said(false, 1)), said(true, 9))).toBe(true);
    expect(back(grave(said(false, 1)), said(true, 0))).toBe(false);
  });

  it('goes on when they are erased once more', () => {
    const first = grave(said(false, 1, OWN_SOURCE));
    const again = tombstoneOf(withTombstone(NO_PROFILE, first), day(20));
    expect(again).toEqual({ ...first, erasedAt: day(20) });
  });
});
