import { localText } from '../kernel/text.ts';
import type { Portrait } from '../risk/portrait.ts';
import type { Reader } from '../risk/words.ts';
import { frame } from './frame.ts';
import { html } from './html.ts';
import { oneLine } from './one-line.ts';
import { portraitHtml, portraitText } from './portrait-mail.ts';
import { portraitInWords } from './portrait-words.ts';
import type { Rendered } from './render.ts';
import { staffWords } from './staff-words.ts';

/** A notice to an owner about one member. The subject names the stage, never the person. */
export const alertMail = (
  portrait: Portrait,
  { organisation, at }: { readonly organisation: string; readonly at: number },
  reader: Reader,
): Rendered => {
  const words = staffWords[reader.language];
  const person = portraitInWords(portrait, reader, at);
  const stage = localText(portrait.stage, reader.language, reader.fallback);
  const title = `${stage}: ${words.alert.heading}`;
  return {
    subject: oneLine(title, 150),
    html: frame({
      language: reader.language,
      organisation,
      title,
      body: html`<h1 class="ink" style="margin:0 0 18px;font-size:24px;line-height:31px;font-weight:700;color:#1b2421">${words.alert.heading}</h1>
${portraitHtml(person, words)}`,
      footer: words.confidential,
    }),
    text: [words.alert.heading, portraitText(person, words), `--\n${words.confidential}`].join('\n\n'),
  };
};
