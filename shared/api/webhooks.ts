import * as z from 'zod';
import { Problem } from './problem.ts';

export const MAX_BODY_BYTES = 262_144;
export const MAX_ITEMS = 100;
export const MAX_ITEM_BYTES = 65_536;

export const ItemResult = z
  .strictObject({
    index: z.int().nonnegative().meta({ description: 'Where in the batch, from 0' }),
    id: z.string().optional().meta({ description: 'The id that was sent, if it was a text' }),
    status: z.enum(['accepted', 'refused']),
    problem: Problem.optional().meta({ description: 'With status 503: send this item again later' }),
  })
  .meta({ id: 'ItemResult' });
export type ItemResult = z.infer<typeof ItemResult>;

/** 202: everything is stored. */
export const Accepted = z.strictObject({ accepted: z.int() }).meta({ id: 'Accepted' });
/** 207: a part is stored; one result per item. */
export const Mixed = z
  .strictObject({ accepted: z.int(), refused: z.int(), results: z.array(ItemResult) })
  .meta({ id: 'Mixed' });
