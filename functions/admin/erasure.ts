import * as z from 'zod';
import { type Erasure, MemberPath } from '../../shared/api/members.ts';
import { problem } from '../../shared/api/problem.ts';
import { type Route, route } from '../../shared/api/route.ts';
import type { Deps, Quarantined } from './deps.ts';

type ErasureDeps = Pick<Deps, 'storedOf' | 'quarantine' | 'send' | 'now'>;

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

const quarantinedAbout = async ({ list }: Deps['quarantine'], member: string): Promise<Quarantined[]> => {
  const about: Quarantined[] = [];
  for (let after: string | undefined; ; ) {
    const page = await list({ after, limit: PAGE });
    about.push(...page.filter((input) => isAbout(member, input)));
    after = page.at(-1)?.id;
    if (after === undefined || page.length < PAGE) return about;
  }
};

const counted = (member: string, kinds: readonly string[], quarantined: number): Erasure => ({
  member,
  events: kinds.filter((kind) => kind === 'event').length,
  mails: kinds.filter((kind) => kind === 'mail').length,
  others: kinds.filter((kind) => kind !== 'event' && kind !== 'mail').length,
  quarantined,
});

/** Looks at what is stored of a member, and has it erased. The scorer does it, which alone changes records. */
export const erasureRoutes = (deps: ErasureDeps): Readonly<Record<string, Route>> => ({
  'GET /v1/members/{id}/erasure': route(z.object({ params: MemberPath }), async ({ params: { id } }) => {
    const [kinds, inputs] = await Promise.all([deps.storedOf(id), quarantinedAbout(deps.quarantine, id)]);
    return { status: 200, body: counted(id, kinds, inputs.length) };
  }),
  'DELETE /v1/members/{id}': route(z.object({ params: MemberPath }), async ({ params: { id } }) => {
    const [kinds, inputs] = await Promise.all([deps.storedOf(id), quarantinedAbout(deps.quarantine, id)]);
    const [sent] = await deps.send([{ kind: 'erasure', member: id, at: deps.now() }]);
    if (!sent) return problem(503, 'The queue did not take it', {}, { 'retry-after': '10' });
    for (const input of inputs) await deps.quarantine.remove(input);
    return { status: 202, body: counted(id, kinds, inputs.length) };
  }),
});
