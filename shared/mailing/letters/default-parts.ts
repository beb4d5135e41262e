import type { StaffLanguage } from '../../risk/words.ts';
import type { Template } from '../../scoring/letter.ts';
import { footerWords } from '../footer-words.ts';
import { staffWords } from '../staff-words.ts';

/** The organisation's name above each letter, where it has no header of its own. */
export const DEFAULT_HEADER =
  '<mj-text css-class="brand" font-size="15px" font-weight="600">{{organisation}}</mj-text>';

/** Who reads an answer, and the ways out; each where there is one. */
export const defaultFooter = (language: StaffLanguage): string => {
  const { preferences, unsubscribe } = footerWords[language];
  const reply = staffWords[language].reply.replace('{owner}', '{{ownerName}}');
  return `<mj-divider></mj-divider><mj-text css-class="muted" font-size="13px" line-height="20px">
<p>${reply}</p>
<p>{{#preferencesUrl}}<a href="{{preferencesUrl}}">${preferences}</a>{{/preferencesUrl}}{{#unsubscribeUrl}}<br><a href="{{unsubscribeUrl}}">${unsubscribe}</a>{{/unsubscribeUrl}}</p>
</mj-text>`;
};

/** Mails to owners are for them alone: they say so, and lead nowhere. */
export const staffFooter = (language: StaffLanguage): string =>
  `<mj-divider></mj-divider><mj-text css-class="muted" font-size="13px" line-height="20px">${staffWords[language].confidential}</mj-text>`;

export const defaultAlert = (language: StaffLanguage): Template => ({
  subject: `{{stage}}: ${staffWords[language].alert.heading}`,
  body: `<mj-text><h1>${staffWords[language].alert.heading}</h1></mj-text><mj-text>{{> person}}</mj-text>`,
});

export const DEFAULT_DIGEST: Template = {
  subject: '{{heading}}{{#fresh}}, {{fresh}}{{/fresh}}',
  preheader: '{{date}}{{#fresh}} · {{fresh}}{{/fresh}}',
  body: `<mj-text><h1>{{heading}}</h1></mj-text>
<mj-text css-class="muted">{{date}}{{#fresh}} · {{fresh}}{{/fresh}}</mj-text><mj-text>{{> people}}</mj-text>`,
};
