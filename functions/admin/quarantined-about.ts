import { inAscii } from '../../events/email-address.ts';
import { bareAddress } from '../../shared/mailing/feedback/address-notes.ts';
import type { Deps, Quarantined } from './deps.ts';

const PAGE = 100;

/** A member, and the addresses that they are known to have or to have had, in small letters and in ASCII. */
export type Sought = { readonly member: string; readonly addresses: readonly string[] };

/** What an id or an address goes on with: `m-1` does not stand in `m-10`. */
const goesOn = /[\p{L}\p{N}_.@+-]/u;

/** Whether a word stands in a text, and is not part of a longer one. */
const standsIn = (text: string, word: string): boolean => {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const [before = ' ', after = ' '] = [text[at - 1], text[at + word.length]];
    if (!goesOn.test(before) && !goesOn.test(after)) return true;
  }
  return false;
};

/** What may be the end of an address, in a text of any kind. */
const domain = /@[^\s"<>(),;:@]+/gu;

const standsAsAddressIn = (text: string, addresses: readonly string[]): boolean => {
  const known = text.replace(domain, inAscii).toLowerCase();
  return addresses.some((address) => standsIn(known, address));
};

/**
 * Whether an input that could not be read is about a member: it names them somewhere as `member`, or holds an address of
 * theirs, as reports of mails do.
 */
const isAbout = ({ member, addresses }: Sought, { body }: Quarantined): boolean => {
  if (standsAsAddressIn(body, addresses)) return true;
  let found = false;
  try {
    JSON.parse(body, (key, value: unknown) => {
      const id = value instanceof Object && 'id' in value ? value.id : value;
      if (key === 'member' && id === member) found = true;
      // Written in JSON, a letter beyond ASCII may stand there as a number.
      if (typeof value === 'string' && standsAsAddressIn(value, addresses)) found = true;
      return value;
    });
  } catch {
    return standsIn(body, member);
  }
  return found;
};

/** The addresses that a member's events give, the latest last. */
export const addressesOf = async (
  { wholeLedger }: Pick<Deps, 'wholeLedger'>,
  member: string,
): Promise<readonly string[]> =>
  (await wholeLedger(member)).flatMap(({ email }) => (email === undefined ? [] : [bareAddress(email)]));

/** The inputs in quarantine that are about a member, page by page; some pages are empty. */
export async function* quarantinedAbout(
  { list }: Pick<Deps['quarantine'], 'list'>,
  sought: Sought,
  from?: string,
): AsyncGenerator<{ readonly about: readonly Quarantined[]; readonly next: string | undefined }> {
  let after = from;
  do {
    const { items, next } = await list({ after, limit: PAGE });
    yield { about: items.filter((input) => isAbout(sought, input)), next };
    after = next;
  } while (after !== undefined);
}
