import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { rawMail } from '../../shared/aws/raw-mail.ts';
import type { Mail } from '../../shared/mailing/mail.ts';
import { badTexts } from '../support/bad-texts.ts';

const head = { organisation: 'Pohjoinen Liitto – Nordisk, "r.y."', sender: 'polku@letters.example.org' };
const AT = Date.parse('2026-11-23T06:00:00Z');
const mail: Mail = {
  to: 'maija@example.org',
  replyTo: 'kaisa@example.org',
  subject: 'Hei Åse',
  html: '<p>Hei på deg, ø</p>',
  text: 'Hei på deg, ø',
};
const written = (changes: Partial<Mail> = {}, organisation = head.organisation) => {
  const { raw, to } = rawMail({ ...mail, ...changes }, { ...head, organisation }, 'tag-1', AT);
  return { raw: new TextDecoder('latin1').decode(raw), to };
};
const read = (raw: string) => PostalMime.parse(Buffer.from(raw, 'latin1'));
const lines = (raw: string) => raw.split('\r\n');
/** The names of the headers, in order: what a further one would be seen by. */
const names = (raw: string) =>
  lines(raw.slice(0, raw.indexOf('\r\n\r\n')))
    .filter((line) => !/^[ \t]/.test(line))
    .map((line) => line.slice(0, line.indexOf(':')));

const plainNames = [
  'From',
  'To',
  'Reply-To',
  'Subject',
  'Date',
  'Message-ID',
  'Auto-Submitted',
  'MIME-Version',
  'Content-Type',
];

describe('a mail as MIME', () => {
  it('says who writes to whom and who is answered, and that a machine sent it', async () => {
    const { raw, to } = written();
    expect(to).toEqual(['maija@example.org']);
    expect(names(raw)).toEqual(plainNames);
    expect(await read(raw)).toMatchObject({
      from: { name: head.organisation, address: head.sender },
      to: [{ address: 'maija@example.org' }],
      replyTo: [{ address: 'kaisa@example.org' }],
      subject: 'Hei Åse',
      date: '2026-11-23T06:00:00.000Z',
    });
    expect(raw).toContain('Auto-Submitted: auto-generated\r\n');
  });

  it('names domains in ASCII, as SES takes them', async () => {
    const { raw, to } = written({ to: 'meri@järjestö.fi', replyTo: 'kaisa@ja\u0308rjesto\u0308.fi' });
    expect(to).toEqual(['meri@xn--jrjest-bua3m.fi']);
    expect(raw).toContain('To: meri@xn--jrjest-bua3m.fi\r\n');
    expect(raw).toContain('Reply-To: kaisa@xn--jrjest-bua3m.fi\r\n');
  });

  it('holds both bodies as they are, the richer one last', async () => {
    const long = `<p>${'ø'.repeat(3000)}</p>\n.\n\nFrom here on: = ==20 {{x}}`;
    const text = `Hei\n\n--\n${'sana '.repeat(400)}`;
    const { raw } = written({ html: long, text });
    const mime = await read(raw);
    expect(mime.html?.trimEnd()).toBe(long);
    expect(mime.text?.trimEnd()).toBe(text.trimEnd());
    expect(raw.indexOf('text/plain')).toBeLessThan(raw.indexOf('text/html'));
    expect(Math.max(...lines(raw).map((line) => line.length))).toBeLessThanOrEqual(78);
  });

  it('is the same bytes for the same mail, tag and instant', () => expect(written().raw).toBe(written().raw));

  it('goes without an address to answer where there is none', () =>
    expect(names(written({ replyTo: undefined }).raw)).toEqual(plainNames.filter((name) => name !== 'Reply-To')));

  it('lets people out in one click where it is told how', () => {
    const url = `https://polku.example.org/u/${'a'.repeat(400)}`;
    const { raw } = written({ unsubscribe: { url, mailto: 'mailto:out@example.org?subject=x' } });
    expect(raw).toContain(`\r\nList-Unsubscribe: <${url}>, <mailto:out@example.org?subject=x>\r\n`);
    expect(raw).toContain('\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n');
  });

  it.each([
    'http://example.org/u',
    'https://example.org/u\r\nBcc: x@example.org',
    'https://example.org/u>, <https://elsewhere.example',
    'https://example.org/a b',
    'https://example.org/å',
    `https://example.org/${'a'.repeat(1000)}`,
  ])('is not written with the way out %j', (url) => expect(() => written({ unsubscribe: { url } })).toThrow(TypeError));
});

describe('whatever a name, a subject or a text holds', () => {
  const hostile = fc.oneof(
    fc.constantFrom(...badTexts),
    fc.string({ unit: 'binary', maxLength: 400 }),
    fc
      .array(
        fc.constantFrom('\r', '\n', '\r\n', '\u2028', '\0', ':', 'Bcc: x@y.example', '=?UTF-8?Q?', '?=', 'ä', '😀'),
      )
      .map((all) => all.join('')),
  );

  it('no header comes of it, none is broken, and no line is too long', () =>
    fc.assert(
      fc.property(hostile, hostile, hostile, (organisation, subject, body) => {
        const { raw } = written({ subject: `x${subject}`, html: body, text: body }, `y${organisation}`);
        expect(names(raw)).toEqual(plainNames);
        expect(raw.slice(0, raw.indexOf('\r\n\r\n'))).toMatch(/^[\x20-\x7e\r\n]*$/);
        for (const line of lines(raw)) {
          expect(line.length).toBeLessThanOrEqual(995);
          expect(line).not.toMatch(/[\r\n]/);
        }
      }),
      { numRuns: 2_000 },
    ));

  it('the reader sees its subject and its text, and nothing more', () =>
    fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        const { raw } = written({ subject: `Hei ${text}`, text: `Hei ${text}` });
        const mime = await read(raw);
        expect(mime.subject).not.toMatch(/[\r\n\u2028\u2029]/);
        expect(mime.headers).toHaveLength(plainNames.length);
        expect(mime.attachments).toEqual([]);
        expect(mime.html).toContain(mail.html);
      }),
      { numRuns: 500 },
    ));

  it.each(['x@example.org\r\nBcc: y@example.org', 'x@example.org, y@example.org', '"x\r\n"@example.org'])(
    'the address %j becomes no second recipient and no header',
    (to) => {
      const { raw } = written({ to, replyTo: to });
      expect(names(raw)).toEqual(plainNames);
      expect(written({ to }).to.length).toBeLessThanOrEqual(1);
    },
  );
});
