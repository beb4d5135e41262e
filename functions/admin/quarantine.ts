import * as z from 'zod';
import { ActivityMessage } from '../../events/activity-message.ts';
import { type QuarantineList, QuarantinePath, QuarantineQuery } from '../../shared/api/admin.ts';
import { iso } from '../../shared/api/instant.ts';
import { faultsOf, problem } from '../../shared/api/problem.ts';
import { type Route, route } from '../../shared/api/route.ts';
import type { Deps } from './deps.ts';

const json = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Input that nothing could process, and the way back to the queue once what was wrong is mended. */
export const quarantineRoutes = ({ quarantine, send }: Deps): Readonly<Record<string, Route>> => ({
  'GET /v1/quarantine': route(z.object({ query: QuarantineQuery }), async ({ query: { cursor, limit } }) => {
    const items = await quarantine.list({ after: cursor, limit });
    const last = items.at(-1);
    const body: QuarantineList = {
      items: items.map((item) => ({ ...item, at: iso(item.at) })),
      ...(last && items.length === limit ? { next: last.id } : {}),
    };
    return { status: 200, body };
  }),
  'POST /v1/quarantine/{id}/replay': route(z.object({ params: QuarantinePath }), async ({ params: { id } }) => {
    const input = await quarantine.get(id);
    if (!input) return problem(404, 'There is no such input in quarantine');
    const message = ActivityMessage.safeParse(json(input.body));
    if (!message.success) {
      return problem(422, 'It is still nothing that can be processed', { errors: faultsOf(message.error) });
    }
    // Sent first: a crash in between leaves a copy here, which does no harm; the other way round it would be lost.
    const [sent] = await send([message.data]);
    if (!sent) return problem(503, 'The queue did not take it', {}, { 'retry-after': '10' });
    await quarantine.remove(input);
    return { status: 202, body: { id } };
  }),
});
