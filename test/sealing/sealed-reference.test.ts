import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MemberId } from '../../events/envelope.ts';
import { Purpose } from '../../events/purpose.ts';
import { keyIdIn, type Reference, type SealingKey, sealed, unsealed } from '../../shared/sealing/sealed-reference.ts';

const keyOf = (name: string): SealingKey => {
  const hash = createHash('sha256').update(name).digest();
  return { id: hash.toString('hex', 0, 4), key: hash };
};
const [old, current] = [keyOf('of 2026'), keyOf('of 2036')];
const maija: Reference = { member: 'maija', purpose: 'marketing' };

const reference = fc.record({
  member: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 128 }).filter((id) => MemberId.safeParse(id).success),
  purpose: fc.constantFrom(...Purpose.options),
});
const RUNS = 10_000;

describe('a sealed reference', () => {
  it('says again whose it is and for what', () =>
    fc.assert(
      fc.property(reference, (one) => {
        expect(unsealed([current], sealed(current, one))).toEqual(one);
      }),
      { numRuns: 1000 },
    ));

  it('says nothing of the member to anybody else', () =>
    fc.assert(
      fc.property(reference, (one) => {
        const token = sealed(current, one);
        expect(token).toMatch(/^[\w-]+$/);
        const bytes = Buffer.from(token, 'base64url');
        if (one.member.length > 2) expect(bytes.includes(Buffer.from(one.member))).toBe(false);
      }),
      { numRuns: 1000 },
    ));

  it('does not show how long the id is', () =>
    expect(sealed(current, { ...maija, member: 'm' })).toHaveLength(sealed(current, maija).length));

  it('fits into a line of a header, whatever the id', () =>
    expect(sealed(current, { ...maija, member: '䶿'.repeat(128) }).length).toBeLessThan(600));

  it('is the same for the same, so that a mail rendered again is the same', () =>
    expect(sealed(current, maija)).toBe(sealed(current, maija)));

  it('is another for another purpose, and one cannot be made of the other', () =>
    expect(sealed(current, { ...maija, purpose: 'fundraising' })).not.toBe(sealed(current, maija)));

  it('opens for years: its key stays when links are sealed with a new one', () => {
    const token = sealed(old, maija);
    expect(unsealed([current, old], token)).toEqual(maija);
    expect(unsealed([current], token)).toBeUndefined();
    expect(keyIdIn(token)).toBe(old.id);
  });

  it('has never looked different: links that are out there still open', () => {
    const fixed = { id: '00c0ffee', key: new Uint8Array(32).fill(1) };
    const sent = sealed(fixed, { member: '100482', purpose: 'membership' });
    expect(createHash('sha256').update(sent).digest('hex').slice(0, 16)).toBe('9adbb2b826d87ad2');
    expect(unsealed([fixed], sent)).toEqual({ member: '100482', purpose: 'membership' });
  });

  it('does not open when it was sealed with another key under the same id', () =>
    expect(unsealed([{ ...current, key: old.key }], sealed(current, maija))).toBeUndefined());
});

describe('a forged one', () => {
  const token = sealed(current, maija);
  const bytes = Buffer.from(token, 'base64url');

  it('with any bit of it flipped opens nothing', () => {
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const other = Buffer.from(bytes);
      const at = Math.floor(bit / 8);
      other[at] = (other[at] ?? 0) ^ (1 << (bit % 8));
      expect(unsealed([current], other.toString('base64url'))).toBeUndefined();
    }
  });

  it('with any character of it changed, left out or added opens nothing', () =>
    fc.assert(
      fc.property(fc.nat(token.length), fc.nat(2), fc.constantFrom(...'abcXYZ019-_.=+/% \n~ä'), (at, left, put) => {
        const other = token.slice(0, at) + put + token.slice(at + left);
        if (other !== token) expect(unsealed([current], other)).toBeUndefined();
      }),
      { numRuns: RUNS },
    ));

  it('out of any bytes opens nothing', () =>
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (any) => {
        const made = Buffer.from([1, ...Buffer.from(current.id, 'hex'), ...any]).toString('base64url');
        expect(unsealed([current], made)).toBeUndefined();
        expect(unsealed([current], Buffer.from(any).toString('base64url'))).toBeUndefined();
      }),
      { numRuns: RUNS },
    ));

  it('out of any text opens nothing', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 700 }), (any) => {
        expect(unsealed([current], any)).toBeUndefined();
      }),
      { numRuns: RUNS },
    ));

  it('put together from two true ones opens nothing', () => {
    const other = Buffer.from(sealed(current, { member: 'pekka', purpose: 'fundraising' }), 'base64url');
    for (let at = 1; at < bytes.length; at++) {
      const mixed = Buffer.concat([bytes.subarray(0, at), other.subarray(at)]);
      if (!mixed.equals(bytes) && !mixed.equals(other)) {
        expect(unsealed([current], mixed.toString('base64url'))).toBeUndefined();
      }
    }
  });
});
