import { describe, expect, it } from 'vitest';
import { alertMail } from '../../shared/mailing/alert-mail.ts';
import { digestMail } from '../../shared/mailing/digest-mail.ts';
import type { Portrait } from '../../shared/risk/portrait.ts';
import { badTexts } from '../support/bad-texts.ts';
import { elementsOf, textOf } from '../support/dom.ts';
import { houseLetters } from '../support/house-letters.ts';
import { MONDAY, mailSamples } from '../support/mail-samples.ts';
import { portraitOf } from '../support/portrait.ts';

const DAY = 86_400_000;
const reader = { language: 'en', fallback: 'en', zone: 'Europe/Oslo' } as const;

const digestOf = (portrait: Portrait) =>
  digestMail(
    houseLetters.digest,
    {
      organisation: 'The Club',
      ownerName: 'Olga',
      at: MONDAY,
      previous: MONDAY - 7 * DAY,
      news: [portrait],
      known: [],
      count: 1,
      countNew: 1,
    },
    reader,
  );
const alertOf = (portrait: Portrait) =>
  alertMail(houseLetters.alert, portrait, { organisation: 'The Club', ownerName: 'Olga', at: MONDAY }, reader);

describe.each([
  ['digest', digestOf],
  ['alert', alertOf],
])('a %s', (_, mailOf) => {
  // A name of nothing but blanks is no name: then the id stands in its place, on one line less.
  it.each(badTexts.filter((text) => text.trim() !== ''))(
    'has the same elements for %j as for any other text',
    (text) => {
      expect(elementsOf(mailOf(portraitOf(text)).html)).toEqual(elementsOf(mailOf(portraitOf('Ann')).html));
      expect(mailOf(portraitOf(text)).subject).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
    },
  );

  it('says nothing of the person in its subject', () => {
    const { attributes } = portraitOf('').profile;
    const ann = {
      ...portraitOf('Stage'),
      member: '4711',
      profile: { attributes: { ...attributes, firstName: 'Ann' }, consents: {} },
    };
    expect(mailOf(ann).subject).not.toMatch(/Ann|4711/);
  });

  it('links to no address that is more than a mailbox', () => {
    const odd = portraitOf('Ann');
    const withEmail = (email: string) => ({ ...odd, profile: { ...odd.profile, email } });
    expect(mailOf(withEmail('a?bcc=all@example.org')).html).toContain('mailto:a%3Fbcc%3Dall@example.org"');
    expect(mailOf(withEmail('a@example.org" onclick="x')).html).not.toContain('mailto:');
  });
});

describe.each(Object.entries(mailSamples()))('the sample %s', (_, { subject, html, text }) => {
  it('loads nothing from elsewhere', () =>
    expect(html).not.toMatch(/<(img|link|script|iframe)|src=|url\(|@import|http:\/\/(?!www\.w3\.org)/));

  it('says its language and that it knows light and dark', () => {
    expect(html).toMatch(/<html lang="(nb|sv|fi|en)" dir="ltr"/);
    expect(html).toContain('<meta name="color-scheme" content="light dark">');
  });

  it('says the same in plain text, without markup', () => {
    expect(text).not.toMatch(/<[a-z]|&[a-z]+;/);
    const seen = textOf(html).replace(/\s+/g, ' ');
    for (const line of text.split('\n').filter((one) => one.startsWith('  - '))) expect(seen).toContain(line.slice(4));
  });

  it('has a subject of one line', () => expect(subject).toMatch(/^.{5,150}$/u));
});

describe('the longest digest', () => {
  it('is short enough not to be cut off', () => {
    const long = portraitOf('Somebody with a long name and much to be said of them, some sixty characters');
    const news = Array.from({ length: 25 }, () => long);
    const digest = {
      organisation: 'The Club',
      ownerName: 'Olga',
      at: MONDAY,
      previous: undefined,
      news,
      known: [],
      count: 99,
      countNew: 99,
    };
    expect(Buffer.byteLength(digestMail(houseLetters.digest, digest, reader).html)).toBeLessThan(100_000);
  });
});

describe('a first digest', () => {
  it('calls nobody new, since nobody was told before', () => {
    const portrait = portraitOf('Ann');
    const first = {
      organisation: 'The Club',
      ownerName: 'Olga',
      at: MONDAY,
      previous: undefined,
      news: [portrait],
      known: [],
      count: 1,
      countNew: 1,
    };
    const { subject, text } = digestMail(houseLetters.digest, first, reader);
    expect(subject).toBe('1 member needs to hear from you');
    expect(text).toContain('ON THE LIST');
    expect(text).not.toContain('NEW SINCE');
  });
});
