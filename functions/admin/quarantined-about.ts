import type { Deps, Quarantined } from './deps.ts';

const PAGE = 100;

/** Whether an input that could not be read is about a member: it names them somewhere as `member`. */
const isAbout = (member: string, { body }: Quarantined): boolean => {
  let found = false;
  try {
    JSON.parse(body, (key, value: unknown) => {
      const id = value instanceof Object && 'id' in value ? value.id : value;
      if (key === 'member' && id === member) found = true;
      return value;
    });
  } catch {
    return body.includes(member);
  }
  return found;
};

/** The inputs in quarantine that are about a member, page by page; some pages are empty. */
export async function* quarantinedAbout(
  { list }: Deps['quarantine'],
  member: string,
  from?: string,
): AsyncGenerator<{ readonly about: readonly Quarantined[]; readonly next: string | undefined }> {
  let after = from;
  do {
    const { items, next } = await list({ after, limit: PAGE });
    yield { about: items.filter((input) => isAbout(member, input)), next };
    after = next;
  } while (after !== undefined);
}
