import { describe, expect, it } from 'vitest';
import { mailFields } from '../../shared/mailing/fields.ts';
import { memberMail } from '../../shared/mailing/member-mail.ts';
import { FaultyTemplate, render } from '../../shared/mailing/render.ts';
import { badTexts } from '../support/bad-texts.ts';
import { skeleton, textOf } from '../support/dom.ts';
import { tradeUnion } from '../support/mail-samples.ts';

const template = {
  subject: 'Hello {{firstName}}, from {{organisation}}',
  html: '<p>Hello <b>{{firstName}} {{lastName}}</b>,</p><p>{{memberId}} since {{memberSince}}. {{ownerName}}</p>',
  text: 'Hello {{firstName}} {{lastName}},\n\n{{memberId}} since {{memberSince}}. {{ownerName}}',
};
const sources = (firstName: unknown, rest: Record<string, never> | { lastName: string } = {}) => ({
  member: '100482',
  profile: {
    attributes: { firstName: typeof firstName === 'string' ? firstName : 7, ...rest },
    consents: {},
    joinedAt: Date.parse('2026-03-28T22:30:00Z'),
  },
  organisation: 'The Union',
  owner: { id: 'kaisa', name: 'Kaisa', email: 'kaisa@example.org', language: 'fi' },
  language: 'fi',
  zone: 'Europe/Helsinki',
});
const links = { preferences: 'https://polku.example.org/p', unsubscribe: 'https://polku.example.org/u' };

describe('a message', () => {
  it('is filled in, with dates of the language and the zone', () => {
    const { subject, html, text } = render(template, mailFields(sources('Anna', { lastName: 'Mäkinen' })));
    expect(subject).toBe('Hello Anna, from The Union');
    expect(html).toBe('<p>Hello <b>Anna Mäkinen</b>,</p><p>100482 since 29. maaliskuuta 2026. Kaisa</p>');
    expect(text).toBe('Hello Anna Mäkinen,\n\n100482 since 29. maaliskuuta 2026. Kaisa');
  });

  it('leaves empty what is not known, and what is not a text', () => {
    const fields = mailFields({ ...sources(7), owner: undefined });
    expect(fields).toMatchObject({ firstName: '', lastName: '', ownerName: 'The Union' });
  });

  it('can say something else where a name is not known', () => {
    const greeting = { ...template, subject: 'Welcome{{#firstName}}, {{firstName}}{{/firstName}}!' };
    expect(render(greeting, mailFields(sources('Anna'))).subject).toBe('Welcome, Anna!');
    expect(render(greeting, mailFields(sources(7))).subject).toBe('Welcome!');
  });

  it('prints as it is in subject and text what it escapes in the HTML', () => {
    const { subject, html, text } = render(template, mailFields(sources("O'Neill & <Co>")));
    expect(subject).toContain("O'Neill & <Co>");
    expect(text).toContain("O'Neill & <Co>");
    expect(html).toContain('O&#39;Neill &amp; &lt;Co&gt;');
  });

  it('is not rendered from a faulty template', () =>
    expect(() => render({ ...template, html: '{{{firstName}}}' }, mailFields(sources('Anna')))).toThrow(
      FaultyTemplate,
    ));

  it.each(badTexts)('has the same elements for the name %j as for any other', (name) => {
    const welcome = tradeUnion.model.messages.find(({ id }) => id === 'welcome');
    const mail = (one: string) =>
      memberMail(welcome ?? { id: 'x', title: 'x', purpose: 'service', templates: {} }, sources(one), links, 'nb');
    expect(skeleton(mail(name).html)).toEqual(skeleton(mail('Anna').html));
    expect(mail(name).subject).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
    expect(Buffer.byteLength(mail(name).subject)).toBeLessThanOrEqual(995 / 4);
    expect(textOf(mail(name).html)).toContain(mailFields(sources(name)).firstName);
  });
});

describe('the language of a message', () => {
  const message = {
    id: 'hello',
    title: 'Hello',
    purpose: 'membership' as const,
    templates: { sv: { ...template, subject: 'Hej' }, en: { ...template, subject: 'Hello' } },
  };
  it.each([
    ['sv', 'Hej'],
    ['nb', 'Hej'],
    ['fi', 'Hej'],
    ['de', 'Hello'],
    ['', 'Hello'],
  ])('for a reader of %j is the nearest there is', (language, subject) => {
    const { profile, ...rest } = sources('Anna');
    const mail = memberMail(message, { ...rest, profile: { ...profile, attributes: { language } } }, links, 'en');
    expect(mail.subject).toBe(subject);
  });
});
