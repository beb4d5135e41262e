import * as z from 'zod';
import { type Erasure, MemberPath } from '../../shared/api/members.ts';
import { problem } from '../../shared/api/problem.ts';
import { type Route, route } from '../../shared/api/route.ts';
import type { Deps, Quarantined } from './deps.ts';
import { addressesOf, quarantinedAbout } from './quarantined-about.ts';

type ErasureDeps = Pick<Deps, 'storedOf' | 'wholeLedger' | 'quarantine' | 'send' | 'now'>;

/**
 * It is carried out at once, and again after so many seconds: by then whoever was at work in that very second, wrote
 * something of the member and died over it, has come to an end.
 */
const ONCE_MORE = 15 * 60;

const allAbout = async (deps: ErasureDeps, member: string): Promise<Quarantined[]> => {
  const all: Quarantined[] = [];
  const sought = { member, addresses: await addressesOf(deps, member) };
  for await (const { about } of quarantinedAbout(deps.quarantine, sought)) all.push(...about);
  return all;
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
    const [kinds, inputs] = await Promise.all([deps.storedOf(id), allAbout(deps, id)]);
    return { status: 200, body: counted(id, kinds, inputs.length) };
  }),
  'DELETE /v1/members/{id}': route(z.object({ params: MemberPath }), async ({ params: { id } }) => {
    const [kinds, inputs] = await Promise.all([deps.storedOf(id), allAbout(deps, id)]);
    const erasure = [{ kind: 'erasure', member: id, at: deps.now() }] as const;
    const taken = await Promise.all([deps.send(erasure), deps.send(erasure, ONCE_MORE)]);
    if (taken.flat().includes(false)) return problem(503, 'The queue did not take it', {}, { 'retry-after': '10' });
    for (const input of inputs) await deps.quarantine.remove(input);
    return { status: 202, body: counted(id, kinds, inputs.length) };
  }),
});
