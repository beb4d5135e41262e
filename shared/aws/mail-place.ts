import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { withSentAfterAll, withUnsentAfterAll } from '../mailing/restraint/tally.ts';
import { ClaimRow, claimItem, fatesIn } from './claim-key.ts';
import type { FoundClaim } from './claim-of-tag.ts';
import { MAIL_PREFIX, memberOf } from './keys.ts';
import { tallyStore } from './tally-store.ts';

/** What stands in a claim in place of SES's id of the mail, once a person has said that it was not sent. */
export const GIVEN_UP = 'given-up';

/** Where a claim says for good that a person has once said so, whatever was heard since. */
export const GIVEN_UP_AT = 'givenUpAt';

type Item = Record<string, unknown>;

/** Whether a mail that was counted was not sent after all, by all that is known of it: SES rejected it, or a person says so. */
const isUnsent = (item: Item): boolean => {
  const { rejected, 'not-rendered': notRendered } = fatesIn(item);
  const { state, detail } = ClaimRow.parse(item);
  return rejected !== undefined || notRendered !== undefined || (state === 'refused' && detail === GIVEN_UP);
};

/** Whether anybody has ever said so. */
const isDisputed = (item: Item): boolean => isUnsent(item) || item[GIVEN_UP_AT] !== undefined;

/**
 * Keeps the place that a message fills under the caps in step with its claim. It follows from the claim alone, so it ends
 * in the same in whatever order things are heard; and is asked for again by whoever hears something again.
 * @param claim as it was found, or is by now
 */
export const settlePlace = async (
  { client, table }: { readonly client: DynamoDBClient; readonly table: string },
  { key, item }: FoundClaim,
): Promise<void> => {
  // Alerts and digests fill no place, nor does most that is heard of messages change any.
  if (typeof item.message !== 'string' || !isDisputed(item)) return;
  const id = key.sort.slice(MAIL_PREFIX.length);
  const next = isUnsent(item) ? withUnsentAfterAll : withSentAfterAll;
  await tallyStore({ client, table }).reckon(memberOf(key.partition), (tally) => ({
    tally: next(tally, id),
    result: undefined,
  }));
  // Somebody else may have heard more of it meanwhile, and have settled it before.
  const { Item } = await client.send(
    new GetItemCommand({ TableName: table, Key: claimItem(key), ConsistentRead: true }),
  );
  const now = Item && unmarshall(Item);
  if (now && isUnsent(now) !== isUnsent(item)) await settlePlace({ client, table }, { key, item: now });
};
