import { type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { batchGet, type Table } from './batch-get.ts';
import { type ClaimKey, ClaimRow, claimItem, claimKeyIn, tagOf } from './claim-key.ts';
import { DIGESTS, DOUBT_INDEX, DUE_INDEX, digestIn, HELD, IN_DOUBT, MAIL_PREFIX, memberOf } from './keys.ts';

/** A mail of which nobody knows whether it left; since `at` (epoch ms), for a reason given as a code. */
export type MailInDoubt = {
  readonly tag: string;
  readonly at: number;
  readonly why: string;
  /** Of one that waits: until when, epoch ms. */
  readonly until?: number;
} & (
  | { readonly kind: 'mail'; readonly member: string; readonly id: string }
  /** `run` is the run of the schedule, ISO 8601. */
  | { readonly kind: 'digest'; readonly owner: string; readonly run: string }
);

const subjectOf = ({ partition, sort }: ClaimKey) => {
  if (partition !== DIGESTS) {
    return { kind: 'mail', member: memberOf(partition), id: sort.slice(MAIL_PREFIX.length) } as const;
  }
  return { kind: 'digest', ...digestIn(sort) } as const;
};

type Range = {
  readonly list: string;
  readonly condition: string;
  readonly tag: string | undefined;
  readonly limit: number;
};

const within = (client: DynamoDBClient, table: string, { list, condition, tag, limit }: Range) =>
  client.send(
    new QueryCommand({
      TableName: table,
      IndexName: DOUBT_INDEX.name,
      KeyConditionExpression: tag === undefined ? '#doubt = :doubt' : `#doubt = :doubt AND #tag ${condition} :tag`,
      ExpressionAttributeNames: {
        '#doubt': DOUBT_INDEX.partition,
        ...(tag === undefined ? {} : { '#tag': DOUBT_INDEX.sort }),
      },
      ExpressionAttributeValues: marshall({ ':doubt': list, ...(tag === undefined ? {} : { ':tag': tag }) }),
      Limit: limit,
    }),
  );

/** Mails in doubt, and mails that wait for their time: where the index has them. */
const lists = { unknown: IN_DOUBT, held: HELD } as const;

/** A page of the mails in a state, by tag; `after` is the `next` of the page before. Those in another by now are left out. */
export const mailsInState =
  (tools: Table) =>
  async ({
    state: wanted,
    after,
    limit,
  }: {
    state: keyof typeof lists;
    after?: string | undefined;
    limit: number;
  }): Promise<{
    readonly mails: readonly MailInDoubt[];
    readonly next?: string;
  }> => {
    const { Items = [] } = await within(tools.client, tools.table, {
      list: lists[wanted],
      condition: '>',
      tag: after,
      limit,
    });
    const keys = Items.map((item) => claimKeyIn(unmarshall(item)));
    const rows = (await batchGet(tools, keys.map(claimItem))).map((row) => unmarshall(row));
    const mails = rows.flatMap((row): MailInDoubt[] => {
      const key = claimKeyIn(row);
      const { state, at, detail } = ClaimRow.parse(row);
      const until = state === 'held' ? Number(row[DUE_INDEX.sort]) : undefined;
      const mail = { tag: tagOf(key), at, why: detail, ...(until === undefined ? {} : { until }) };
      return state === wanted ? [{ ...mail, ...subjectOf(key) }] : [];
    });
    const last = keys.at(-1);
    return {
      mails: mails.toSorted((a, b) => a.at - b.at || (a.tag < b.tag ? -1 : 1)),
      ...(last && keys.length === limit ? { next: tagOf(last) } : {}),
    };
  };

/** Whether a mail is among those in doubt, as far as the index knows. */
export const isInDoubt =
  ({ client, table }: Pick<Table, 'client' | 'table'>) =>
  async (tag: string): Promise<boolean> => {
    const { Items = [] } = await within(client, table, { list: IN_DOUBT, condition: '=', tag, limit: 1 });
    return Items.length > 0;
  };
