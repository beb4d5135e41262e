import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHeader } from '../../shared/mailing/from-header.ts';

const decoded = (header: string): string => {
  const words = [...header.matchAll(/=\?UTF-8\?B\?([^?]*)\?=/g)].map(([, word = '']) => Buffer.from(word, 'base64'));
  return Buffer.concat(words).toString('utf8');
};

describe('the sender', () => {
  it('is quoted where the name is plain', () =>
    expect(fromHeader('Union of "All", Ltd \\', 'a@example.org')).toBe(
      '"Union of \\"All\\", Ltd \\\\" <a@example.org>',
    ));

  it('is encoded where it is not', () =>
    expect(fromHeader('Högskola', 'a@example.org')).toBe('=?UTF-8?B?SMO2Z3Nrb2xh?= <a@example.org>'));

  it('survives any name, in ASCII, words of at most 75 characters and no line break', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 100 }), (name) => {
        fc.pre(/[^\x20-\x7e]/.test(name));
        const header = fromHeader(name, 'a@example.org');
        expect(header).toMatch(/^[\x20-\x7e]+$/);
        for (const word of header.split(' ').slice(0, -1)) expect(word.length).toBeLessThanOrEqual(75);
        expect(decoded(header)).toBe(name);
      }),
    ));

  it('breaks no character in two', () => {
    const header = fromHeader('Ä'.repeat(100), 'a@example.org');
    for (const [, word = ''] of header.matchAll(/=\?UTF-8\?B\?([^?]*)\?=/g)) {
      expect(Buffer.from(word, 'base64').toString('utf8')).toMatch(/^Ä+$/);
    }
  });
});
