import { describe, expect, it } from 'vitest';
import { ownerOf } from '../../shared/risk/owner-of.ts';
import { NOBODY } from '../../shared/scoring/evolve.ts';
import { Staff } from '../../shared/scoring/staff.ts';
import { day, model, START } from '../support/given.ts';

const owner = (id: string, looksAfter?: object) => ({
  id,
  name: id,
  email: `${id}@example.org`,
  language: 'fi',
  ...(looksAfter ? { looksAfter } : {}),
});
const staff = Staff.parse({
  owners: [
    owner('north', { attribute: 'region', eq: 'north' }),
    owner('keen', { score: 'engagement', gte: 10 }),
    owner('north-too', { attribute: 'region', eq: 'north' }),
    owner('office'),
  ],
  fallback: 'office',
});
const fading = model({ scores: [{ id: 'engagement', title: 'Engagement', halfLife: '1 day' }] });
const of = (attributes: Record<string, string | number>, at = START) =>
  ownerOf(staff, fading)(
    {
      ...NOBODY,
      profile: { attributes, consents: {} },
      scores: { engagement: { fading: { 'half-life 1 day': { value: 10, at: START } } } },
    },
    at,
  )?.id;

describe('who looks after a member', () => {
  it('is whom their record names', () => expect(of({ owner: 'office', region: 'north' })).toBe('office'));
  it('is the first whose condition holds', () => expect(of({ region: 'north' })).toBe('north'));
  it('may follow from the score of the day', () => {
    expect(of({})).toBe('keen');
    expect(of({}, day(1))).toBe('office');
  });
  it('is the fallback where nobody else is', () => expect(of({ region: 'south' }, day(9))).toBe('office'));
  it('is not somebody who left the staff', () => expect(of({ owner: 'gone', region: 'north' })).toBe('north'));
  it('is not taken from something that is no name', () => expect(of({ owner: 3, region: 'north' })).toBe('north'));
});
