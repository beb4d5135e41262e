import { type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import type { Limit } from '../mailing/mail.ts';
import type { Turn } from '../mailing/paced.ts';
import {
  hoursOfDay,
  nextIn,
  portion,
  type Quota,
  roomAgain,
  type Slice,
  shareAt,
  sliceAfter,
  sliceAt,
  thinned,
  turnIn,
} from '../mailing/rate-budget.ts';
import { batchGet } from './batch-get.ts';
import { held } from './held.ts';
import { BUDGET_PREFIX, EXPIRY, PARTITION, SORT } from './keys.ts';
import { rateBrake } from './rate-brake.ts';
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

/** How far ahead a sender looks for its turn, ms. What finds none until then comes again later. */
const AHEAD = 4_000;
const SORT_KEY = 'taken';
/** By then nobody asks for an item of the budget any more: those of an hour count for a day after it, ms. */
const KEPT_FOR = 26 * 3_600_000;

/**
 * The account's rate, shared by all who send: each mail takes a place in a slice of a second, and goes at the instant that
 * belongs to the place. A slice is an item of its own with a few places, so no item is hot at any rate. Of the day's
 * quota, counted by the hour, a sender takes a portion at a time. Where SES takes less than that, all hold back.
 */
export const rateBudget = (tools: BudgetTools) => {
  const { client, table, quota, now } = tools;
  const { brake, putOn } = rateBrake(tools);
  let slice: Slice | undefined;
  let left = 0;
  let portionOf = Number.NaN;
  let taking: Promise<number | undefined> | undefined;

  const keyOf = (name: string) => ({ [PARTITION]: `${BUDGET_PREFIX}${name}`, [SORT]: SORT_KEY });

  const expiry = (): number => Math.ceil((now() + KEPT_FOR) / 1000);

  /** Takes so many of what an item has room for; how many were taken before. Undefined: there is no room. */
  const take = async (name: string, count: number, room: number): Promise<number | undefined> => {
    if (room < count) return undefined;
    const taken = await updated(
      client,
      new UpdateItemCommand({
        TableName: table,
        Key: marshall(keyOf(name)),
        UpdateExpression: 'SET #expiry = :expiry ADD #taken :count',
        ConditionExpression: 'attribute_not_exists(#taken) OR #taken <= :rest',
        ExpressionAttributeNames: { '#taken': 'taken', '#expiry': EXPIRY },
        ExpressionAttributeValues: marshall({ ':count': count, ':rest': room - count, ':expiry': expiry() }),
        ReturnValues: 'UPDATED_NEW',
      }),
    );
    return taken === undefined ? undefined : Number(taken.taken) - count;
  };

  /**
   * Takes a place in a slice, from the `first` on: those before it have passed, and made up for later they would be a
   * crowd. Undefined: there is none left.
   */
  const takePlace = async (name: string, first: number, room: number): Promise<number | undefined> => {
    if (first >= room) return undefined;
    const skipped =
      first > 0 &&
      (await held(
        client.send(
          new UpdateItemCommand({
            TableName: table,
            Key: marshall(keyOf(name)),
            UpdateExpression: 'SET #taken = :taken, #expiry = :expiry',
            ConditionExpression: 'attribute_not_exists(#taken) OR #taken < :first',
            ExpressionAttributeNames: { '#taken': 'taken', '#expiry': EXPIRY },
            ExpressionAttributeValues: marshall({ ':taken': first + 1, ':first': first, ':expiry': expiry() }),
          }),
        ),
      ));
    return skipped ? first : take(name, 1, room);
  };

  /** How many the hours have taken, in their order. */
  const takenIn = async (hours: readonly number[]): Promise<number[]> => {
    const rows = await batchGet(
      tools,
      hours.map((one) => marshall(keyOf(`hour#${one}`))),
    );
    const byKey = new Map(rows.map((row) => Row.parse(unmarshall(row))).map((row) => [row[PARTITION], row.taken]));
    return hours.map((one) => byKey.get(keyOf(`hour#${one}`)[PARTITION]) ?? 0);
  };

  /** Takes a portion of the day. Undefined: it was had; otherwise when there is room again, epoch ms. */
  const takePortion = async (instant: number): Promise<number | undefined> => {
    const hours = hoursOfDay(instant);
    const [hour = 0] = hours;
    const used = await takenIn(hours);
    const before = used.slice(1).reduce((sum, mails) => sum + mails, 0);
    for (const count of [portion(quota), 1]) {
      if ((await take(`hour#${hour}`, count, quota.perDay - before)) === undefined) continue;
      left = portionOf === hour ? left + count : count;
      portionOf = hour;
      return undefined;
    }
    return roomAgain(quota, used, instant);
  };

  /** A place in the day. Undefined: it was had; otherwise when there is room again, epoch ms. */
  const placeInDay = async (instant: number): Promise<number | undefined> => {
    while (portionOf !== hoursOfDay(instant)[0] || left === 0) {
      // Those who ask at once share a portion: each would take one of its own, and leave most of it unused.
      taking ??= takePortion(instant).finally(() => {
        taking = undefined;
      });
      const full = await taking;
      if (full !== undefined) return full;
    }
    left -= 1;
    return undefined;
  };

  /** The place in the day was not used. */
  const giveBack = (): void => {
    left += 1;
  };

  return {
    async turn(): Promise<Turn> {
      const asked = now();
      const known = await brake();
      if (known.closedUntil > asked) return { kind: 'full', until: known.closedUntil };
      const dayFullUntil = await placeInDay(asked);
      if (dayFullUntil !== undefined) return { kind: 'full', until: dayFullUntil };
      const present = sliceAt(quota, asked);
      let next = slice && slice.id > present.id ? slice : present;
      while (next.from - asked < AHEAD) {
        const open = thinned(next, shareAt(known, next.from));
        const place = await takePlace(`slice#${next.id}`, nextIn(open, asked), open.room);
        slice = next;
        if (place !== undefined) return { kind: 'at', at: turnIn(open, place) };
        next = sliceAfter(quota, next);
      }
      giveBack();
      // Who waits longest goes first: those who come later find later slices.
      return { kind: 'full', until: asked + AHEAD };
    },

    /** SES would not take a mail whose turn it was. */
    async slowDown(limit: Limit): Promise<void> {
      giveBack();
      await putOn(limit);
    },
  };
};
