import type { Page } from 'playwright-core';
import * as z from 'zod';

/** What is wrong with a letter as it is shown, read from the page itself. Runs in the browser. */
const audit = `(() => {
  const faults = [];
  const channels = (colour) => (colour.match(/[\\d.]+/g) ?? []).map(Number);
  const luminance = (colour) => {
    const [r, g, b] = channels(colour).map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => {
    const [one, other] = [luminance(a), luminance(b)];
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  };
  const groundOf = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const { backgroundColor } = getComputedStyle(one);
      if (channels(backgroundColor)[3] !== 0) return backgroundColor;
    }
    return 'rgb(255, 255, 255)';
  };
  const isShown = (element) => element.checkVisibility() && element.getClientRects().length > 0;
  const look = (element, words) => {
    const { color, fontSize } = getComputedStyle(element);
    const ratio = contrast(color, groundOf(element));
    if (ratio < 4.5) faults.push(color + ' on ' + groundOf(element) + ' (' + ratio.toFixed(2) + '): ' + words);
    if (Number.parseFloat(fontSize) < 13) faults.push(fontSize + ': ' + words);
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let seen = 0;
  while (texts.nextNode()) {
    const { parentElement, data } = texts.currentNode;
    if (data.trim() === '' || !isShown(parentElement)) continue;
    seen += 1;
    const range = document.createRange();
    range.selectNodeContents(texts.currentNode);
    const right = Math.max(...[...range.getClientRects()].map((line) => line.right));
    if (right > innerWidth) faults.push('reaches to ' + Math.round(right) + ' px of ' + innerWidth + ': ' + data.trim());
    look(parentElement, data.trim());
  }
  for (const image of document.images) {
    if (!image.hasAttribute('alt')) faults.push('a picture without alt');
    look(image, image.alt);
  }
  for (const button of document.querySelectorAll('.button a')) {
    const { height } = button.getBoundingClientRect();
    if (height < 44) faults.push('a button ' + height + ' px high');
  }
  const { scrollWidth } = document.documentElement;
  if (scrollWidth > innerWidth) faults.push(scrollWidth + ' px wide in ' + innerWidth);
  return { faults, seen, lang: document.documentElement.lang, title: document.title };
})()`;

const Findings = z.object({ faults: z.array(z.string()), seen: z.number(), lang: z.string(), title: z.string() });

export const letterLooks = (['light', 'dark'] as const).flatMap((colorScheme) =>
  [320, 800].map((width) => ({ colorScheme, width })),
);
export type LetterLook = (typeof letterLooks)[number];

/** Shows a letter as one window would: nothing is loaded from elsewhere, as most mail programs do at first. */
export const showLetter = async (page: Page, html: string): Promise<void> => {
  await page.route('**', (route) => route.abort());
  await page.setContent(html, { waitUntil: 'domcontentloaded' });
};

export const look = async (page: Page, { colorScheme, width }: LetterLook): Promise<void> => {
  await page.emulateMedia({ colorScheme });
  await page.setViewportSize({ width, height: 900 });
};

export const auditLetter = async (page: Page) => Findings.parse(await page.evaluate(audit));
