import { isbot } from 'isbot';
import type { Act } from './acts.ts';

/**
 * Gateways that look at mails before their readers do, and that the kept list (isbot) does not know; and a browser named
 * twice, as one of them does. Source: https://github.com/jdavidbakr/mail-tracker/issues/255
 */
const gateway =
  /barracuda|mimecast|proofpoint|trendmicro|sophos|symantec|messagelabs|forcepoint|Mozilla\/5\.0.*Mozilla\/5\.0/i;

/**
 * Whether a program says of itself that it is no reader. Whatever says nothing is none. So are the mailboxes that fetch
 * pictures for their readers, since they do so unasked.
 */
export const isMachine = (userAgent: string | null | undefined): boolean =>
  !userAgent || isbot(userAgent) || gateway.test(userAgent);

/** So soon after a mail has arrived it is looked at by scanners, ms. */
const SCANNED = 60_000;
/** Nobody follows two links so soon one after the other, ms; whoever tries all links of a mail does. */
const AT_ONCE = 5_000;

type Click = Extract<Act, { readonly kind: 'click' }>;

/** Of clicks those that were made while another link was followed too: somebody tries them all. */
const tries = (clicks: readonly Click[]): readonly Click[] =>
  clicks.filter((act) => clicks.some(({ link, at }) => link !== act.link && Math.abs(at - act.at) < AT_ONCE));

/**
 * What of all that was done with a mail was done by a person, as far as that can be told. Whoever tries all links is a
 * machine whenever it does so, and fetches the pictures as well.
 * @param arrivedAt when it got to the mailbox, or else when it was sent, epoch ms
 */
export const humanActs = (acts: readonly Act[], arrivedAt: number): readonly Act[] => {
  const tried = tries(acts.filter((act) => act.kind === 'click'));
  return acts.filter((act) => {
    if (act.at - arrivedAt < SCANNED) return false;
    if (act.kind === 'click') return !tried.includes(act);
    return !tried.some(({ at }) => Math.abs(at - act.at) < AT_ONCE);
  });
};

/** When a person first opened a mail, and first followed a link in it: epoch ms, by all that was ever heard of it. */
export type FirstActs = { readonly opened?: number; readonly clicked?: number };

/** @param arrivedAt as above */
export const firstActs = (acts: readonly Act[], arrivedAt: number): FirstActs => {
  const humans = humanActs(acts, arrivedAt);
  const first = (kind: Act['kind']) => Math.min(...humans.flatMap((act) => (act.kind === kind ? [act.at] : [])));
  const [opened, clicked] = [first('open'), first('click')];
  return {
    ...(Number.isFinite(opened) ? { opened } : {}),
    ...(Number.isFinite(clicked) ? { clicked } : {}),
  };
};
