import * as z from 'zod';
import { Happening } from '../mail/happening.ts';
import type { Mail, MailHead, MailStore } from '../mail/mail-store.ts';
import { isFollowed } from '../mail/report.ts';
import type { MailReportBlueprint } from '../template/mail-reports.ts';

/** What the reader of the mailbox may let become of a mail, and what the button says. */
export const outcomes = [
  { kind: 'gone', says: 'Bounce: no such mailbox' },
  { kind: 'full', says: 'Bounce: mailbox full' },
  { kind: 'away', says: 'Out of office' },
  { kind: 'complained', says: 'Call it spam' },
] as const;

/** What is reported only of a mail whose reader has agreed to be followed. */
export const followings = [
  { kind: 'opened', says: 'Open it' },
  { kind: 'clicked', says: 'Follow the link' },
] as const;

const decoded = (text: string): string => text.replaceAll('&amp;', '&').replaceAll('&#39;', "'");

/** The links in a mail that SES would lead over its own address: neither others' schemes nor those marked to be left alone. */
export const linksIn = ({ html = '' }: Pick<Mail, 'html'>): readonly string[] => {
  const anchors = [...html.matchAll(/<a\b[^>]*>/g)].map(([anchor]) => anchor);
  const links = anchors.flatMap((anchor) =>
    anchor.includes('ses:no-track') ? [] : (/\bhref="(https?:[^"]*)"/.exec(anchor)?.[1] ?? []),
  );
  return [...new Set(links.map(decoded))];
};

/** Lets something become of a mail, in SES's place. */
export type Outcomes = {
  readonly isFollowed: (mail: MailHead) => boolean;
  /** Whether it is reported; not where nobody would be told of it. */
  readonly happen: (mail: Mail, asked: Asked) => Promise<boolean>;
};

const Asked = z.object({
  kind: Happening.shape.kind.extract([...outcomes, ...followings].map(({ kind }) => kind)),
  link: z.string().optional(),
});
export type Asked = z.infer<typeof Asked>;

/** What a form asks for; undefined where that is nothing. */
export const askedIn = (form: string): Asked | undefined =>
  Asked.safeParse(Object.fromEntries(new URLSearchParams(form))).data;

export type OutcomeTools = {
  readonly store: Pick<MailStore, 'happen'>;
  readonly destinations: readonly MailReportBlueprint[];
  readonly report: () => Promise<void>;
  /** Epoch ms. */
  readonly now: () => number;
};

export const outcomesOf = ({ store, destinations, report, now }: OutcomeTools): Outcomes => ({
  isFollowed: (mail) => isFollowed(mail, destinations),
  async happen(mail, { kind, link }) {
    const isFollowing = followings.some((one) => one.kind === kind);
    if (isFollowing && !isFollowed(mail, destinations)) return false;
    if (kind === 'clicked' && (link === undefined || !linksIn(mail).includes(link))) return false;
    store.happen(mail.id, { kind, at: now(), ...(kind === 'clicked' ? { link } : {}) });
    await report();
    return true;
  },
});
