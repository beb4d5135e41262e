import { type DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Arms } from '../mailing/measuring/trials.ts';
import type { Claim, Claims } from '../mailing/send-once.ts';
import { expiring, NO_END } from './claim-expiry.ts';
import { type ClaimKey, ClaimRow, claimItem, tagOf, waitNames, waitRemoved } from './claim-key.ts';
import { held } from './held.ts';
import { DOUBT_INDEX, dueShardOf, HELD, IN_DOUBT, TAG_INDEX } from './keys.ts';

export type ClaimTools = {
  readonly client: DynamoDBClient;
  readonly table: string;
  /** Epoch ms. */
  readonly now: () => number;
  /** A value that nobody else ever holds: one for each try, so that a late answer cannot pass for another's. */
  readonly newToken: () => string;
};

/**
 * Whoever has not said within this time what became of their claim is dead or cut off, ms. Longer than any function
 * that sends may run, shorter than the time after which the queue hands the message out again.
 */
export const LOST_AFTER = 5 * 60_000;

const names = { '#state': 'state', '#token': 'token', '#at': 'at' };
const doubt = { '#doubt': DOUBT_INDEX.partition };

/** What is noted in the same write as the claim, before anything can have come of it. */
type Note = {
  readonly message?: string;
  /** What was drawn for the member. */
  readonly arms?: Arms;
};

type TableClaims = Claims<ClaimKey> & {
  readonly claim: (key: ClaimKey, note?: Note) => Promise<Claim>;
};

/** Claims of mails in a table: who may send, and what became of it. One item each; its condition decides. */
export const claims = ({ client, table, now, newToken }: ClaimTools): TableClaims => {
  const read = async (key: ClaimKey) => {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key: claimItem(key), ConsistentRead: true }),
    );
    return Item && ClaimRow.parse(unmarshall(Item));
  };

  /** Why the claim could not be had. */
  const taken = async (key: ClaimKey): Promise<Claim> => {
    const row = await read(key);
    if (!row || row.state === 'released' || row.state === 'held') return { kind: 'busy' };
    if (row.state !== 'claimed') return { kind: 'settled' };
    const old = now() - LOST_AFTER;
    if (row.at > old) return { kind: 'busy' };
    const lost = await held(
      client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: claimItem(key),
          UpdateExpression: `SET #state = :unknown, #detail = :detail, #doubt = :doubt REMOVE ${waitRemoved}`,
          ConditionExpression: '#state = :claimed AND #at <= :old',
          ExpressionAttributeNames: {
            '#state': 'state',
            '#at': 'at',
            '#detail': 'detail',
            ...doubt,
            ...waitNames,
          },
          ExpressionAttributeValues: marshall({
            ':unknown': 'unknown',
            ':doubt': IN_DOUBT,
            ':detail': 'no-word-of-it',
            ':claimed': 'claimed',
            ':old': old,
          }),
        }),
      ),
    );
    return { kind: lost ? 'lost' : 'busy' };
  };

  const claim = async (key: ClaimKey, { message, arms = {} }: Note = {}): Promise<Claim> => {
    const token = newToken();
    const tag = tagOf(key);
    const drawn = Object.keys(arms).length > 0;
    const noted = `${message === undefined ? '' : ', #message = :message'}${drawn ? ', #arms = :arms, #drawnAt = :at' : ''}`;
    // The SDK may repeat the call when an answer is lost: the same token finds its own claim.
    const mine = await held(
      client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: claimItem(key),
          UpdateExpression: `SET #state = :claimed, #token = :token, #at = :at, #tag = :tag${noted} REMOVE #doubt`,
          ConditionExpression:
            'attribute_not_exists(#state) OR #state = :released OR #state = :held OR (#state = :claimed AND #token = :token)',
          ExpressionAttributeNames: {
            ...names,
            ...doubt,
            '#tag': TAG_INDEX.partition,
            ...(message === undefined ? {} : { '#message': 'message' }),
            ...(drawn ? { '#arms': 'arms', '#drawnAt': 'drawnAt' } : {}),
          },
          ExpressionAttributeValues: marshall({
            ':tag': tag,
            ':claimed': 'claimed',
            ':released': 'released',
            ':held': 'held',
            ':token': token,
            ':at': now(),
            ...(message === undefined ? {} : { ':message': message }),
            ...(drawn ? { ':arms': arms } : {}),
          }),
        }),
      ),
    );
    return mine ? { kind: 'mine', token, tag } : taken(key);
  };

  return {
    claim,

    async hold(key, token, { until, why, asked = '' }) {
      // Not held: it was lost meanwhile, or the record was erased. So it stays.
      await held(
        client.send(
          new UpdateItemCommand({
            TableName: table,
            Key: claimItem(key),
            UpdateExpression:
              'SET #state = :held, #detail = :why, #at = :at, #doubt = :doubt, #dueShard = :shard, #dueAt = :until, #asked = :asked',
            ConditionExpression: '#token = :token AND #state = :claimed',
            ExpressionAttributeNames: { ...names, ...doubt, ...waitNames, '#detail': 'detail' },
            ExpressionAttributeValues: marshall({
              ':held': 'held',
              ':why': why,
              ':at': now(),
              ':doubt': HELD,
              ':shard': dueShardOf(key.partition),
              ':until': until,
              ':asked': asked,
              ':token': token,
              ':claimed': 'claimed',
            }),
          }),
        ),
      );
    },

    async mark(key, token, state, detail, to) {
      const unknown = state === 'unknown';
      // What has come to an end is not asked for any more: a digest's list of people goes with it.
      const removed = [...(unknown ? [] : ['#doubt']), ...(state === 'released' ? [] : [waitRemoved])];
      const at = now();
      const expiry = unknown || state === 'released' ? NO_END : expiring(key, at);
      // One that was lost stays unknown rather than being released: nobody may be left to try it again.
      const open = state === 'released' ? '#state = :claimed' : '(#state = :claimed OR #state = :unknown)';
      // Not held: SES or a person has said meanwhile what became of it, or the record was erased. So it stays.
      await held(
        client.send(
          new UpdateItemCommand({
            TableName: table,
            Key: claimItem(key),
            UpdateExpression: `SET #state = :state, #detail = :detail, #at = :at${unknown ? ', #doubt = :doubt' : ''}${to === undefined ? '' : ', #to = :to'}${expiry.set} REMOVE ${removed.join(', ')}`,
            ConditionExpression: `#token = :token AND ${open}`,
            ExpressionAttributeNames: {
              ...names,
              ...doubt,
              '#detail': 'detail',
              ...(state === 'released' ? {} : waitNames),
              ...(to === undefined ? {} : { '#to': 'to' }),
              ...expiry.names,
            },
            ExpressionAttributeValues: marshall({
              ...(to === undefined ? {} : { ':to': to }),
              ':state': state,
              ':detail': detail,
              ':token': token,
              ':at': at,
              ...expiry.values,
              ':claimed': 'claimed',
              ...(state === 'released' ? {} : { ':unknown': 'unknown' }),
              ...(unknown ? { ':doubt': IN_DOUBT } : {}),
            }),
          }),
        ),
      );
    },
  };
};
