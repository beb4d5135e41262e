import * as z from 'zod';
import { DeliveryPath, Resolution, type Resolved } from '../../shared/api/deliveries.ts';
import { problem } from '../../shared/api/problem.ts';
import { type Route, route } from '../../shared/api/route.ts';
import type { Deps } from './deps.ts';

/** A person's word about a mail in doubt goes the way of SES's reports, so that one function alone settles mails. */
export const deliveryRoutes = ({
  isInDoubt,
  tell,
}: Pick<Deps, 'isInDoubt' | 'tell'>): Readonly<Record<string, Route>> => ({
  'POST /v1/deliveries/{tag}/resolve': route(
    z.object({ params: DeliveryPath, body: Resolution }),
    async ({ params: { tag }, body: { sent } }) => {
      if (!(await isInDoubt(tag))) return problem(404, 'No mail of this tag is in doubt (any more)');
      if (!(await tell({ kind: 'word', tag, sent }))) {
        return problem(503, 'The queue did not take it', {}, { 'retry-after': '10' });
      }
      const body: Resolved = { tag, sent };
      return { status: 202, body };
    },
  ),
});
