import { describe, expect, it } from 'vitest';
import { alertMail } from '../../shared/mailing/alert-mail.ts';
import { digestMail } from '../../shared/mailing/digest-mail.ts';
import type { Portrait } from '../../shared/risk/portrait.ts';
import { badTexts } from '../support/bad-texts.ts';
import { skeleton, textOf } from '../support/dom.ts';
import { MONDAY, mailSamples } from '../support/mail-samples.ts';

const DAY = 86_400_000;
const reader = { language: 'en', fallback: 'en', zone: 'Europe/Oslo' } as const;

/** Somebody whose every text is the same. */
const portraitOf = (text: string): Portrait => ({
  member: text || 'x',
  profile: { attributes: { firstName: text, lastName: text }, consents: {}, email: 'ann@example.org' },
  stage: text,
  since: MONDAY - 3 * DAY,
  course: {
    score: 'engagement',
    title: text,
    points: [12, 8, 4, 0].map((weeksAgo) => ({ weeksAgo, value: weeksAgo })),
  },
  lastActivity: { at: MONDAY - 90 * DAY, title: text },
  reasons: [
    { kind: 'silent', days: 90 },
    { kind: 'did', title: text, times: 2, last: MONDAY - 90 * DAY },
  ],
  nextStep: text,
});
const digestOf = (portrait: Portrait) =>
  digestMail(
    {
      organisation: 'The Club',
      at: MONDAY,
      previous: MONDAY - 7 * DAY,
      news: [portrait],
      known: [],
      count: 1,
      countNew: 1,
    },
    reader,
  );
const alertOf = (portrait: Portrait) => alertMail(portrait, { organisation: 'The Club', at: MONDAY }, reader);

describe.each([
  ['digest', digestOf],
  ['alert', alertOf],
])('a %s', (_, mailOf) => {
  // A name of nothing but blanks is no name: then the id stands in its place, on one line less.
  it.each(badTexts.filter((text) => text.trim() !== ''))(
    'has the same elements for %j as for any other text',
    (text) => {
      expect(skeleton(mailOf(portraitOf(text)).html)).toEqual(skeleton(mailOf(portraitOf('Ann')).html));
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

/** Relative luminance and contrast: WCAG 2.2, definitions of the same names. */
const luminance = (colour: string): number => {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((i) => Number.parseInt(colour.slice(i, i + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a: string, b: string): number => {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
};

describe.each(Object.entries(mailSamples()))('the sample %s', (_, { subject, html, text }) => {
  const [light = '', dark = ''] = [
    html.replace(/<style>[\s\S]*<\/style>/, ''),
    /prefers-color-scheme: dark[\s\S]*<\/style>/.exec(html)?.[0],
  ];
  const colours = (css: string, property: string) =>
    [...css.matchAll(new RegExp(`(?<![-a-z])${property}:\\s*(#[0-9a-f]{6})`, 'g'))].map(([, colour = '']) => colour);

  it('loads nothing from elsewhere', () =>
    expect(html).not.toMatch(/<(img|link|script|iframe)|src=|url\(|@import|http:/));

  it('says its language and that it knows light and dark', () => {
    expect(html).toMatch(/<html lang="(nb|sv|fi|en)"/);
    expect(html).toContain('<meta name="color-scheme" content="light dark">');
  });

  it('can be read: every ink on every ground, light and dark, by WCAG AA', () => {
    for (const [css, bars] of [
      [light, ['#b6c7c0', '#14513f']],
      [dark, ['#56736a', '#86d6b6']],
    ] as const) {
      const inks = colours(css, 'color');
      const grounds = colours(css, 'background').filter((colour) => !bars.some((bar) => bar === colour));
      expect(inks.length).toBeGreaterThan(2);
      for (const ink of inks)
        for (const ground of grounds) expect([ink, ground, contrast(ink, ground) >= 4.5]).toEqual([ink, ground, true]);
    }
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
      at: MONDAY,
      previous: undefined,
      news,
      known: [],
      count: 99,
      countNew: 99,
    };
    expect(Buffer.byteLength(digestMail(digest, reader).html)).toBeLessThan(100_000);
  });
});

describe('a first digest', () => {
  it('calls nobody new, since nobody was told before', () => {
    const portrait = portraitOf('Ann');
    const first = {
      organisation: 'The Club',
      at: MONDAY,
      previous: undefined,
      news: [portrait],
      known: [],
      count: 1,
      countNew: 1,
    };
    const { subject, text } = digestMail(first, reader);
    expect(subject).toBe('1 member needs to hear from you');
    expect(text).toContain('ON THE LIST');
    expect(text).not.toContain('NEW SINCE');
  });
});
