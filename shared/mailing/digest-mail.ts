import { wholeNumber, writtenDate } from '../kernel/calendar.ts';
import { filled, pluralForm } from '../kernel/phrase.ts';
import type { Portrait } from '../risk/portrait.ts';
import type { Reader } from '../risk/words.ts';
import { html } from './html.ts';
import type { ByLanguage } from './letters/compiled-letter.ts';
import { portraitHtml, portraitText } from './portrait-mail.ts';
import { portraitInWords } from './portrait-words.ts';
import type { Rendered } from './render.ts';
import { staffMail } from './staff-mail.ts';
import { staffWords } from './staff-words.ts';

export type Digest = {
  readonly organisation: string;
  readonly ownerName: string;
  /** Epoch ms. */
  readonly at: number;
  /** When the owner's last digest was made, epoch ms; undefined: this is the first. */
  readonly previous: number | undefined;
  /** Those who came onto the list since, worst first; in a first digest, all. */
  readonly news: readonly Portrait[];
  /** Those who were on it before, worst first. */
  readonly known: readonly Portrait[];
  /** How many there are in all, and how many of them are new; more than are shown in full, it may be. */
  readonly count: number;
  readonly countNew: number;
};

const heading = (text: string) =>
  html`<h2 class="brand" style="margin:24px 0 10px;font-size:15px;line-height:22px;font-weight:700;color:#14513f">${text}</h2>`;

/** The list of members at risk for one owner: the new ones first, each group worst first. */
export const digestMail = (letters: ByLanguage, digest: Digest, reader: Reader): Rendered => {
  const { organisation, ownerName, at, previous, count, countNew } = digest;
  const { language, zone } = reader;
  const words = staffWords[language];
  const number = (n: number) => wholeNumber(n, language);
  const first = previous === undefined;
  const sections = [
    {
      title: first ? words.all : filled(words.news, { date: writtenDate(previous, language, zone) }),
      people: digest.news,
    },
    { title: words.known, people: digest.known },
  ]
    .filter(({ people }) => people.length > 0)
    .map(({ people, ...section }) => ({ ...section, people: people.map((one) => portraitInWords(one, reader, at)) }));
  const hidden = count - digest.news.length - digest.known.length;
  const rest = hidden > 0 ? filled(words.digest.rest, { n: number(hidden) }) : undefined;
  const fields = {
    organisation,
    ownerName,
    heading: filled(pluralForm(words.digest.heading, count, language), { n: number(count) }),
    fresh: first || countNew === 0 ? '' : filled(words.digest.fresh, { n: number(countNew) }),
    date: writtenDate(at, language, zone),
    count: number(count),
    countNew: number(countNew),
  };
  return staffMail(letters, reader, fields, {
    html: html`${sections.map((section) => html`${heading(section.title)}${section.people.map((one) => portraitHtml(one, words))}`)}
${rest && html`<p class="muted line" style="margin:0;padding-top:16px;border-top:1px solid #d9e0dc;color:#55625c">${rest}</p>`}`
      .markup,
    text: [
      ...sections.flatMap((section) => [
        section.title.toLocaleUpperCase(language),
        ...section.people.map((one) => portraitText(one, words)),
      ]),
      ...(rest ? [rest] : []),
    ].join('\n\n'),
  });
};
