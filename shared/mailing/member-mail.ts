import { filled } from '../kernel/phrase.ts';
import { bestLanguage } from '../kernel/text.ts';
import { staffLanguage } from '../risk/words.ts';
import type { Message } from '../scoring/model.ts';
import { type FieldSources, mailFields, textAttribute } from './fields.ts';
import { footerWords } from './footer-words.ts';
import { frame } from './frame.ts';
import { html as markup, trusted } from './html.ts';
import type { Mail } from './mail.ts';
import type { MailLinks } from './mail-links.ts';
import { FaultyTemplate, type Rendered, render } from './render.ts';
import { staffWords } from './staff-words.ts';

/**
 * A message for a member, in the best language there is for them: their own, its neighbours, the organisation's.
 * Throws FaultyTemplate.
 */
export const memberMail = (
  { templates }: Message,
  sources: Omit<FieldSources, 'language'>,
  links: MailLinks,
  organisationLanguage: string,
): Rendered & Pick<Mail, 'unsubscribe'> => {
  const own = sources.profile.preferences?.language ?? textAttribute(sources.profile, 'language');
  const language = bestLanguage(Object.keys(templates), own || undefined, organisationLanguage);
  const template = language === undefined ? undefined : templates[language];
  if (language === undefined || template === undefined) throw new FaultyTemplate(0);
  const { subject, html, text } = render(template, mailFields({ ...sources, language }));
  const { organisation, owner } = sources;
  const words = staffLanguage(language, organisationLanguage);
  const reply = owner && filled(staffWords[words].reply, { owner: owner.name });
  const ways = (['preferences', 'unsubscribe'] as const).flatMap((way) => {
    const address = links[way];
    return address === undefined ? [] : [{ address, name: footerWords[words][way] }];
  });
  const anchors = ways.map(
    ({ address, name }, i) => markup`${i > 0 ? ' · ' : ''}<a href="${address}" style="color:#14513f">${name}</a>`,
  );
  return {
    ...(links.unsubscribe === undefined ? {} : { unsubscribe: { url: links.unsubscribe } }),
    subject,
    html: frame({
      language,
      title: subject,
      organisation,
      body: trusted(html),
      footer: markup`${reply && markup`${reply}<br>`}${anchors}`,
    }),
    text: [
      text,
      ['--', ...(reply ? [reply] : []), ...ways.map(({ address, name }) => `${name}: ${address}`)].join('\n'),
    ].join('\n\n'),
  };
};
