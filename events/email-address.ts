import * as z from 'zod';

/** The longest that a mail can go to: RFC 5321, section 4.5.3.1.3. */
const LONGEST = 254;

const ascii = /^\p{ASCII}*$/u;
/** What is no part of a domain, and would be something else in the address of a page. */
const noDomain = /[\s/\\?#:@%]/u;

/**
 * The address with its domain in ASCII (`järjestö.fi` is `xn--jrjest-bua3m.fi`), as mail goes to it and as mail servers tell of
 * it. Whatever is compared, looked up or put into a header goes through here, so that both ways of writing are one mailbox.
 * What is no address stays as it is.
 */
export const inAscii = (address: string): string => {
  const start = address.lastIndexOf('@') + 1;
  const domain = address.slice(start);
  if (start === 0 || ascii.test(domain) || noDomain.test(domain)) return address;
  // Reads a domain as UTS 46 and RFC 5891 say.
  const hostname = URL.parse(`http://${domain}`)?.hostname;
  return hostname === undefined ? address : address.slice(0, start) + hostname;
};

const isAddress = (written: string): boolean => {
  const address = inAscii(written);
  return address.length <= LONGEST && z.regexes.email.test(address);
};

/** Kept as it was written, without blanks around it. */
export const EmailAddress = z
  .string()
  .trim()
  .max(LONGEST)
  .refine((written) => ascii.test(written.slice(0, written.lastIndexOf('@') + 1)), {
    error: 'must have nothing but ASCII before the @: no mail could be sent there. The domain may have any letters',
    abort: true,
  })
  .refine(isAddress, 'an e-mail address')
  .meta({ format: 'idn-email', description: 'Its domain may have letters beyond ASCII, what is before the @ may not' });
