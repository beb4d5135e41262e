import { describe, expect, it } from 'vitest';
import { rawMail } from '../../../shared/aws/raw-mail.ts';
import { alertMail } from '../../../shared/mailing/alert-mail.ts';
import { digestMail } from '../../../shared/mailing/digest-mail.ts';
import { compileLetters } from '../../../shared/mailing/letters/compile-letters.ts';
import type { Letters } from '../../../shared/mailing/letters/compiled-letter.ts';
import type { Unsubscribe } from '../../../shared/mailing/mail.ts';
import { memberMail } from '../../../shared/mailing/member-mail.ts';
import type { Rendered } from '../../../shared/mailing/render.ts';
import { type StaffLanguage, staffLanguages } from '../../../shared/risk/words.ts';
import type { Letterhead } from '../../../shared/scoring/letter.ts';
import { badTexts } from '../../support/bad-texts.ts';
import { elementsOf } from '../../support/dom.ts';
import { houseLetters } from '../../support/house-letters.ts';
import { MONDAY } from '../../support/mail-samples.ts';
import { portraitOf } from '../../support/portrait.ts';
import { modelOf, sampleNames } from '../../support/sample.ts';

const DAY = 86_400_000;
const links = {
  preferences: 'https://polku.example.org/v1/preferences/Zm9yLXNob3c',
  unsubscribe: 'https://polku.example.org/v1/unsubscribe/Zm9yLXNob3c',
};
/** A text of nothing but blanks is no text: what is shown where there is one is not shown then. */
const rows = badTexts.filter((text) => text.trim() !== '');

type Written = Rendered & { readonly unsubscribe?: Unsubscribe | undefined };

/** The names of the headers, each of which is one line or goes on in a line that begins with a blank. */
const headersOf = ({ subject, unsubscribe }: Written, organisation: string): string[] => {
  // Of the bodies comes no header: that is tested with short ones.
  const bodies = { html: '', text: '' };
  const mail = { to: 'maija@example.org', replyTo: 'kaisa@example.org', subject, ...bodies, unsubscribe };
  const { raw } = rawMail(mail, { organisation, sender: 'polku@letters.example.org' }, 'tag-1', MONDAY);
  const message = new TextDecoder('latin1').decode(raw);
  const head = message.slice(0, message.indexOf('\r\n\r\n'));
  expect(head).toMatch(/^[\x20-\x7e\r\n]*$/);
  const lines = head.split('\r\n');
  expect(lines.filter((line) => /[\r\n]/.test(line) || line.length > 995)).toEqual([]);
  return lines.filter((line) => !line.startsWith(' ')).map((line) => line.slice(0, line.indexOf(':')));
};

const isAsWithPlainText = (write: (text: string) => Written): void => {
  const plain = write('Anna');
  const elements = elementsOf(plain.html);
  const headers = headersOf(plain, 'Anna');
  for (const row of rows) {
    const written = write(row);
    expect({ row, elements: elementsOf(written.html) }).toEqual({ row, elements });
    expect({ row, headers: headersOf(written, row) }).toEqual({ row, headers });
    expect(written.subject).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
  }
};

/** Somebody whose every text is the same, where the organisation's and the owner's are too. */
const sourcesOf = (text: string, letterhead: Letterhead | undefined) => {
  const own = Object.values(letterhead?.fields ?? {}).map(({ attribute, as }) => {
    const value = { text, number: 7, date: '2026-12-31', list: [text, text], link: `https://example.org/${text}` };
    return [attribute, value[as]] as const;
  });
  return {
    member: text,
    profile: {
      attributes: { ...Object.fromEntries(own), firstName: text, lastName: text },
      consents: {},
      joinedAt: MONDAY - 400 * DAY,
    },
    organisation: text,
    owner: { id: 'kaisa', name: text, email: 'kaisa@example.org', language: 'fi' },
    zone: 'Europe/Helsinki',
    letterhead,
    links,
  };
};

const digestTo = (letters: Letters, language: StaffLanguage, text: string): Rendered =>
  digestMail(
    letters.digest,
    {
      ...{ organisation: text, ownerName: text, at: MONDAY, previous: MONDAY - 7 * DAY, count: 40, countNew: 1 },
      news: [portraitOf(text)],
      known: [portraitOf(text)],
    },
    { language, fallback: language, zone: 'Europe/Helsinki' },
  );
const alertTo = (letters: Letters, language: StaffLanguage, text: string): Rendered =>
  alertMail(
    letters.alert,
    portraitOf(text),
    { organisation: text, ownerName: text, at: MONDAY },
    { language, fallback: language, zone: 'Europe/Helsinki' },
  );

const samples = await Promise.all(
  sampleNames.map(async (sample) => {
    const model = modelOf(sample);
    return { sample, model, letters: await compileLetters(model) };
  }),
);

describe('whatever anybody and anything is called, of the sample', () => {
  const all = samples.flatMap(({ sample, model, letters }) =>
    Object.entries(letters.messages).flatMap(([name, byLanguage]) =>
      Object.keys(byLanguage).map((language) => ({ sample, name, language, byLanguage, letterhead: model.letterhead })),
    ),
  );
  it('there are letters', () => expect(all.length).toBeGreaterThan(50));

  it.each(all)(
    '$sample: each field of $name in $language is text, and no header comes of it',
    ({ byLanguage, language, letterhead }) =>
      isAsWithPlainText((text) => memberMail(byLanguage, sourcesOf(text, letterhead), language, language)),
    60_000,
  );
});

describe('the same of mails to owners', () => {
  const all = [{ sample: 'no sample', letters: houseLetters }, ...samples].flatMap(({ sample, letters }) =>
    staffLanguages.map((language) => ({ sample, letters, language })),
  );
  it.each(all)('a digest by $sample in $language', ({ letters, language }) =>
    isAsWithPlainText((text) => digestTo(letters, language, text)),
  );
  it.each(all)('a notice by $sample in $language', ({ letters, language }) =>
    isAsWithPlainText((text) => alertTo(letters, language, text)),
  );
});
