import * as z from 'zod';
import type { NewLinkKey } from '../../shared/api/admin.ts';
import { type Route, route } from '../../shared/api/route.ts';
import type { Deps } from './deps.ts';

/** The keys of links in mails. Old ones stay: they open what they sealed. */
export const linkKeyRoutes = ({ rotateLinkKey }: Pick<Deps, 'rotateLinkKey'>): Readonly<Record<string, Route>> => ({
  'POST /v1/link-keys': route(z.object({}), async () => {
    const body: NewLinkKey = { id: await rotateLinkKey() };
    return { status: 201, body };
  }),
});
