import { load } from 'cheerio/slim';
import { expect, it } from 'vitest';
import { compileLetters } from '../../shared/mailing/letters/compile-letters.ts';
import { memberMail } from '../../shared/mailing/member-mail.ts';
import { withUntrackedLinks } from '../../shared/mailing/untracked-links.ts';
import { Model } from '../../shared/scoring/model.ts';
import { NO_PROFILE } from '../../shared/scoring/profile.ts';
import { document } from '../support/given.ts';

const links = {
  preferences: 'https://polku.example.org/v1/preferences/s3al-ed_',
  unsubscribe: 'https://polku.example.org/v1/unsubscribe/s3al-ed_',
};
const body =
  '<mj-text><a href="https://example.org/spring">Spring</a></mj-text><mj-button href="{{unsubscribeUrl}}">No more</mj-button>';
const [message] = document.messages;
const { messages, letterhead } = Model.parse({
  ...document,
  messages: [{ ...message, templates: { en: { subject: 'Hello', body } } }],
});

it('leaves the ways out of a mail alone, and nothing but these', async () => {
  const letters = (await compileLetters({ messages, letterhead })).messages.hello;
  const sources = {
    member: 'm',
    profile: NO_PROFILE,
    organisation: 'Club',
    owner: undefined,
    links,
    letterhead,
    zone: 'UTC',
  };
  const { html } = memberMail(letters, sources, 'en');
  const all = load(withUntrackedLinks(html, links))('a')
    .toArray()
    .map(({ attribs }) => [attribs.href, 'ses:no-track' in attribs]);
  expect(all).toEqual([
    ['https://example.org/spring', false],
    [links.unsubscribe, true],
    [links.preferences, true],
    [links.unsubscribe, true],
  ]);
});
