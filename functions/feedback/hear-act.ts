import type { ActivityEvent } from '../../events/envelope.ts';
import type { MailReport } from '../../events/mail-report.ts';
import { type Act, actKey, bareLink, isWayOut } from '../../shared/mailing/following/acts.ts';
import { followedEvent } from '../../shared/mailing/following/followed-events.ts';
import type { Acts } from '../../shared/mailing/following/followed-letter.ts';
import { humanActs, isMachine } from '../../shared/mailing/following/human.ts';

export type ActDeps = {
  /** Whether the member had agreed to be followed at that instant (epoch ms), and has not taken it back. */
  readonly hadAgreed: (member: string, at: number) => Promise<boolean>;
  /** A short text that stands for a link, and from which it cannot be read. */
  readonly linkName: (link: string) => string;
  /** Hands an event to whoever scores. Throws where it may not be there. */
  readonly tell: (event: ActivityEvent) => Promise<void>;
};

/** `early`: it must come again, to be judged beside what is heard meanwhile. */
export type ActHeard = { readonly kind: 'early' } | { readonly kind: 'done'; readonly metric: string };

const metrics = {
  open: { human: 'MailsOpened', machine: 'MailsOpenedByMachines' },
  click: { human: 'MailsClicked', machine: 'MailsClickedByMachines' },
} as const;

const earliest = (acts: readonly Act[]): Act | undefined =>
  acts.reduce<Act | undefined>((first, act) => (first && first.at <= act.at ? first : act), undefined);

const isSameThing = (act: Act, other: Act): boolean =>
  act.kind === 'open' ? other.kind === 'open' : other.kind === 'click' && other.link === act.link;

/** A mail, by the tag that it was sent with. */
export type TaggedMail = Acts & { readonly tag: string };

/**
 * Takes down that a mail was opened or a link in it followed: nothing at all where its reader has not agreed to that, and
 * nothing by machines. Each report of an act goes back to the queue once, and is judged when it comes again: by then all
 * that happened around it has been heard of, so their order makes no difference. What a person did first is an event of
 * theirs.
 */
export const hearAct = ({ hadAgreed, linkName, tell }: ActDeps) => {
  const done = (metric: string): ActHeard => ({ kind: 'done', metric });
  return async (
    { open, click, at: sentAt }: Pick<MailReport, 'open' | 'click' | 'at'>,
    { tag, letter, noteAct }: TaggedMail,
    isAgain: boolean,
  ): Promise<ActHeard | undefined> => {
    const seen = click ?? open;
    if (!seen || (click && isWayOut(click.link))) return undefined;
    const act: Act = click
      ? { kind: 'click', at: click.timestamp, link: linkName(click.link) }
      : { kind: 'open', at: seen.timestamp };
    const { human, machine } = metrics[act.kind];
    if (isMachine(seen.userAgent)) return done(machine);
    if (!letter || !(await hadAgreed(letter.member, act.at))) return done('MailsFollowedUnasked');

    const isNew = !letter.acts.some((one) => actKey(one) === actKey(act)) && (await noteAct(act));
    if (!isAgain || isNew) return { kind: 'early' };
    const humans = humanActs(letter.acts, letter.deliveredAt ?? sentAt);
    if (!humans.some((one) => actKey(one) === actKey(act))) return done(machine);
    const same = earliest(humans.filter((one) => isSameThing(act, one))) ?? act;
    await tell(followedEvent({ tag, ...letter }, same, click && bareLink(click.link)));
    return done(human);
  };
};
