import { describe, expect, it } from 'vitest';
import { nextLetter } from '../../infra/local/next-letter.ts';
import { modelOf } from '../support/sample.ts';

const union = modelOf('trade-union');
const said = (now: string, model = union): string => nextLetter(model, 'Europe/Oslo', Date.parse(now)).join(' ');

describe('whoever has just started Polku', () => {
  it('is told nothing of hours where letters go at once', () => {
    expect(said('2026-11-25T09:00:00Z')).toBe('');
    const { contactPolicy: _, ...anyHour } = union;
    expect(said('2026-11-28T22:10:00Z', anyHour)).toBe('');
  });

  it('is told at night, and before a weekend, until when the welcome waits and how to get there', () => {
    const text = said('2026-11-27T22:10:00Z');
    expect(text).toContain('It is Friday 23:10 in Europe/Oslo.');
    expect(text).toContain('waits until Monday 08:00.');
    expect(text).toContain('`npm run polku -- clock +57h`');
  });
});
