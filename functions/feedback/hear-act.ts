import type { MailReport } from '../../events/mail-report.ts';
import { type Act, actKey, bareLink, isWayOut } from '../../shared/mailing/following/acts.ts';
import type { Acts } from '../../shared/mailing/following/followed-letter.ts';
import { humanActs, isMachine } from '../../shared/mailing/following/human.ts';
import { type SettleDeps, settleActs } from './settle-acts.ts';

export type ActDeps = SettleDeps & {
  /** Whether the member had agreed to be followed at that instant (epoch ms), and has not taken it back. */
  readonly hadAgreed: (member: string, at: number) => Promise<boolean>;
  /** A short text that stands for a link, and from which it cannot be read. */
  readonly linkName: (link: string) => string;
};

/** `early`: it must come again, to be judged beside what is heard meanwhile. */
export type ActHeard = { readonly kind: 'early' } | { readonly kind: 'done'; readonly metric: string };

const metrics = {
  open: { human: 'MailsOpened', machine: 'MailsOpenedByMachines' },
  click: { human: 'MailsClicked', machine: 'MailsClickedByMachines' },
} as const;

const UNASKED = 'MailsFollowedUnasked';

/** A mail, by the tag that it was sent with. */
export type TaggedMail = Acts & { readonly tag: string };

/**
 * Takes down that a mail was opened or a link in it followed: nothing at all where its reader has not agreed to that, and
 * nothing by machines. Each report of an act goes back to the queue once, and is judged when it comes again: by then
 * nearly all that happened around it has been heard of. What a person did first is an event of theirs; what turns out
 * later to be a machine's is taken back.
 */
export const hearAct = (deps: ActDeps) => {
  const { hadAgreed, linkName } = deps;
  const settle = settleActs(deps);
  const done = (metric: string): ActHeard => ({ kind: 'done', metric });
  return async (
    { open, click, at: sentAt }: Pick<MailReport, 'open' | 'click' | 'at'>,
    mail: TaggedMail,
    isAgain: boolean,
  ): Promise<ActHeard | undefined> => {
    const { letter, noteAct } = mail;
    const seen = click ?? open;
    if (!seen || (click && isWayOut(click.link))) return undefined;
    const act: Act = click
      ? { kind: 'click', at: click.timestamp, link: linkName(click.link) }
      : { kind: 'open', at: seen.timestamp };
    const { human, machine } = metrics[act.kind];
    if (isMachine(seen.userAgent)) return done(machine);
    if (!letter) return done(UNASKED);

    const agreed = await hadAgreed(letter.member, act.at);
    const isKnown = letter.acts.some((one) => actKey(one) === actKey(act));
    if (!isKnown && !agreed) return done(UNASKED);
    const isNew = !isKnown && (await noteAct(act));
    if (agreed && (!isAgain || isNew)) return { kind: 'early' };
    const persons = humanActs(letter.acts, letter.deliveredAt ?? sentAt);
    const isPersons = persons.some((one) => actKey(one) === actKey(act));
    const asked = agreed && isPersons ? { asked: { act, link: click && bareLink(click.link) } } : {};
    await settle({ ...mail, letter, sentAt, ...asked, agreed: () => agreed });
    if (!agreed) return done(UNASKED);
    return done(isPersons ? human : machine);
  };
};

/** A mail has arrived: what was done with it before or soon after was done by machines, also where it has been told. */
export const hearArrival = (deps: ActDeps) => {
  const settle = settleActs(deps);
  return async (mail: Pick<TaggedMail, 'tag' | 'letter' | 'noteTold'>, sentAt: number): Promise<void> => {
    const { letter } = mail;
    if (!letter || letter.told.length === 0) return;
    await settle({ ...mail, letter, sentAt, agreed: (at) => deps.hadAgreed(letter.member, at) });
  };
};
