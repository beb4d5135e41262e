import * as z from 'zod';
import { ActivityMessage } from '../../events/activity-message.ts';
import { FeedbackMessage } from '../../events/feedback-message.ts';
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

/** To the queue that it came from; or what is still wrong with it. */
const wayBack = ({ send, tell }: Pick<Deps, 'send' | 'tell'>, body: string) => {
  const read = json(body);
  const activity = ActivityMessage.safeParse(read);
  if (activity.success) return { send: async () => (await send([activity.data])).every((sent) => sent) };
  if (read instanceof Object && FeedbackMessage.safeParse(body).success) return { send: () => tell(read) };
  return { errors: faultsOf(activity.error) };
};

/** Input that nothing could process, and the way back to the queue once what was wrong is mended. */
export const quarantineRoutes = (deps: Deps): Readonly<Record<string, Route>> => ({
  'GET /v1/quarantine': route(z.object({ query: QuarantineQuery }), async ({ query: { cursor, limit } }) => {
    const { items, next } = await deps.quarantine.list({ after: cursor, limit });
    const body: QuarantineList = {
      items: items.map((item) => ({ ...item, at: iso(item.at) })),
      ...(next === undefined ? {} : { next }),
    };
    return { status: 200, body };
  }),
  'POST /v1/quarantine/{id}/replay': route(z.object({ params: QuarantinePath }), async ({ params: { id } }) => {
    const input = await deps.quarantine.get(id);
    if (!input) return problem(404, 'There is no such input in quarantine');
    const way = wayBack(deps, input.body);
    if ('errors' in way) return problem(422, 'It is still nothing that can be processed', { errors: way.errors });
    // Sent first: a crash in between leaves a copy here, which does no harm; the other way round it would be lost.
    if (!(await way.send())) return problem(503, 'The queue did not take it', {}, { 'retry-after': '10' });
    await deps.quarantine.remove(input);
    return { status: 202, body: { id } };
  }),
});
