import * as z from 'zod';
import { OWN_SOURCE } from '../../events/envelope.ts';
import { type NewSecret, NewSource, Rotation, type SourceList, SourcePath } from '../../shared/api/admin.ts';
import { iso, isoIf } from '../../shared/api/instant.ts';
import { problem } from '../../shared/api/problem.ts';
import { type Route, route } from '../../shared/api/route.ts';
import type { Deps } from './deps.ts';

const HOUR = 3_600_000;

/** Who may send events. A secret is shown once, when it is made. */
export const sourceRoutes = ({
  sources,
  createSource,
  addSecret,
  newSecret,
  now,
}: Deps): Readonly<Record<string, Route>> => ({
  'GET /v1/sources': route(z.object({}), async () => {
    const body: SourceList = {
      sources: (await sources()).map(({ id, createdAt, secrets }) => ({
        id,
        createdAt: iso(createdAt),
        secrets: secrets
          .filter(({ expiresAt }) => expiresAt === undefined || expiresAt > now())
          .map(({ createdAt, expiresAt }) => ({ createdAt: iso(createdAt), expiresAt: isoIf(expiresAt) })),
      })),
    };
    return { status: 200, body };
  }),
  'POST /v1/sources': route(z.object({ body: NewSource }), async ({ body: { id } }) => {
    if (id === OWN_SOURCE) return problem(409, 'This is what Polku calls itself; take another id');
    const answer: NewSecret = { id, secret: newSecret() };
    const created = await createSource(id, answer.secret);
    return created
      ? { status: 201, body: answer }
      : problem(409, 'There is a source of this id; rotate its secret instead');
  }),
  'POST /v1/sources/{source}/secrets': route(
    z.object({ params: SourcePath, body: Rotation }),
    async ({ params: { source: id }, body: { overlapHours } }) => {
      const othersEndAt = now() + Math.round(overlapHours * HOUR);
      const answer: NewSecret = { id, secret: newSecret(), othersEndAt: iso(othersEndAt) };
      const added = await addSecret(id, answer.secret, othersEndAt);
      return added ? { status: 201, body: answer } : problem(404, 'There is no such source');
    },
  ),
});
