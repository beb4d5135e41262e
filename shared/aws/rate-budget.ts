import { type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import type { Turn } from '../mailing/paced.ts';
import {
  hoursOfDay,
  nextHour,
  portion,
  type Quota,
  type Slice,
  sliceAfter,
  sliceAt,
  turnIn,
} from '../mailing/rate-budget.ts';
import { batchGet } from './batch-get.ts';
import { BUDGET_PREFIX, PARTITION, SORT } from './keys.ts';
import { updated } from './updated.ts';

const Row = z.object({ [PARTITION]: z.string(), taken: z.int() });

export type BudgetTools = {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly pause: (attempt: number) => Promise<void>;
  readonly quota: Quota;
  /** Epoch ms. */
  readonly now: () => number;
};

/** How long a sender may wait for its turn, ms. What finds no turn until then comes again later. */
const PATIENCE = 10_000;
const SORT_KEY = 'taken';

/**
 * The account's rate, shared by all who send: each mail takes a place in a slice of a second, and goes at the instant that
 * belongs to the place. A slice is an item of its own with a few places, so no item is hot at any rate. Of the day's
 * quota, counted by the hour, a sender takes a portion at a time.
 */
export const rateBudget = ({ client, table, pause, quota, now }: BudgetTools) => {
  let slice: Slice | undefined;
  let left = 0;
  let portionOf = Number.NaN;

  const keyOf = (name: string) => ({ [PARTITION]: `${BUDGET_PREFIX}${name}`, [SORT]: SORT_KEY });

  /** Takes so many of what an item has room for; how many were taken before. Undefined: there is no room. */
  const take = async (name: string, count: number, room: number): Promise<number | undefined> => {
    if (room < count) return undefined;
    const taken = await updated(
      client,
      new UpdateItemCommand({
        TableName: table,
        Key: marshall(keyOf(name)),
        UpdateExpression: 'ADD #taken :count',
        ConditionExpression: 'attribute_not_exists(#taken) OR #taken <= :rest',
        ExpressionAttributeNames: { '#taken': 'taken' },
        ExpressionAttributeValues: marshall({ ':count': count, ':rest': room - count }),
        ReturnValues: 'UPDATED_NEW',
      }),
    );
    return taken === undefined ? undefined : Number(taken.taken) - count;
  };

  /** Whether the day has room for one more; takes a portion of it where none is at hand. */
  const dayHasRoom = async (instant: number): Promise<boolean> => {
    const [hour = 0, ...before] = hoursOfDay(instant);
    if (portionOf === hour && left > 0) {
      left -= 1;
      return true;
    }
    const rows = await batchGet(
      { client, table, pause },
      before.map((one) => marshall(keyOf(`hour#${one}`))),
    );
    const used = rows.reduce((sum, row) => sum + Row.parse(unmarshall(row)).taken, 0);
    for (const count of [portion(quota), 1]) {
      if ((await take(`hour#${hour}`, count, quota.perDay - used)) === undefined) continue;
      portionOf = hour;
      left = count - 1;
      return true;
    }
    return false;
  };

  return async (): Promise<Turn> => {
    const asked = now();
    if (!(await dayHasRoom(asked))) return { kind: 'full', until: nextHour(asked) };
    const present = sliceAt(quota, asked);
    let next = slice && slice.id > present.id ? slice : present;
    while (next.from - asked < PATIENCE) {
      const place = await take(`slice#${next.id}`, 1, next.room);
      slice = next;
      if (place !== undefined) return { kind: 'at', at: turnIn(next, place) };
      next = sliceAfter(quota, next);
    }
    // The place in the day is not used.
    left += 1;
    // Who waits longest goes first: those who come later find later slices.
    return { kind: 'full', until: asked + PATIENCE };
  };
};
