import { writtenDate } from '../kernel/calendar.ts';
import { localText } from '../kernel/text.ts';
import type { Portrait } from '../risk/portrait.ts';
import type { Reader } from '../risk/words.ts';
import type { ByLanguage } from './letters/compiled-letter.ts';
import { oneLine } from './one-line.ts';
import { portraitHtml, portraitText } from './portrait-mail.ts';
import { portraitInWords } from './portrait-words.ts';
import type { Rendered } from './render.ts';
import { staffMail } from './staff-mail.ts';
import { staffWords } from './staff-words.ts';

export type AlertSources = {
  readonly organisation: string;
  readonly ownerName: string;
  /** Epoch ms. */
  readonly at: number;
};

/** A notice to an owner about one member. The subject names the stage, never the person. */
export const alertMail = (
  letters: ByLanguage,
  portrait: Portrait,
  { organisation, ownerName, at }: AlertSources,
  reader: Reader,
): Rendered => {
  const words = staffWords[reader.language];
  const person = portraitInWords(portrait, reader, at);
  const fields = {
    organisation,
    ownerName,
    stage: oneLine(localText(portrait.stage, reader.language, reader.fallback), 100),
    date: writtenDate(at, reader.language, reader.zone),
  };
  return staffMail(letters, reader, fields, {
    html: portraitHtml(person, words).markup,
    text: portraitText(person, words),
  });
};
