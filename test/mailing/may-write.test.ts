import { describe, expect, it } from 'vitest';
import type { Purpose } from '../../events/purpose.ts';
import { isMailbox, mayWrite, stillSo } from '../../shared/mailing/may-write.ts';
import { NOBODY } from '../../shared/scoring/evolve.ts';
import type { Profile } from '../../shared/scoring/standing.ts';

const NOW = Date.parse('2026-03-02T12:00:00Z');
const profile = (rest: Partial<Profile>): { profile: Profile } => ({
  profile: { attributes: {}, consents: {}, email: 'maija@example.org', ...rest },
});
const consent = (given: boolean) => ({ consents: { membership: { given, at: 0, source: 'crm' } } });

describe('a message may go', () => {
  const may = (purpose: Purpose, rest: Partial<Profile>) => mayWrite(purpose, profile(rest), NOW);

  it('with consent to its purpose and an address', () =>
    expect(may('membership', consent(true))).toEqual({ may: true, to: 'maija@example.org' }));
  it('not without a word about consent', () =>
    expect(may('membership', {})).toEqual({ may: false, why: 'no-consent' }));
  it('not once it is withdrawn', () =>
    expect(may('membership', consent(false))).toEqual({ may: false, why: 'opted-out' }));
  it('not on consent to something else', () =>
    expect(may('marketing', consent(true))).toEqual({ may: false, why: 'no-consent' }));
  it('not in a pause, but after it', () => {
    const paused = (pausedUntil: number) => ({ ...consent(true), preferences: { at: 0, pausedUntil } });
    expect(may('membership', paused(NOW + 1))).toEqual({ may: false, why: 'paused' });
    expect(may('membership', paused(NOW))).toMatchObject({ may: true });
  });
  it('without consent and in a pause, where it belongs to the service', () =>
    expect(may('service', { preferences: { at: 0, pausedUntil: NOW + 1 } })).toMatchObject({ may: true }));
  it('not even then to somebody of whom a source says that they object', () =>
    expect(may('service', { consents: { service: { given: false, at: 0, source: 'crm' } } })).toEqual({
      may: false,
      why: 'opted-out',
    }));
  it('not without an address', () => {
    const { email: _, ...rest } = profile(consent(true)).profile;
    expect(mayWrite('membership', { profile: rest }, NOW)).toEqual({ may: false, why: 'no-address' });
  });
  it('not to an address that is more than one mailbox', () =>
    expect(may('membership', { ...consent(true), email: 'a@example.org, b@example.org' })).toEqual({
      may: false,
      why: 'no-address',
    }));
});

describe('a mailbox', () => {
  it.each(['a@example.org', "o'brien+x=y@sub.example.org", 'åse@example.org'])('is %s', (address) =>
    expect(isMailbox(address)).toBe(true),
  );
  it.each([
    'a',
    'a@b',
    'a@@example.org',
    'a@example.org\r\nBcc: b@example.org',
    'a@example.org\u2028',
    'A <a@example.org>',
    'a@example.org,b@example.org',
    '"a"@example.org',
    'a@[127.0.0.1]',
    ' a@example.org',
    `${'a'.repeat(250)}@example.org`,
  ])('is not %j', (address) => expect(isMailbox(address)).toBe(false));
});

describe('what was decided still holds', () => {
  const occasion = { journey: 'member', stage: 'at-risk', sequence: 3, decidedAt: 1000 };
  const standing = { ...NOBODY, stages: { member: { stage: 'at-risk', since: 900 } } };
  const told = { member: { stage: 'at-risk', sequence: 3 } };

  it('while the member is there and nothing newer was told', () =>
    expect(stillSo(occasion, standing, told, 2000, 5000)).toBeUndefined());
  it('not of somebody nothing is known of', () =>
    expect(stillSo(occasion, undefined, told, 2000, 5000)).toBe('unknown-member'));
  it('not when it lay about for longer than it is news', () =>
    expect(stillSo(occasion, standing, told, 6001, 5000)).toBe('stale'));
  it('not when time has moved the member on', () => {
    const moved = { ...standing, stages: { member: { stage: 'active', since: 1500 } } };
    expect(stillSo(occasion, moved, told, 2000, 5000)).toBe('moved-on');
  });
  it('not when the member left and came back since: that is another entry', () =>
    expect(stillSo(occasion, standing, { member: { stage: 'at-risk', sequence: 5 } }, 2000, 5000)).toBe('moved-on'));
  it('not when the journey applies no more', () =>
    expect(stillSo(occasion, { ...standing, stages: {} }, told, 2000, 5000)).toBe('moved-on'));
});
