import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PAGE_LANGUAGES } from '../../functions/preferences/page/words.ts';
import { tokenFor } from '../functions/preferences/desk.ts';
import { servedDesk } from '../functions/preferences/served-desk.ts';
import { startBrowser } from './browser.ts';
import { event } from './given.ts';

/** Pictures of the pages behind links in mails: `node test/support/write-page-samples.ts FOLDER`. */
const folder = process.argv[2] ?? 'page-samples';
mkdirSync(folder, { recursive: true });

const ledger = [
  event('member.joined', 0, { email: 'maija@example.org' }),
  event('consent.given', 0, { data: { purpose: 'membership' } }),
];
const browser = await startBrowser();
if (!browser) throw new Error('There is no browser: name one in POLKU_BROWSER');
const pages = await servedDesk(ledger, { organisation: 'Pohjoisen liitto' });
const token = tokenFor('marketing');

for (const lang of PAGE_LANGUAGES) {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [320, 1280]) {
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 } });
      const page = await context.newPage();
      const shoot = (name: string) =>
        page.screenshot({ path: join(folder, `${name}-${lang}-${colorScheme}-${width}.png`), fullPage: true });
      await page.goto(pages.at('preferences', token, lang));
      await shoot('preferences');
      await page.goto(pages.at('unsubscribe', token, lang));
      await shoot('ask');
      await page.getByRole('button').click();
      await shoot('done');
      await context.close();
    }
  }
}
await browser.close();
await pages.close();
