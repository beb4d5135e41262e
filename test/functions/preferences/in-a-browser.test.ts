import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { PAGE_LANGUAGES } from '../../../functions/preferences/page/words.ts';
import { startBrowser } from '../../support/browser.ts';
import { event } from '../../support/given.ts';
import { tokenFor } from './desk.ts';
import { servedDesk } from './served-desk.ts';

const maija = [
  event('member.joined', 0, { email: 'maija@example.org', data: { attributes: { language: 'en' } } }),
  ...['membership', 'marketing'].map((purpose) => event('consent.given', 0, { id: purpose, data: { purpose } })),
];
const token = tokenFor('marketing');
const browser = await startBrowser();

const Findings = z.object({
  violations: z.array(z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string() })) })),
  passes: z.array(z.unknown()).min(10),
});

/** What axe finds against WCAG 2.2, levels A and AA, and its best practices. */
const faults = async (page: Page): Promise<string[]> => {
  await page.evaluate(axe.source);
  const found = Findings.parse(
    await page.evaluate(
      `axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })`,
    ),
  );
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
};

const looks = PAGE_LANGUAGES.flatMap((lang) =>
  (['light', 'dark'] as const).flatMap((colorScheme) => [320, 1280].map((width) => ({ lang, colorScheme, width }))),
);

describe.skipIf(!browser)('in a browser', () => {
  let pages: Awaited<ReturnType<typeof servedDesk>>;
  beforeAll(async () => {
    pages = await servedDesk(maija);
  });
  afterAll(async () => {
    await browser?.close();
    await pages.close();
  });

  const open = async (options: BrowserContextOptions, url: string) => {
    const context = await present(browser).newContext(options);
    const page = await context.newPage();
    const trouble: string[] = [];
    page.on('console', (line) => trouble.push(line.text()));
    page.on('pageerror', (error) => trouble.push(error.message));
    page.on('request', (request) => {
      if (new URL(request.url()).host !== new URL(url).host && !request.url().startsWith('data:')) {
        trouble.push(`asks ${request.url()}`);
      }
    });
    await page.goto(url);
    return { page, trouble, close: () => context.close() };
  };
  const checkboxes = (page: Page) =>
    page.getByRole('checkbox').evaluateAll((boxes) => boxes.map((box) => box.matches(':checked')));

  it.each(looks)('is for everybody: $lang, $colorScheme, $width px', async ({ lang, colorScheme, width }) => {
    const options = { colorScheme, viewport: { width, height: 800 } };
    const urls = [
      pages.at('preferences', token, lang),
      pages.at('unsubscribe', token, lang),
      // These differ in their words alone.
      ...(lang === 'en' ? [pages.at('unsubscribe', tokenFor('service')), pages.at('preferences', 'forged')] : []),
    ];
    for (const url of urls) {
      const { page, trouble, close } = await open(options, url);
      expect(await faults(page)).toEqual([]);
      const wide = await page.evaluate('document.documentElement.scrollWidth');
      expect(wide).toBeLessThanOrEqual(width);
      // A style that the policy refused would say so here.
      expect(trouble.filter((line) => !line.includes('404'))).toEqual([]);
      await close();
    }
  });

  it('unsubscribes without scripts, and takes it back', async () => {
    const { page, close } = await open({ javaScriptEnabled: false }, pages.at('unsubscribe', token));
    expect(pages.news()).toEqual([]);
    await page.getByRole('button', { name: 'Unsubscribe' }).click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('You are unsubscribed');
    expect(await page.getByRole('status').textContent()).toContain('“News and offers”');
    expect(pages.news()).toEqual(['consent.withdrawn marketing']);
    await page.getByRole('button', { name: 'That was a mistake' }).click();
    expect(await page.getByRole('checkbox', { name: 'News and offers' }).isChecked()).toBe(true);
    expect(pages.news()).toEqual(['consent.given marketing']);
    await close();
  });

  it('is set with the keyboard alone, in the order in which it is read', async () => {
    const { page, close } = await open({}, pages.at('preferences', token));
    const focused: unknown[] = [];
    for (let i = 0; i < 7; i++) {
      await page.keyboard.press('Tab');
      focused.push(await page.evaluate('document.activeElement.id || document.activeElement.textContent'));
    }
    expect(focused).toEqual([
      ...['yes-membership', 'yes-marketing', 'yes-tracking', 'pause-on', 'language'],
      ...['Save', 'Unsubscribe from all of this'],
    ]);
    const ring = await page.evaluate('getComputedStyle(document.activeElement).outlineStyle');
    expect(ring).toBe('solid');
    await page.getByLabel('News and offers').focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    await page.getByRole('status').waitFor();
    expect(await page.getByRole('status').textContent()).toContain('Saved');
    expect(await checkboxes(page)).toEqual([true, false, false, true]);
    expect(pages.news().sort()).toEqual(['consent.withdrawn marketing', 'preferences.changed']);
    await close();
  });

  it('is understood by screen readers: each box with its name and what it means', async () => {
    const { page, close } = await open({}, pages.at('preferences', token));
    const tree = await page.locator('main').ariaSnapshot();
    expect(tree).toContain('heading "What I want e-mails about" [level=1]');
    expect(tree).toContain('group "E-mails about"');
    expect(tree).toContain('checkbox "Your membership" [checked]');
    expect(tree).toContain('combobox "Language"');
    const says = await page.getByRole('checkbox', { name: 'Your membership' }).getAttribute('aria-describedby');
    const described = await page.locator(`#${says}`).textContent();
    expect(described).toContain('What goes on in The Club');
    await close();
  });

  it('leads to a fault, and keeps nobody from mending it', async () => {
    const { page, close } = await open({}, pages.at('preferences', token));
    await page.evaluate("document.querySelector('option:checked').value = 'klingon'");
    await page.getByRole('button', { name: 'Save' }).click();
    expect(await page.getByRole('alert').textContent()).toContain('Not saved');
    expect(await faults(page)).toEqual([]);
    await page.getByRole('link', { name: 'Choose one of the languages in the list.' }).click();
    expect(new URL(page.url()).hash).toBe('#language');
    await close();
  });

  it('speaks another language at a click', async () => {
    const { page, close } = await open({}, pages.at('preferences', token));
    await page.getByRole('link', { name: 'Suomi' }).click();
    expect(await page.locator('html').getAttribute('lang')).toBe('fi');
    await close();
  });
});

const present = (it: Browser | undefined): Browser => {
  if (!it) throw new Error('There is no browser');
  return it;
};
