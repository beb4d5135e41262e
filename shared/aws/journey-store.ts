import { paginateQuery, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import type { Move } from '../../events/effect.ts';
import { batchGet, type Table } from './batch-get.ts';
import { held } from './held.ts';
import {
  journeyKey,
  memberKey,
  memberOf,
  PARTITION,
  SORT,
  STAGE_INDEX,
  STAGE_SHARDS,
  stageShard,
  stageShardOf,
} from './keys.ts';

/** Where a member stands in a journey, as the lists by stage show it. Times are epoch ms. */
export type Place = {
  readonly journey: string;
  /** Undefined where the journey does not apply any more. */
  readonly stage: string | undefined;
  readonly since: number;
  /** When it was written here. */
  readonly toldAt: number;
};

const Row = z.object({
  [PARTITION]: z.string(),
  [SORT]: z.string(),
  stage: z.string().optional(),
  since: z.int(),
  toldAt: z.int(),
});

const PER_PAGE = 100;

const prefix = journeyKey('');

/** Which stage each member stands in, one item a journey, indexed by stage. Only `deliver` writes it. */
export const journeyStore = (tools: Table) => {
  const { client, table } = tools;
  const keyOf = (member: string, journey: string) => ({ [PARTITION]: memberKey(member), [SORT]: journeyKey(journey) });

  return {
    /** Moves the member in the lists, unless a later change is there already. `toldAt` in epoch ms. */
    async move({ member, journey, stage, since, sequence }: Move, toldAt: number): Promise<void> {
      const there = { ':since': since, ':sequence': sequence, ':toldAt': toldAt };
      const set = '#since = :since, #sequence = :sequence, #toldAt = :toldAt';
      await held(
        client.send(
          new UpdateItemCommand({
            TableName: table,
            Key: marshall(keyOf(member, journey)),
            UpdateExpression:
              stage === null ? `SET ${set} REMOVE #stage, #shard` : `SET ${set}, #stage = :stage, #shard = :shard`,
            ConditionExpression: 'attribute_not_exists(#sequence) OR #sequence < :sequence',
            ExpressionAttributeNames: {
              '#since': 'since',
              '#sequence': 'sequence',
              '#toldAt': 'toldAt',
              '#stage': 'stage',
              '#shard': STAGE_INDEX.partition,
            },
            ExpressionAttributeValues: marshall(
              stage === null ? there : { ...there, ':stage': stage, ':shard': stageShardOf(journey, stage, member) },
            ),
          }),
        ),
      );
    },

    /** The members in a stage, page by page, from the index: it may lag by moments. */
    async *membersIn(journey: string, stage: string): AsyncGenerator<string[]> {
      for (let shard = 0; shard < STAGE_SHARDS; shard++) {
        const pages = paginateQuery(
          { client, pageSize: PER_PAGE },
          {
            TableName: table,
            IndexName: STAGE_INDEX.name,
            KeyConditionExpression: '#shard = :shard',
            ExpressionAttributeNames: { '#shard': STAGE_INDEX.partition },
            ExpressionAttributeValues: marshall({ ':shard': stageShard(journey, stage, shard) }),
          },
        );
        for await (const { Items } of pages) {
          if (Items && Items.length > 0) yield Items.map((item) => memberOf(item[PARTITION]?.S ?? ''));
        }
      }
    },

    /** The places of members in some journeys, strongly consistent, by member. */
    async places(members: readonly string[], journeys: readonly string[]): Promise<ReadonlyMap<string, Place[]>> {
      const wanted = members.flatMap((member) => journeys.map((journey) => ({ member, journey })));
      const rows = await batchGet(
        tools,
        wanted.map(({ member, journey }) => marshall(keyOf(member, journey))),
      );
      const places = new Map<string, Place[]>();
      for (const row of rows) {
        const { [PARTITION]: pk, [SORT]: sk, stage, since, toldAt } = Row.parse(unmarshall(row));
        const member = memberOf(pk);
        const place = { journey: sk.slice(prefix.length), stage, since, toldAt };
        places.set(member, [...(places.get(member) ?? []), place]);
      }
      return places;
    },
  };
};
export type JourneyStore = ReturnType<typeof journeyStore>;
