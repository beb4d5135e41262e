import { TRACKING } from '../../../events/purpose.ts';
import { writtenDate } from '../../../shared/kernel/calendar.ts';
import { filled } from '../../../shared/kernel/phrase.ts';
import { type Html, html } from '../../../shared/mailing/html.ts';
import { frame } from './frame.ts';
import type { Optional, PageWords } from './page-words.ts';
import type { Reader } from './pages.ts';
import { PAGE_LANGUAGES, type PageLanguage, pageWords } from './words.ts';

export type Shown = {
  /** What can be chosen, and whether it is. */
  readonly purposes: readonly { readonly purpose: Optional; readonly given: boolean }[];
  /** Whether they may be followed in their mails; left out where that is not asked. */
  readonly tracking?: boolean;
  /** In which language the person is written to. */
  readonly mailLanguage: PageLanguage;
  readonly paused: boolean;
  /** Until when the pause lasts, or would last, epoch ms. */
  readonly pausedUntil: number;
  /** IANA name. */
  readonly zone: string;
  readonly news?: 'saved' | 'language-fault';
};

const LANGUAGE = 'language';

const choice = (name: string, value: string, on: boolean, title: string, says: string): Html => {
  const id = `${name}-${value}`;
  return html`<div class="choice"><input type="checkbox" name="${name}" value="${value}" id="${id}" aria-describedby="${id}-says"${on ? html` checked` : undefined}>
<label for="${id}">${title}</label>
<p class="says" id="${id}-says">${says}</p></div>
`;
};

const newsOf = (words: PageWords, news: Shown['news']): Html | undefined => {
  if (news === 'saved') return html`<p class="said" role="status">${words.saved}</p>`;
  if (news === undefined) return undefined;
  return html`<div class="fault" role="alert"><h2>${words.notSaved}</h2><p><a href="#${LANGUAGE}">${words.languageFault}</a></p></div>`;
};

/** What somebody wants to be written to about: to look at and to change. */
export const preferencesPage = ({ language, organisation, token }: Reader, shown: Shown): string => {
  const words = pageWords[language];
  const { purposes, tracking, mailLanguage, paused, pausedUntil, zone, news } = shown;
  const date = writtenDate(pausedUntil, language, zone);
  const isFaulty = news === 'language-fault';
  // Who reads in the language that they are written to in reads on in the one that they choose.
  const kept = language === mailLanguage ? '' : `?lang=${language}`;
  return frame({
    language,
    organisation,
    title: words.title,
    body: html`${newsOf(words, news)}
<p>${filled(words.intro, { organisation })}</p>
<form method="post" action="/v1/preferences/${token}${kept}">
<input type="hidden" name="shown" value="${[...purposes.map(({ purpose }) => purpose), ...(tracking === undefined ? [] : [TRACKING]), 'pause'].join(' ')}">
<fieldset><legend>${words.purposesTitle}</legend>
${purposes.map(({ purpose, given }) => {
  const { title, says } = words.purposes[purpose];
  return choice('yes', purpose, given, title, filled(says, { organisation }));
})}<p class="note">${words.service}</p></fieldset>
${
  tracking === undefined
    ? undefined
    : html`<fieldset><legend>${words.trackingTitle}</legend>
${choice('yes', TRACKING, tracking, words.tracking, filled(words.trackingSays, { organisation }))}</fieldset>
`
}<fieldset><legend>${words.pauseTitle}</legend>
${choice('pause', 'on', paused, words.pause, filled(paused ? words.pausedSays : words.pauseSays, { date }))}</fieldset>
<fieldset><legend><label for="${LANGUAGE}">${words.languageTitle}</label></legend>
<select name="language" id="${LANGUAGE}" autocomplete="language"${isFaulty ? html` aria-invalid="true"` : undefined}>
${PAGE_LANGUAGES.map(
  (one) =>
    html`<option value="${one}" lang="${one}"${one === mailLanguage ? html` selected` : undefined}>${pageWords[one].name}</option>
`,
)}</select></fieldset>
<div class="buttons"><button name="do" value="save">${words.save}</button>
<button name="do" value="none" class="quiet">${words.none}</button></div>
</form>`,
  });
};
