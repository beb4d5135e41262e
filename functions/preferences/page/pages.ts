import { filled } from '../../../shared/kernel/phrase.ts';
import { html } from '../../../shared/mailing/html.ts';
import { frame } from './frame.ts';
import type { Optional } from './page-words.ts';
import { type PageLanguage, pageWords } from './words.ts';

/** Who reads a page, and by which token they came. */
export type Reader = { readonly language: PageLanguage; readonly organisation: string; readonly token: string };

const toPreferences = ({ language, token }: Reader) =>
  html`<p><a href="/v1/preferences/${token}?lang=${language}">${pageWords[language].choose}</a></p>`;

/** Asks whether somebody wants no more mails of a purpose. Nothing has happened yet. */
export const askPage = (reader: Reader, purpose: Optional): string => {
  const { language, organisation, token } = reader;
  const { ask, purposes } = pageWords[language];
  const says = filled(ask.says, { organisation, purpose: purposes[purpose].title });
  return frame({
    language,
    organisation,
    title: ask.title,
    body: html`<p>${says}</p>
<form method="post" action="/v1/unsubscribe/${token}?lang=${language}"><div class="buttons"><button>${ask.button}</button></div></form>
${toPreferences(reader)}`,
  });
};

/** Says that it is done, and offers to undo it. */
export const donePage = (reader: Reader, purpose: Optional): string => {
  const { language, organisation, token } = reader;
  const { done, purposes } = pageWords[language];
  const says = filled(done.says, { organisation, purpose: purposes[purpose].title });
  return frame({
    language,
    organisation,
    title: done.title,
    body: html`<p role="status">${says}</p>
${toPreferences(reader)}
<form method="post" action="/v1/preferences/${token}?lang=${language}">
<input type="hidden" name="shown" value="${purpose}"><input type="hidden" name="yes" value="${purpose}">
<div class="buttons"><button class="quiet">${done.mistake}</button></div>
</form>`,
  });
};

/** A page that only says something: of a link or of what became of it. */
export const plainPage = (
  { language, organisation }: Pick<Reader, 'language' | 'organisation'>,
  what: 'lost' | 'gone' | 'later' | 'odd',
): string => {
  const { title, says } = pageWords[language][what];
  return frame({ language, organisation, title, body: html`<p>${says}</p>` });
};

/** There is no way out of service mails; of all others there is. */
export const keptPage = (reader: Reader): string => {
  const { language, organisation } = reader;
  const { title, says } = pageWords[language].kept;
  return frame({ language, organisation, title, body: html`<p>${says}</p>${toPreferences(reader)}` });
};
