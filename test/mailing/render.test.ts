import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mailFields } from '../../shared/mailing/fields.ts';
import { compileLetters } from '../../shared/mailing/letters/compile-letters.ts';
import { memberMail, NoSuchLetter } from '../../shared/mailing/member-mail.ts';
import type { Letterhead, Template } from '../../shared/scoring/letter.ts';
import { badTexts } from '../support/bad-texts.ts';
import { elementsOf, skeleton, textOf } from '../support/dom.ts';

const template: Template = {
  subject: 'Hello {{firstName}}, from {{organisation}}',
  preheader: 'For {{firstName}}',
  body: `<mj-text><p title="{{firstName}}">Hello <b>{{firstName}} {{lastName}}</b>,</p>
    <p>{{memberId}} since {{memberSince}}. {{ownerName}}</p>
    <ul>{{#courses}}<li>{{.}}</li>{{/courses}}</ul>{{#renewsOn}}<p>{{renewsOn}}: {{fee}}</p>{{/renewsOn}}</mj-text>
    <mj-image src="https://example.org/x.png" alt="{{firstName}} &quot;here&quot;" href="{{renewal}}" />`,
};
const letterhead: Letterhead = {
  fields: {
    courses: { attribute: 'courses', as: 'list' },
    renewsOn: { attribute: 'renews', as: 'date' },
    fee: { attribute: 'fee', as: 'number' },
    renewal: { attribute: 'renewal', as: 'link' },
  },
};
const links = { preferences: 'https://polku.example.org/p/1', unsubscribe: 'https://polku.example.org/u/1' };

const sources = (attributes: Readonly<Record<string, string | number | string[]>>) => ({
  member: '100482',
  profile: { attributes, consents: {}, joinedAt: Date.parse('2026-03-28T22:30:00Z') },
  organisation: 'The Union',
  owner: { id: 'kaisa', name: 'Kaisa', email: 'kaisa@example.org', language: 'fi' },
  links,
  letterhead,
  zone: 'Europe/Helsinki',
});
const purpose = 'membership' as const;
const compiled = async (templates: Readonly<Record<string, Template>>) =>
  (await compileLetters({ letterhead, messages: [{ id: 'x', title: 'x', purpose, templates }] })).messages.x;
const letters = await compiled({ fi: template });
const letterTo = (attributes: Parameters<typeof sources>[0]) => memberMail(letters, sources(attributes), 'fi');

describe('a letter', () => {
  it('is filled in, with dates and numbers of the language, and those of a zone', () => {
    const { subject, html, text } = letterTo({
      firstName: 'Anna',
      lastName: 'Mäkinen',
      courses: ['Law', 'Pay'],
      renews: '2026-12-31',
      fee: 1234.5,
      renewal: 'https://example.org/renew?a=1&b=2',
    });
    expect(subject).toBe('Hello Anna, from The Union');
    expect(html).toContain('>Hello <b>Anna Mäkinen</b>,</p>');
    expect(html).toContain('100482 since 29. maaliskuuta 2026. Kaisa');
    expect(html).toContain('href="https://example.org/renew?a=1&amp;b=2"');
    expect(text).toBe(`Hello Anna Mäkinen,

100482 since 29. maaliskuuta 2026. Kaisa

- Law
- Pay

31. joulukuuta 2026: 1 234,5

Anna "here": https://example.org/renew?a=1&b=2

--
Voit vastata tähän viestiin. Vastauksen saa Kaisa.

Valitse, mistä haluat sähköpostia: https://polku.example.org/p/1
Peru tilaus: https://polku.example.org/u/1`);
  });

  it('leaves empty what is not known, and what is not of its sort', () => {
    const fields = mailFields({
      ...sources({ firstName: 7, renews: 'soon', fee: 'much', renewal: 'javascript:alert(1)', courses: 'Law' }),
      owner: undefined,
      language: 'en',
    });
    expect(fields).toMatchObject({ firstName: '', lastName: '', ownerName: 'The Union' });
    expect(fields).toMatchObject({ renewsOn: '', fee: '', renewal: '', courses: [] });
  });

  it('has room for a field of any name', async () => {
    const own: Letterhead = { fields: { slot: { attribute: 'slot', as: 'text' } } };
    const templates = { en: { subject: 'At {{slot}}', body: '<mj-text>Come at {{slot}}</mj-text>' } };
    const messages = [{ id: 'x', title: 'x', purpose, templates }];
    const compiledOwn = (await compileLetters({ letterhead: own, messages })).messages.x;
    const mail = memberMail(compiledOwn, { ...sources({ slot: '9 to 10' }), letterhead: own }, 'en');
    expect(mail.subject).toBe('At 9 to 10');
    expect(mail.html).toContain('Come at 9 to 10');
  });

  it('says which language it is in, and its direction', async () => {
    const { html } = memberMail(await compiled({ nb: template }), sources({}), 'nb');
    expect(html).toContain('<html lang="nb" dir="ltr"');
    const arabic = memberMail(await compiled({ ar: template }), sources({}), 'ar');
    expect(arabic.html).toContain('<html lang="ar" dir="rtl"');
    expect(arabic.html).toContain('text-align:right');
  });

  it('loads nothing but the pictures that it names', () => {
    const { html } = letterTo({ firstName: 'Anna' });
    expect(html).not.toMatch(/<(link|script|iframe)|url\(|@import|http:\/\/(?!www\.w3\.org)/);
    expect(html.match(/ src="[^"]*"/g)).toEqual([' src="https://example.org/x.png"']);
  });

  it('has the same way out in its headers as at its foot, and none where there is none', () => {
    expect(letterTo({}).unsubscribe).toEqual({ url: links.unsubscribe });
    const { preferences } = links;
    const service = memberMail(letters, { ...sources({}), links: { preferences } }, 'fi');
    expect(service.unsubscribe).toBeUndefined();
    expect(service.html).not.toContain('Peru tilaus');
    expect(service.text).not.toContain('Peru tilaus');
  });

  it('that the model does not have is an error', () =>
    expect(() => memberMail(undefined, sources({}), 'fi')).toThrow(NoSuchLetter));
});

describe('whatever somebody is called', () => {
  const plain = { firstName: 'Anna', lastName: 'Anna', courses: ['Anna'], renews: '2026-12-31' };
  const hostile = (name: string) => ({ ...plain, firstName: name, lastName: name, courses: [name] });
  const expected = elementsOf(letterTo(plain).html);

  const isHarmless = (name: string): void => {
    const { subject, html, text } = letterTo(hostile(name));
    expect(elementsOf(html)).toEqual(expected);
    expect(subject).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
    expect(Buffer.byteLength(subject)).toBeLessThanOrEqual(995 / 1.5);
    const shown = String(mailFields({ ...sources(hostile(name)), language: 'fi' }).firstName);
    expect(textOf(html)).toContain(shown);
    expect(text).toContain(shown.trim());
  };

  it.each(badTexts.filter((name) => name.trim() !== ''))('the letter to %j has the elements of any other', isHarmless);

  it('the letter has the elements of any other', () => {
    const signs = fc.constantFrom(
      '<',
      '>',
      '"',
      "'",
      '&',
      '{{',
      '}}',
      '{',
      '/',
      '=',
      '`',
      '\n',
      '\0',
      '\u2028',
      '\u202e',
      'a',
      ' ',
      '&#60;',
      '-->',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(signs).map((all) => all.join('')),
        ),
        (name) => isHarmless(`x${name}`),
      ),
      { numRuns: 200 },
    );
  });

  it.each([
    ['javascript:alert(1)', ''],
    ['https://example.org/"><script>x</script>', 'https://example.org/%22%3E%3Cscript%3Ex%3C/script%3E'],
    ['data:text/html,x', ''],
    ['http://example.org', ''],
    ['//example.org', ''],
  ])('a link to %j leads to %j', (renewal, to) => {
    const { html } = letterTo({ ...plain, renewal });
    expect(skeleton(html).filter((line) => line.includes('<img'))).toHaveLength(1);
    expect(skeleton(html).join('\n').replaceAll('&amp;', '&')).toContain(`href="${to}"`);
  });
});

describe('the language of a letter', async () => {
  const { sv, en } = { sv: { ...template, subject: 'Hej' }, en: { ...template, subject: 'Hello' } };
  const both = await compiled({ sv, en });
  it.each([
    ['sv', 'Hej'],
    ['sv-FI', 'Hej'],
    ['nb', 'Hej'],
    ['nn', 'Hej'],
    ['se', 'Hej'],
    ['fi', 'Hej'],
    ['de', 'Hello'],
    ['', 'Hello'],
  ])('for a reader of %j is the nearest there is', (language, subject) =>
    expect(memberMail(both, sources({ language }), 'en').subject).toBe(subject),
  );
});
