import * as z from 'zod';
import { problem } from '../../shared/api/problem.ts';
import { type Route, route } from '../../shared/api/route.ts';
import { Staff } from '../../shared/scoring/staff.ts';
import type { Deps } from './deps.ts';

/** Who looks after whom. */
export const staffRoutes = ({ staff, putStaff }: Deps): Readonly<Record<string, Route>> => ({
  'GET /v1/staff': route(z.object({}), async () => {
    const body = await staff(0);
    return body ? { status: 200, body } : problem(404, 'No staff has been set yet');
  }),
  'PUT /v1/staff': route(z.object({ body: Staff }), async ({ body }) => {
    await putStaff(body);
    return { status: 200, body };
  }),
});
