import { describe, expect, it } from 'vitest';
import { EmailAddress, inAscii } from '../../events/email-address.ts';

const ASCII = 'meri@xn--jrjest-bua3m.fi';

describe('an e-mail address', () => {
  it.each([
    'meri@järjestö.fi',
    'meri@JÄRJESTÖ.fi',
    'meri@järjestö。fi',
    "o'brien+x@åsa.example.se",
    ASCII,
    'MERI@example.org',
  ])('is %s, kept as it was written', (written) => expect(EmailAddress.parse(` ${written}`)).toBe(written));

  it.each([
    ['jöns@example.org', 'ASCII before the @'],
    ['jöns@järjestö.fi', 'ASCII before the @'],
    ['meri', 'an e-mail address'],
    ['meri@', 'an e-mail address'],
    ['@järjestö.fi', 'an e-mail address'],
    ['meri@järjestö', 'an e-mail address'],
    ['meri@järjestö.fi/x', 'an e-mail address'],
    ['meri@järjestö.fi:25', 'an e-mail address'],
    ['meri@järj estö.fi', 'an e-mail address'],
    ['meri@järjestö.fi\r\nBcc: x', 'an e-mail address'],
    ['meri@\u202Ejärjestö.fi', 'an e-mail address'],
    ['meri@１.２.３.４', 'an e-mail address'],
    ['meri@ä@järjestö.fi', 'ASCII before the @'],
    [`meri@${Array.from({ length: 30 }, () => 'öäå').join('.')}.fi`, 'an e-mail address'],
  ])('is not %j', (written, why) =>
    expect(EmailAddress.safeParse(written).error?.issues.map(({ message }) => message)).toEqual([
      expect.stringContaining(why),
    ]),
  );

  it('is the same in ASCII, however its domain is written', () =>
    expect(['meri@järjestö.fi', 'meri@ja\u0308rjesto\u0308.fi', 'meri@JÄRJESTÖ.FI', ASCII].map(inAscii)).toEqual(
      Array.from({ length: 4 }, () => ASCII),
    ));

  it.each(['', 'x', '@', 'MERI@Example.ORG', 'a@b/ä', 'a@[ä]'])('leaves %j as it is', (written) =>
    expect(inAscii(written)).toBe(written),
  );
});
