import * as z from 'zod';
import { DeliveriesQuery, type DeliveryList } from '../../shared/api/deliveries.ts';
import { iso } from '../../shared/api/instant.ts';
import { type Route, route } from '../../shared/api/route.ts';
import type { Deps } from './deps.ts';

/** The mails in doubt, or those that wait, page by page. The index says where to look; those settled since are left out. */
export const listDeliveries = ({ mailsInState }: Pick<Deps, 'mailsInState'>): Route =>
  route(z.object({ query: DeliveriesQuery }), async ({ query: { state, cursor, limit } }) => {
    const { mails, next } = await mailsInState({ state, after: cursor, limit });
    const body: DeliveryList = {
      deliveries: mails.map(({ until, ...mail }) => ({
        ...mail,
        at: iso(mail.at),
        ...(until === undefined ? {} : { until: iso(until) }),
      })),
      ...(next === undefined ? {} : { next }),
    };
    return { status: 200, body };
  });
