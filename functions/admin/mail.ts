import * as z from 'zod';
import { iso } from '../../shared/api/instant.ts';
import { Address, type MailStatus } from '../../shared/api/mail.ts';
import { type Route, route } from '../../shared/api/route.ts';
import { sharesOf } from '../../shared/mailing/feedback/reputation.ts';
import type { Deps } from './deps.ts';

type MailDeps = Pick<Deps, 'marketing' | 'resumeMarketing' | 'rates' | 'liftAddress' | 'now'>;

const status = async ({ marketing, rates, now }: MailDeps): Promise<MailStatus> => {
  const { stopped, liftedAt } = await marketing(0);
  const found = await rates(now(), liftedAt);
  const shares = sharesOf(found);
  return {
    marketing: { stopped: stopped ? { at: iso(stopped.at), why: stopped.why } : null },
    ...found,
    bounceRate: shares.bounces,
    complaintRate: shares.complaints,
  };
};

/** How mails fare, and what only a person may let go on. */
export const mailRoutes = (deps: MailDeps): Readonly<Record<string, Route>> => ({
  'GET /v1/mail': route(z.object({}), async () => ({ status: 200, body: await status(deps) })),
  'POST /v1/mail/resume': route(z.object({}), async () => {
    await deps.resumeMarketing(deps.now());
    return { status: 200, body: await status(deps) };
  }),
  'POST /v1/mail/allow': route(z.object({ body: Address }), async ({ body: { address } }) => {
    await deps.liftAddress(address, deps.now());
    return { status: 200, body: { allowed: true } };
  }),
});
