import { describe, expect, it } from 'vitest';
import { parseMarkup } from '../../../shared/mailing/letters/markup.ts';
import { plainText } from '../../../shared/mailing/letters/plain-text.ts';
import { sampleNames } from '../../support/sample.ts';
import { sampleLetters } from '../../support/sample-letters.ts';

const text = (markup: string): string => plainText(parseMarkup(markup).nodes);

describe('a letter as plain text', () => {
  it.each([
    ['<p>One<br>two<br/>\n   three</p>', 'One\ntwo\nthree'],
    ['<p><a href="{{a}}">A</a><br>\n<a href="{{b}}">B</a></p>', 'A: {{a}}\nB: {{b}}'],
    ['<ul><li>one<br> more</li><li>two</li></ul>', '- one\n  more\n- two'],
  ])('%j reads %j', (markup, read) => expect(text(markup)).toBe(read));

  it.each(sampleNames)('begins no line in a blank, in the sample %s', async (name) => {
    const lines = (await sampleLetters(name)).flatMap(({ letter }) => letter.text.split('\n'));
    expect(lines.filter((line) => /^ (?! )/.test(line))).toEqual([]);
  });
});
