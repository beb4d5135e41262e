import { paginateQuery } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import type { MemberChange } from '../preview/member-change.ts';
import { Tally } from '../preview/tally.ts';
import { censusParts } from './census-parts.ts';
import type { CensusTools } from './census-store.ts';
import { PARTITION, previewKey } from './keys.ts';

/** In the place of an id: all previews that were begun, each until it expires, also when nobody wants it any more. */
export const PREVIEW_LIST = 'list';
export const runKey = ({ id, at }: { readonly id: string; readonly at: number }): string => `${id}#${at}`;

const Row = z.object({ run: z.string(), at: z.int(), expiresAt: z.int() });
type Run = { readonly id: string; readonly at: number; readonly expiresAt: number };

/** What a preview of that instant (epoch ms) says of a member. */
export type NamedIn = { readonly id: string; readonly at: number; readonly entry: MemberChange };

/** Whom previews name: the few members who would change most. */
export const previewNames = (tools: CensusTools) => {
  const { numbered, keepPart } = censusParts(tools, Tally);

  const runs = async (): Promise<Run[]> => {
    const pages = paginateQuery(
      { client: tools.client },
      {
        TableName: tools.table,
        KeyConditionExpression: '#p = :p',
        ExpressionAttributeNames: { '#p': PARTITION },
        ExpressionAttributeValues: marshall({ ':p': previewKey(PREVIEW_LIST) }),
        ConsistentRead: true,
      },
    );
    const found: Run[] = [];
    for await (const { Items = [] } of pages)
      found.push(...Items.map((item) => Row.parse(unmarshall(item))).map(({ run: id, ...rest }) => ({ id, ...rest })));
    return found;
  };

  const partsNaming = async (run: Run, member: string) =>
    (await numbered(run)).filter(({ state }) => state.tally.mostChanged.some((one) => one.member === member));

  /** Whether it was written: not where somebody has counted on since it was read. */
  const withoutName = async (run: Run, member: string): Promise<boolean> => {
    const kept = (await partsNaming(run, member)).map(({ part, state }) => {
      const mostChanged = state.tally.mostChanged.filter((one) => one.member !== member);
      return keepPart(run, part, { ...state, revision: state.revision + 1, tally: { ...state.tally, mostChanged } });
    });
    return (await Promise.all(kept)).every((one) => one);
  };

  return {
    /** What previews say of a member. */
    async previewsNaming(member: string): Promise<readonly NamedIn[]> {
      const found = (await runs()).map(async (run) =>
        (await partsNaming(run, member)).flatMap(({ state }) =>
          state.tally.mostChanged
            .filter((one) => one.member === member)
            .map((entry) => ({ id: run.id, at: run.at, entry })),
        ),
      );
      return (await Promise.all(found)).flat();
    },
    /** Removes a member from all previews, as one of whom they say something; they still count in the sums. */
    async forgetInPreviews(member: string): Promise<void> {
      for (const run of await runs()) while (!(await withoutName(run, member)));
    },
  };
};
