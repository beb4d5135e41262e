import type { Move, SendDigest } from '../../events/effect.ts';
import { EffectMessage } from '../../events/effect.ts';
import { unreachable } from '../../shared/kernel/unreachable.ts';
import type { Count } from '../../shared/lambda/metrics.ts';
import type { BatchWork, QueueRecord } from '../../shared/lambda/queue-handler.ts';
import { armsFor, type Draw } from '../../shared/mailing/measuring/draw.ts';
import { type Arms, trialsOf } from '../../shared/mailing/measuring/trials.ts';
import { type Sent, sendOnce } from '../../shared/mailing/send-once.ts';
import { sentMetrics } from '../../shared/mailing/sent-metrics.ts';
import { type ForgetDeps, type Forgotten, forgetErased } from './forget-erased.ts';
import { waitsNoMore } from './may-go.ts';
import { type PrepareDeps, prepareMail, type ToMember } from './prepare-mail.ts';
import { type DigestSending, sendDigest } from './send-digest.ts';

/** Which mail: the effect that asks for it, of the member. */
type MailKey = {
  readonly member: string;
  readonly effect: string;
  readonly asked?: ToMember;
  readonly arms?: Arms;
};

export type DeliverDeps = PrepareDeps &
  DigestSending &
  ForgetDeps & {
    readonly mails: Parameters<typeof sendOnce<MailKey>>[0];
    /** What a digest that waits was asked for by; undefined where it waits no more. */
    readonly heldDigest: (key: { readonly owner: string; readonly run: number }) => Promise<SendDigest | undefined>;
    /** What a mail that waits was asked for by; undefined where it waits no more. */
    readonly heldEffect: (key: MailKey) => Promise<ToMember | undefined>;
    readonly draw: Draw;
    /** Moves the member in the lists by stage, as told at an instant (epoch ms). */
    readonly move: (move: Move, toldAt: number) => Promise<void>;
    /** A message that was counted for a member was not sent. */
    readonly giveBack: (member: string, id: string) => Promise<void>;
    /** Counts mails that SES took. */
    readonly countSent: (mails: number) => Promise<void>;
    readonly count: Count;
  };

/** Whether the effect is done with. What is certainly not sent yet, or held by another, comes back. */
const isDone = ({ kind }: Sent): boolean => kind !== 'later' && kind !== 'busy';

/** What is drawn for the member where the message is measured: the same again, however often it is asked for. */
const armsOf = async ({ draw, modelVersion }: DeliverDeps, effect: ToMember): Promise<Arms> => {
  if (effect.kind === 'alert') return {};
  const published = await modelVersion(effect.model);
  return published ? armsFor(draw, trialsOf(published.model, effect.message), effect.firstId ?? effect.member) : {};
};

const deliverOne = (deps: DeliverDeps, onSent: () => void) => {
  const giveBack = async ({ member, effect, asked }: MailKey): Promise<void> => {
    if (asked?.kind === 'message') await deps.giveBack(member, effect);
  };
  const send = sendOnce({ ...deps.mails, giveBack });
  const sendList = sendDigest(deps);
  const ended = (sent: Sent): boolean => {
    deps.count(sentMetrics[sent.kind], 1);
    if (sent.kind === 'sent') onSent();
    return isDone(sent);
  };
  const mail = async (effect: ToMember, waited = false): Promise<boolean> => {
    const { member, id } = effect;
    const arms = await armsOf(deps, effect);
    const sent = await send({ member, effect: id, asked: effect, arms }, () => prepareMail(deps, effect, arms));
    if (effect.kind === 'message' && waited && sent.kind === 'skipped') await waitsNoMore(deps, effect);
    return ended(sent);
  };
  return async (effect: EffectMessage): Promise<boolean> => {
    switch (effect.kind) {
      case 'move':
        await deps.move(effect, deps.now());
        return true;
      case 'message':
      case 'alert':
        return mail(effect);
      case 'digest':
        return ended(await sendList(effect));
      case 'held-digest': {
        const asked = await deps.heldDigest(effect);
        return asked === undefined || ended(await sendList(asked));
      }
      case 'held': {
        const asked = await deps.heldEffect({ member: effect.member, effect: effect.id });
        return asked === undefined || mail(asked, true);
      }
      default:
        return unreachable(effect);
    }
  };
};

const whom = (effect: EffectMessage): string =>
  'owner' in effect ? JSON.stringify([effect.owner]) : JSON.stringify(effect.member);

/** Throws without a word of what stands there. */
const effectIn = ({ body }: QueueRecord): EffectMessage => {
  try {
    return EffectMessage.parse(JSON.parse(body));
  } catch {
    throw new TypeError('The message holds no effect');
  }
};

/**
 * Carries out effects: moves members in the lists by stage, sends the messages of stages to members and alerts to
 * owners. An effect that comes twice is carried out once; each fails alone. The members' effects run side by side,
 * those of one member in turn.
 */
export const deliver = (deps: DeliverDeps): BatchWork => {
  /** The mails of the batch are sent, whatever becomes of counting them. */
  const counted = async (sent: number): Promise<void> => {
    try {
      if (sent > 0) await deps.countSent(sent);
    } catch (error) {
      deps.onError(error);
    }
  };
  return async (records) => {
    const failed = new Set<string>();
    let sent = 0;
    const carryOut = deliverOne(deps, () => {
      sent += 1;
    });
    const read = records.flatMap((record) => {
      try {
        return [{ record, effect: effectIn(record) }];
      } catch (error) {
        deps.onError(error);
        failed.add(record.messageId);
        return [];
      }
    });
    const forget = async (some: typeof read): Promise<Forgotten> => {
      const forgotten = await forgetErased(
        deps,
        some.map(({ effect }) => effect),
      );
      for (const { record, effect } of some) if (forgotten.unsure.has(effect)) failed.add(record.messageId);
      return forgotten;
    };
    const { gone, unsure } = await forget(read);
    const living = read.filter(({ effect }) => !gone.has(effect) && !unsure.has(effect));
    const byMember = [...Map.groupBy(living, ({ effect }) => whom(effect)).values()];
    await Promise.all(
      byMember.map(async (its) => {
        for (const { record, effect } of its) {
          try {
            if (!(await carryOut(effect))) failed.add(record.messageId);
          } catch (error) {
            deps.onError(error);
            failed.add(record.messageId);
          }
        }
      }),
    );
    await counted(sent);
    await forget(living.filter(({ record }) => !failed.has(record.messageId)));
    return failed;
  };
};
