import type { ActivityEvent } from '../../events/envelope.ts';
import { actKey } from '../../shared/mailing/following/acts.ts';
import { followedEvent, takenBack } from '../../shared/mailing/following/followed-events.ts';
import type { Acts, FollowedLetter } from '../../shared/mailing/following/followed-letter.ts';
import { humanActs } from '../../shared/mailing/following/human.ts';
import { settlement, type Told, tellingKey } from '../../shared/mailing/following/tellings.ts';

export type SettleDeps = {
  /** Hands events to whoever scores. Throws where they may not be there. */
  readonly tell: (events: readonly ActivityEvent[]) => Promise<void>;
};

export type Unsettled = Pick<Acts, 'noteTold'> & {
  readonly tag: string;
  readonly letter: FollowedLetter;
  /** When SES took it, epoch ms. */
  readonly sentAt: number;
  /** An act that was reported, and is a person's by what is known of it. */
  readonly asked?: Pick<Told, 'act' | 'link'>;
  /** Whether the member had agreed to be followed at that instant (epoch ms), and has not taken it back. */
  readonly agreed: (at: number) => boolean | Promise<boolean>;
};

/** What is to be done; of whoever does not agree (any more) nothing is told, and taken back is what a machine did. */
const due = async ({ letter, sentAt, asked, agreed }: Unsettled) => {
  const arrivedAt = letter.deliveredAt ?? sentAt;
  const { tell, takeBack } = settlement(letter, arrivedAt, asked);
  const [first] = tell;
  if (first === undefined || (await agreed(first.act.at))) return { tell, takeBack };
  const persons = new Set(humanActs(letter.acts, arrivedAt).map(actKey));
  return { tell: [], takeBack: takeBack.filter(({ act }) => !persons.has(actKey(act))) };
};

/**
 * Brings what the ledger is told of a mail in line with what was done with it. What it will be told is noted first; what
 * others have noted meanwhile is seen in the answer. So of two that hear of different acts at once, one at least knows of
 * both, and of what the other has told.
 */
export const settleActs =
  ({ tell }: SettleDeps) =>
  async (unsettled: Unsettled): Promise<void> => {
    const { tag, noteTold } = unsettled;
    for (let letter: FollowedLetter | undefined = unsettled.letter; letter; ) {
      const to = await due({ ...unsettled, letter });
      const noted = new Set(letter.told.map(tellingKey));
      const fresh = to.tell.filter((one) => !noted.has(tellingKey(one)));
      if (fresh.length === 0) {
        const mail = { tag, ...letter };
        const events = [
          ...to.takeBack.map((one) => takenBack(mail, one)),
          ...to.tell.map((one) => followedEvent(mail, one)),
        ];
        if (events.length > 0) await tell(events);
        return;
      }
      letter = await noteTold(fresh);
    }
  };
