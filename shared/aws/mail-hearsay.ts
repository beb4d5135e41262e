import { type DynamoDBClient, UpdateItemCommand, type UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Hearsay } from '../mailing/hearsay.ts';
import type { MailState } from '../mailing/send-once.ts';
import { expiring } from './claim-expiry.ts';
import { ClaimRow, claimItem, fateAttribute, waitNames, waitRemoved } from './claim-key.ts';
import type { FoundClaim } from './claim-of-tag.ts';
import { itemAfter } from './held.ts';
import { DOUBT_INDEX } from './keys.ts';
import { letterIn } from './mail-acts.ts';
import { GIVEN_UP, GIVEN_UP_AT, settlePlace } from './mail-place.ts';

/** Stands where otherwise SES's id of the mail stands. */
const SAID = 'said-to-be-sent';

export type HearsayTools = {
  readonly client: DynamoDBClient;
  readonly table: string;
  /** Epoch ms. */
  readonly now: () => number;
};

/**
 * What is heard of a mail, written to its claim. Each order of hearing it, and each repetition, ends in the same: what SES
 * says holds against everything, a person's word only against doubt.
 */
export const mailHearsay = ({ client, table, now }: HearsayTools, { key, item }: FoundClaim): Hearsay => {
  /**
   * Writes to the claim where the condition holds: what stands there then, undefined where it did not. Either way its
   * place under the caps is settled.
   */
  const written = async (
    write: Pick<
      UpdateItemCommandInput,
      'UpdateExpression' | 'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
    >,
  ): Promise<Record<string, unknown> | undefined> => {
    const command = new UpdateItemCommand({
      TableName: table,
      Key: claimItem(key),
      ReturnValues: 'ALL_NEW',
      ...write,
    });
    const after = await itemAfter(client.send(command));
    await settlePlace({ client, table }, { key, item: after ?? item });
    return after;
  };

  type Note = { readonly state: MailState; readonly detail: string; readonly at: number };
  const note = ({ state, detail, at }: Note, condition: string, values: Record<string, string>) => {
    const expiry = expiring(key, at);
    const givenUp = detail === GIVEN_UP ? { set: ', #givenUp = :at', names: { '#givenUp': GIVEN_UP_AT } } : undefined;
    return written({
      UpdateExpression: `SET #state = :state, #detail = :detail, #at = :at${givenUp?.set ?? ''}${expiry.set} REMOVE #doubt, ${waitRemoved}`,
      ConditionExpression: condition,
      ExpressionAttributeNames: {
        '#state': 'state',
        '#detail': 'detail',
        '#at': 'at',
        '#doubt': DOUBT_INDEX.partition,
        ...waitNames,
        ...givenUp?.names,
        ...expiry.names,
      },
      ExpressionAttributeValues: marshall({
        ...{ ':state': state, ':detail': detail, ':at': at },
        ...expiry.values,
        ...values,
      }),
    });
  };

  return {
    async taken(messageId, at) {
      // May be a moment old: what is settled in it is settled now, and the rest is in the condition of the write.
      const row = ClaimRow.parse(item);
      if (row.state === 'sent' && row.detail !== SAID) {
        await settlePlace({ client, table }, { key, item });
        return 'known';
      }
      const isNews = await note(
        { state: 'sent', detail: messageId, at },
        // Never made anew: what was erased stays erased.
        'attribute_exists(#state) AND (NOT #state = :state OR #detail = :said)',
        { ':said': SAID },
      );
      if (!isNews) return 'known';
      return row.state === 'unknown' ? 'cleared' : 'noted';
    },

    async became(fate, at) {
      const after = await written({
        UpdateExpression: 'SET #fate = :at',
        // The earliest report of it stays, in whatever order they come; what was erased stays erased.
        ConditionExpression: 'attribute_exists(#state) AND (attribute_not_exists(#fate) OR #fate > :at)',
        ExpressionAttributeNames: { '#state': 'state', '#fate': fateAttribute(fate) },
        ExpressionAttributeValues: marshall({ ':at': at }),
      });
      return { heard: after ? 'noted' : 'known', letter: letterIn({ key, item: after ?? item }) };
    },

    async told(sent) {
      const word: Note = sent
        ? { state: 'sent', detail: SAID, at: now() }
        : { state: 'refused', detail: GIVEN_UP, at: now() };
      return (await note(word, '#state = :unknown', { ':unknown': 'unknown' })) ? 'cleared' : 'known';
    },
  };
};
