import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBrowser } from '../../support/browser.ts';
import { auditLetter, letterLooks, look, showLetter } from '../../support/letter-audit.ts';
import { mailSamples } from '../../support/mail-samples.ts';
import { sampleNames } from '../../support/sample.ts';
import { type SampleLetter, sampleLetters } from '../../support/sample-letters.ts';

const browser = await startBrowser();
const toMembers = (await Promise.all(sampleNames.map(sampleLetters))).flat();
const toOwners = Object.entries(mailSamples()).map(
  ([name, letter]): SampleLetter => ({ name, language: name.slice(-2), letter }),
);

const present = (it: Browser | undefined): Browser => {
  if (!it) throw new Error('There is no browser');
  return it;
};

describe.skipIf(!browser)('as a reader sees it, in a narrow and a wide window, by day and in the dark', () => {
  let page: Page;
  beforeAll(async () => {
    page = await present(browser).newPage();
  });
  afterAll(async () => browser?.close());

  it('there is every letter of every sample, in four languages', () =>
    expect(toMembers.length).toBeGreaterThanOrEqual(80));

  it.each([...toMembers, ...toOwners])('$name can be read, and fits', async ({ language, letter }) => {
    await showLetter(page, letter.html);
    for (const one of letterLooks) {
      await look(page, one);
      const { faults, seen, lang, title } = await auditLetter(page);
      expect({ ...one, faults }).toEqual({ ...one, faults: [] });
      expect(seen).toBeGreaterThan(3);
      expect([lang, title]).toEqual([language, letter.subject]);
    }
    expect(Buffer.byteLength(letter.html)).toBeLessThan(100_000);
  });

  it('a letter that cannot be read would be found', async () => {
    const [first] = toMembers;
    const html = first?.letter.html ?? '';
    const spoilt = html
      .replace('</p>', ' <span style="color:#999999">faint</span> <span style="font-size:11px">small</span></p>')
      .replace(
        '</p>',
        '<img src="https://example.org/x.png"><b style="white-space:nowrap">'.concat('wide '.repeat(99), '</b></p>'),
      );
    await showLetter(page, spoilt);
    await look(page, { colorScheme: 'light', width: 320 });
    const { faults } = await auditLetter(page);
    for (const fault of [
      / on rgb\(255, 255, 255\) \(2\.\d+\): faint/,
      /^11px: small/,
      /without alt/,
      /reaches to \d+ px of 320/,
    ])
      expect(
        faults.some((one) => fault.test(one)),
        String(fault),
      ).toBe(true);
  });
});
