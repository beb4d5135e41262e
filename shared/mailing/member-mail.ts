import { filled } from '../kernel/phrase.ts';
import { bestLanguage } from '../kernel/text.ts';
import { staffLanguage } from '../risk/words.ts';
import type { Message } from '../scoring/model.ts';
import { type FieldSources, mailFields, textAttribute } from './fields.ts';
import { frame } from './frame.ts';
import { trusted } from './html.ts';
import { FaultyTemplate, type Rendered, render } from './render.ts';
import { staffWords } from './staff-words.ts';

/**
 * A message for a member, in the best language there is for them: their own, its neighbours, the organisation's.
 * Throws FaultyTemplate.
 */
export const memberMail = (
  { templates }: Message,
  sources: Omit<FieldSources, 'language'>,
  organisationLanguage: string,
): Rendered => {
  const own = textAttribute(sources.profile, 'language');
  const language = bestLanguage(Object.keys(templates), own || undefined, organisationLanguage);
  const template = language === undefined ? undefined : templates[language];
  if (language === undefined || template === undefined) throw new FaultyTemplate(0);
  const { subject, html, text } = render(template, mailFields({ ...sources, language }));
  const { organisation, owner } = sources;
  const footer =
    owner && filled(staffWords[staffLanguage(language, organisationLanguage)].reply, { owner: owner.name });
  return {
    subject,
    html: frame({ language, title: subject, organisation, body: trusted(html), ...(footer ? { footer } : {}) }),
    text: [text, ...(footer ? [`--\n${footer}`] : [])].join('\n\n'),
  };
};
