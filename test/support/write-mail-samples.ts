import { mkdirSync, writeFileSync } from 'node:fs';
import { mailSamples } from './mail-samples.ts';

/** Writes the sample mails into a folder, to be looked at: `node test/support/write-mail-samples.ts FOLDER`. */
const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Say into which folder');
mkdirSync(folder, { recursive: true });
for (const [name, { subject, html, text }] of Object.entries(mailSamples())) {
  writeFileSync(`${folder}/${name}.html`, html);
  writeFileSync(`${folder}/${name}.txt`, `${subject}\n\n${text}\n`);
}
