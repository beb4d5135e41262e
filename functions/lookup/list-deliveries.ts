import * as z from 'zod';
import { DeliveriesQuery, type DeliveryList } from '../../shared/api/deliveries.ts';
import { iso } from '../../shared/api/instant.ts';
import { type Route, route } from '../../shared/api/route.ts';
import type { Deps } from './deps.ts';

/** The mails in doubt, page by page. The index says where to look; those settled since are left out. */
export const listDeliveries = ({ inDoubt }: Pick<Deps, 'inDoubt'>): Route =>
  route(z.object({ query: DeliveriesQuery }), async ({ query: { cursor, limit } }) => {
    const { mails, next } = await inDoubt({ after: cursor, limit });
    const body: DeliveryList = {
      deliveries: mails.map((mail) => ({ ...mail, at: iso(mail.at) })),
      ...(next === undefined ? {} : { next }),
    };
    return { status: 200, body };
  });
