import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { RaiseAlert, SendMessage } from '../../events/effect.ts';
import type { Arms } from '../mailing/measuring/trials.ts';
import type { Claims } from '../mailing/send-once.ts';
import { ClaimRow, claimItem, isOpen } from './claim-key.ts';
import { type ClaimTools, claims } from './claims.ts';
import { mailKey, memberKey } from './keys.ts';

const Asked = z.discriminatedUnion('kind', [SendMessage, RaiseAlert]);
type Asked = z.infer<typeof Asked>;

/** A mail that a member's effect asks for; with the effect, it can wait for its time. `arms`: what was drawn for the member. */
export type MailKey = {
  readonly member: string;
  readonly effect: string;
  readonly asked?: Asked;
  readonly arms?: Arms;
};

const HeldRow = ClaimRow.extend({ asked: z.string().optional() });

const keyOf = ({ member, effect }: MailKey) => ({ partition: memberKey(member), sort: mailKey(effect) });

/** The mails of effects, each an item beside the member's record: so one query exports them, one erasure removes them. */
export const mailStore = (tools: ClaimTools): Claims<MailKey> => {
  const { claim, mark, hold } = claims(tools);
  return {
    claim: (key) => {
      const { asked, arms } = key;
      const message = asked?.kind === 'message' ? { message: asked.message } : {};
      return claim(keyOf(key), { ...message, ...(arms ? { arms } : {}) });
    },
    mark: (key, ...rest) => mark(keyOf(key), ...rest),
    hold: (key, token, until) => hold(keyOf(key), token, { ...until, asked: JSON.stringify(key.asked ?? null) }),
  };
};

/** What a mail that waits, or has waited, was asked for by. */
export const heldMails =
  ({ client, table }: Pick<ClaimTools, 'client' | 'table'>) =>
  /** Undefined where it has come to an end. */
  async (key: MailKey): Promise<Asked | undefined> => {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key: claimItem(keyOf(key)), ConsistentRead: true }),
    );
    const { state, asked } = Item ? HeldRow.parse(unmarshall(Item)) : {};
    return isOpen(state) && asked !== undefined ? Asked.parse(JSON.parse(asked)) : undefined;
  };
