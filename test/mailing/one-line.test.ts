import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oneLine } from '../../shared/mailing/one-line.ts';

describe('one line', () => {
  it.each([
    ['Anna\r\nBcc: all@example.org', 'Anna Bcc: all@example.org'],
    ['a\u2028b\u2029c\u0085d', 'a b c d'],
    ['  two   blanks ', 'two blanks'],
    ['\u202Egnp.exe', 'gnp.exe'],
    ['half \uD83D a pair', 'half \uFFFD a pair'],
    ['Åse Ødegård', 'Åse Ødegård'],
    ['👩\u200D👩\u200D👧 🏳\uFE0F\u200D🌈 👩🏽\u200D💻', '👩\u200D👩\u200D👧 🏳\uFE0F\u200D🌈 👩🏽\u200D💻'],
    ['علی\u200Cرضا', 'علی\u200Cرضا'],
    ['\u0915\u094D\u200D\u0937', '\u0915\u094D\u200D\u0937'],
    ['\u200DAnna\u200D\u200CBo\u200C', 'Anna Bo'],
    ['علی\u202E\u200Cرضا \u200F\u2067x\u2069', 'علی رضا x'],
    ['a\r\u200D\nb', 'a b'],
  ])('%j becomes %j', (text, line) => expect(oneLine(text, 100)).toBe(line));

  it('is cut between characters, with an ellipsis', () => expect(oneLine('👩👩👩👩', 3)).toBe('👩👩…'));

  it('is not cut so that something stands joined to nothing', () =>
    expect(oneLine('👩\u200D👩\u200D👧 and more', 3)).toBe('👩…'));

  it('never holds a line break, whatever comes in', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const line = oneLine(text, 40);
        expect(line).not.toMatch(/[\r\n\u0085\u2028\u2029\p{Cc}]/u);
        expect(line.replace(/[\u200c\u200d]/g, '')).not.toMatch(/\p{Cf}/u);
        expect([...line].length).toBeLessThanOrEqual(40);
      }),
    ));
});
