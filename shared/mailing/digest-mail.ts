import { wholeNumber, writtenDate } from '../kernel/calendar.ts';
import { filled, pluralForm } from '../kernel/phrase.ts';
import type { Portrait } from '../risk/portrait.ts';
import type { Reader } from '../risk/words.ts';
import { frame } from './frame.ts';
import { html } from './html.ts';
import { oneLine } from './one-line.ts';
import { portraitHtml, portraitText } from './portrait-mail.ts';
import { portraitInWords } from './portrait-words.ts';
import type { Rendered } from './render.ts';
import { staffWords } from './staff-words.ts';

export type Digest = {
  readonly organisation: string;
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
export const digestMail = (digest: Digest, reader: Reader): Rendered => {
  const { organisation, at, previous, count, countNew } = digest;
  const { language, zone } = reader;
  const words = staffWords[language];
  const number = (n: number) => wholeNumber(n, language);
  const first = previous === undefined;
  const counted = (form: keyof typeof words.digest & ('subject' | 'heading')) =>
    filled(pluralForm(words.digest[form], count, language), { n: number(count) });
  const fresh = first || countNew === 0 ? undefined : filled(words.digest.fresh, { n: number(countNew) });
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
  const date = writtenDate(at, language, zone);

  const title = counted('heading');
  return {
    subject: oneLine([counted('subject'), ...(fresh ? [fresh] : [])].join(', '), 150),
    html: frame({
      language,
      organisation,
      title,
      preview: [date, ...(fresh ? [fresh] : [])].join(' · '),
      body: html`<h1 class="ink" style="margin:0;font-size:24px;line-height:31px;font-weight:700;color:#1b2421">${title}</h1>
<div class="muted" style="font-size:15px;line-height:23px;color:#55625c">${date}${fresh && ` · ${fresh}`}</div>
${sections.map((section) => html`${heading(section.title)}${section.people.map((one) => portraitHtml(one, words))}`)}
${rest && html`<p class="muted line" style="margin:0;padding-top:16px;border-top:1px solid #d9e0dc;color:#55625c">${rest}</p>`}`,
      footer: words.confidential,
    }),
    text: [
      `${title}\n${[organisation, date, ...(fresh ? [fresh] : [])].join(' · ')}`,
      ...sections.flatMap((section) => [
        section.title.toLocaleUpperCase(language),
        ...section.people.map((one) => portraitText(one, words)),
      ]),
      ...(rest ? [rest] : []),
      `--\n${words.confidential}`,
    ].join('\n\n'),
  };
};
