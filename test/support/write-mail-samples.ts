import { mkdirSync, writeFileSync } from 'node:fs';
import { startBrowser } from './browser.ts';
import { letterLooks, look, showLetter } from './letter-audit.ts';
import { mailSamples } from './mail-samples.ts';
import { sampleNames } from './sample.ts';
import { sampleLetters } from './sample-letters.ts';

/**
 * Writes the letters of all samples, and the mails to owners, into a folder, to be looked at, each as a page, as text, and
 * as pictures: narrow and wide, light and dark. `node test/support/write-mail-samples.ts FOLDER`
 */
const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Say into which folder');
mkdirSync(folder, { recursive: true });

const letters = (await Promise.all(sampleNames.map(sampleLetters))).flat();
const browser = await startBrowser();
const page = await browser?.newPage();
for (const { name, letter } of [
  ...letters,
  ...Object.entries(mailSamples()).map(([name, letter]) => ({ name, letter })),
]) {
  writeFileSync(`${folder}/${name}.html`, letter.html);
  writeFileSync(`${folder}/${name}.txt`, `${letter.subject}\n\n${letter.text}\n`);
  if (!page) continue;
  await showLetter(page, letter.html);
  for (const one of letterLooks) {
    await look(page, one);
    await page.screenshot({ path: `${folder}/${name}-${one.colorScheme}-${one.width}.png`, fullPage: true });
  }
}
await browser?.close();
