import { type AttributeValue, DeleteItemCommand, type DynamoDBClient, paginateQuery } from '@aws-sdk/client-dynamodb';
import type { ActivityEvent } from '../../events/envelope.ts';
import { chunks } from '../kernel/chunks.ts';
import { sequenceIn } from '../kernel/effect-id.ts';
import { eventKey } from '../kernel/event-key.ts';
import { held } from './held.ts';
import {
  CHOICES,
  ERASED_AT,
  EVENT_PREFIX,
  journeyKey,
  MAIL_PREFIX,
  memberKey,
  PARTITION,
  SNAPSHOT,
  SORT,
  TALLY,
} from './keys.ts';

const AT_ONCE = 20;

/** What is read of each item: its place, and what tells of which life of the member it is. */
const read = { '#s': SORT, '#time': 'time', '#sequence': 'sequence', '#revision': 'revision', '#erased': ERASED_AT };
type Read = Readonly<Record<string, AttributeValue>>;

const numberIn = (value: AttributeValue | undefined): number | undefined =>
  value?.N === undefined ? undefined : Number(value.N);

/** By which attribute an item of before an erasure is told from one of a life after it: no greater than its instant. */
const markOf = (sort: string): string | undefined => {
  if (sort.startsWith(EVENT_PREFIX)) return 'time';
  if (sort.startsWith(journeyKey(''))) return 'sequence';
  return sort === CHOICES || sort === TALLY ? 'revision' : undefined;
};

/** Of an item of before an erasure (epoch ms): on which condition it may go. Undefined where it is of a life after it. */
const goesIf = (item: Read, erasedAt: number): Partial<Record<string, unknown>> | undefined => {
  const sort = item[SORT]?.S ?? '';
  const values = { ExpressionAttributeValues: { ':erased': { N: String(erasedAt) } } };
  if (sort === SNAPSHOT) {
    if ((numberIn(item[ERASED_AT]) ?? 0) >= erasedAt) return undefined;
    const older = 'attribute_not_exists(#mark) OR #mark < :erased';
    return { ConditionExpression: older, ExpressionAttributeNames: { '#mark': ERASED_AT }, ...values };
  }
  // A mail of a life after it has another name.
  if (sort.startsWith(MAIL_PREFIX)) return sequenceIn(sort.slice(MAIL_PREFIX.length)) <= erasedAt ? {} : undefined;
  const mark = markOf(sort);
  if (mark === undefined) return {};
  if ((numberIn(item[mark]) ?? 0) > erasedAt) return undefined;
  const older = 'attribute_not_exists(#mark) OR #mark <= :erased';
  return { ConditionExpression: older, ExpressionAttributeNames: { '#mark': mark }, ...values };
};

/** All that is stored of a member lies in one partition: to be counted, and to be removed. */
export const memberPartition = ({ client, table }: { readonly client: DynamoDBClient; readonly table: string }) => {
  const items = async (member: string): Promise<Read[]> => {
    const found: Read[] = [];
    const pages = paginateQuery(
      { client },
      {
        TableName: table,
        KeyConditionExpression: '#p = :p',
        ProjectionExpression: Object.keys(read).join(', '),
        ExpressionAttributeNames: { '#p': PARTITION, ...read },
        ExpressionAttributeValues: { ':p': { S: memberKey(member) } },
        ConsistentRead: true,
      },
    );
    for await (const { Items = [] } of pages) found.push(...Items);
    return found;
  };

  return {
    /** Removes these events from the ledger. */
    async removeEvents(member: string, events: readonly Pick<ActivityEvent, 'source' | 'id'>[]): Promise<void> {
      for (const { source, id } of events) {
        const sort = EVENT_PREFIX + eventKey(source, id);
        const Key = { [PARTITION]: { S: memberKey(member) }, [SORT]: { S: sort } };
        await client.send(new DeleteItemCommand({ TableName: table, Key }));
      }
    },
    /** The sort keys of it all. */
    sorts: async (member: string): Promise<string[]> => (await items(member)).flatMap((item) => item[SORT]?.S ?? []),
    /**
     * Removes what is of before an erasure (epoch ms), and nothing of a life after it: the oldest events first, so that
     * the last word of each kind goes last, and after all the snapshot, by which somebody is known to be there.
     * @param isToGo which of it, by the sort key
     * @returns whether there was anything
     */
    async removeErased(
      member: string,
      erasedAt: number,
      isToGo: (sort: string) => boolean = () => true,
    ): Promise<boolean> {
      const going = (await items(member)).flatMap((item) => {
        const sort = item[SORT]?.S ?? '';
        const condition = isToGo(sort) ? goesIf(item, erasedAt) : undefined;
        const last = sort === SNAPSHOT ? Number.POSITIVE_INFINITY : (numberIn(item.time) ?? 0);
        return condition ? [{ sort, condition, last }] : [];
      });
      going.sort((a, b) => a.last - b.last);
      const remove = ({ sort, condition }: (typeof going)[number]) => {
        const Key = { [PARTITION]: { S: memberKey(member) }, [SORT]: { S: sort } };
        return held(client.send(new DeleteItemCommand({ TableName: table, Key, ...condition })));
      };
      for (const some of chunks(
        going.filter(({ sort }) => sort !== SNAPSHOT),
        AT_ONCE,
      )) {
        await Promise.all(some.map(remove));
      }
      await Promise.all(going.filter(({ sort }) => sort === SNAPSHOT).map(remove));
      return going.length > 0;
    },
  };
};
