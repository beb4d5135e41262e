import { type AttributeValue, type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import type { ActivityEvent } from '../../events/envelope.ts';
import type { Fate } from '../mailing/feedback/fate.ts';
import { followedId } from '../mailing/following/followed-events.ts';
import { type FirstActs, firstActs } from '../mailing/following/human.ts';
import { actsIn, ClaimRow, fatesIn, toldIn } from './claim-key.ts';
import {
  DOUBT_INDEX,
  DUE_INDEX,
  EVENT_PREFIX,
  MAIL_PREFIX,
  MODEL_INDEX,
  memberKey,
  PARTITION,
  SORT,
  STAGE_INDEX,
} from './keys.ts';
import { eventOf } from './member-rows.ts';
import { unpacked } from './packed.ts';

/** A mail that a member's effect asked for, with all that is stored of it. Times are epoch ms. */
export type StoredMail = FirstActs & {
  readonly id: string;
  readonly tag?: string;
  /** The message; absent for a notice to an owner. */
  readonly message?: string;
  readonly state: string;
  readonly at: number;
  /** SES's id of one that was sent, otherwise why it was not, as a code. */
  readonly detail: string;
  readonly to?: string;
  readonly until?: number;
  readonly fates: Partial<Record<Fate, number>>;
  readonly arms?: Readonly<Record<string, string>>;
  readonly drawnAt?: number;
  readonly asked?: unknown;
  /** All that was done with it, by machines too. */
  readonly acts: ReturnType<typeof actsIn>;
  /** What the ledger was told of that, by the ids of the events; also what was taken back since. */
  readonly told: readonly string[];
};

export type StoredRecord =
  | { readonly kind: 'event'; readonly event: ActivityEvent }
  | { readonly kind: 'mail'; readonly mail: StoredMail }
  /** The snapshot, the places in lists, and whatever else lies there, by name. */
  | { readonly kind: 'other'; readonly name: string; readonly content: Readonly<Record<string, unknown>> };

type Row = Record<string, AttributeValue>;

/** What stands in a text of JSON, as it is or packed; anything else as it is. */
const json = (stored: unknown): unknown => {
  const text = stored instanceof Uint8Array ? unpacked(stored) : stored;
  try {
    return typeof text === 'string' ? JSON.parse(text) : text;
  } catch {
    return text;
  }
};

/** They say in which part of an index an item lies, and nothing about anybody. */
const shards: ReadonlySet<string> = new Set([
  PARTITION,
  SORT,
  DUE_INDEX.partition,
  STAGE_INDEX.partition,
  MODEL_INDEX.partition,
  DOUBT_INDEX.partition,
]);

const MailRow = ClaimRow.extend({
  [SORT]: z.string(),
  tag: z.string().exactOptional(),
  message: z.string().exactOptional(),
  to: z.string().exactOptional(),
  arms: z.record(z.string(), z.string()).exactOptional(),
  drawnAt: z.int().exactOptional(),
  asked: z.string().optional(),
  [DUE_INDEX.sort]: z.int().optional(),
}).loose();

const mailOf = (item: Record<string, unknown>): StoredMail => {
  const { [SORT]: sort, [DUE_INDEX.sort]: until, asked, state, at, detail, ...row } = MailRow.parse(item);
  const { tag, message, to, arms, drawnAt } = row;
  const [fates, acts] = [fatesIn(item), actsIn(item)];
  return {
    id: sort.slice(MAIL_PREFIX.length),
    ...{
      state,
      at,
      detail,
      fates,
      acts,
      told: tag === undefined ? [] : toldIn(item).map((one) => followedId(tag, one)),
    },
    ...firstActs(acts, fates.delivered ?? at),
    ...(tag === undefined ? {} : { tag }),
    ...(message === undefined ? {} : { message }),
    ...(to === undefined ? {} : { to }),
    ...(arms === undefined ? {} : { arms }),
    ...(drawnAt === undefined ? {} : { drawnAt }),
    ...(until === undefined ? {} : { until }),
    ...(asked === undefined ? {} : { asked: json(asked) }),
  };
};

const recordOf = (row: Row): StoredRecord => {
  const name = row[SORT]?.S ?? '';
  if (name.startsWith(EVENT_PREFIX)) return { kind: 'event', event: eventOf(row) };
  const item = unmarshall(row);
  if (name.startsWith(MAIL_PREFIX)) return { kind: 'mail', mail: mailOf(item) };
  const content = Object.entries(item).flatMap(([key, value]) =>
    shards.has(key) ? [] : [[key, key === 'body' ? json(value) : value] as const],
  );
  return { kind: 'other', name, content: Object.fromEntries(content) };
};

/** All that lies under a member's id, strongly consistent, a page at a time: as much as fits into an answer. */
export const storedRecords =
  ({ client, table }: { readonly client: DynamoDBClient; readonly table: string }) =>
  /** @param after `next` of the page before */
  async (
    member: string,
    after?: string,
  ): Promise<{ readonly records: readonly StoredRecord[]; readonly next?: string }> => {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: after === undefined ? '#p = :p' : '#p = :p AND #s > :after',
        ExpressionAttributeNames: { '#p': PARTITION, ...(after === undefined ? {} : { '#s': SORT }) },
        ExpressionAttributeValues: marshall({
          ':p': memberKey(member),
          ...(after === undefined ? {} : { ':after': after }),
        }),
        ConsistentRead: true,
      }),
    );
    const next = LastEvaluatedKey?.[SORT]?.S;
    return { records: Items.map(recordOf), ...(next === undefined ? {} : { next }) };
  };
