import { describe, expect, it } from 'vitest';
import { fold } from '../../shared/scoring/fold.ts';
import { day, event, model } from '../support/given.ts';

const club = model();
const profile = (...events: Parameters<typeof fold>[1]) => fold(club, events).profile;
const says = (type: string, days: number, attributes: Record<string, string | null>) =>
  event(type, days, { data: { attributes } });

describe('what is known of a member', () => {
  it('is what the last event said; what it does not name stays, and null clears', () =>
    expect(
      profile(
        says('member.joined', 0, { branch: 'north', language: 'fi', owner: 'aino' }),
        says('member.updated', 1, { branch: 'south', owner: null }),
      ).attributes,
    ).toEqual({ status: 'member', branch: 'south', language: 'fi' }));

  it('takes the status from the events, not from what a source calls it', () =>
    expect(profile(says('member.joined', 0, { status: 'platinum' })).attributes).toEqual({ status: 'member' }));

  it('follows a lead who joins, leaves and returns', () => {
    const life = [event('lead.created', 0), event('member.joined', 10), event('member.left', 20)];
    expect(profile(...life.slice(0, 1)).attributes.status).toBe('lead');
    expect(profile(...life.slice(0, 2))).toMatchObject({ attributes: { status: 'member' }, joinedAt: day(10) });
    expect(profile(...life)).toMatchObject({ attributes: { status: 'left' }, joinedAt: day(10), leftAt: day(20) });
    const returned = profile(...life, event('member.joined', 30));
    expect(returned).toMatchObject({ attributes: { status: 'member' }, joinedAt: day(30) });
    expect(returned).not.toHaveProperty('leftAt');
  });

  it('counts tenure from the first of several reports of one joining', () =>
    expect(profile(event('member.joined', 0), event('member.joined', 5)).joinedAt).toBe(day(0)));

  it('does not make a member a lead again who fills in a form', () =>
    expect(profile(event('member.joined', 0), event('lead.created', 5)).attributes.status).toBe('member'));

  it('keeps the newest address, whichever event brought it', () =>
    expect(
      profile(
        event('member.joined', 0, { email: 'old@example.org' }),
        event('site.visited', 1, { email: 'new@example.org' }),
        event('site.visited', 2),
      ).email,
    ).toBe('new@example.org'));

  it('remembers for each purpose whether the member agrees, and since when', () => {
    const agreed = event('consent.given', 0, { data: { purpose: 'membership' } });
    const withdrew = event('consent.withdrawn', 5, { data: { purpose: 'membership' } });
    expect(profile(agreed).consents).toEqual({ membership: { given: true, at: day(0), source: 'crm' } });
    expect(profile(withdrew, agreed).consents).toEqual({ membership: { given: false, at: day(5), source: 'crm' } });
  });

  it('gathers tags that come one by one, in capitals or not, and loses those that go', () => {
    const tags = (...events: Parameters<typeof fold>[1]) => profile(...events).attributes.tags;
    const tagged = event('member.tagged', 1, { data: { tags: ['Board', 'choir'] } });
    const again = event('member.tagged', 2, { data: { tags: ['board ', 'steward'] } });
    const untagged = event('member.untagged', 3, { data: { tags: ['BOARD', 'never there'] } });
    expect(tags(tagged, again)).toEqual(['Board', 'choir', 'steward']);
    expect(tags(tagged, again, untagged)).toEqual(['choir', 'steward']);
    expect(tags(untagged)).toBeUndefined();
    expect(tags(tagged, event('member.updated', 2, { data: { attributes: { tags: ['new'] } } }), untagged)).toEqual([
      'new',
    ]);
    expect(tags(tagged, event('member.updated', 2, { data: { attributes: { tags: null } } }))).toBeUndefined();
  });

  it('keeps the latest hundred tags of a source that knows no end', () => {
    const many = Array.from({ length: 250 }, (_, i) => event('member.tagged', i, { data: { tags: [`tag ${i}`] } }));
    const { tags } = profile(...many).attributes;
    expect(tags).toHaveLength(100);
    expect(tags).toContain('tag 249');
  });
});
