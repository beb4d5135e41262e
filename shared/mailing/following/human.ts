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

/**
 * What of all that was done with a mail was done by a person, as far as that can be told.
 * @param arrivedAt when it got to the mailbox, or else when it was sent, epoch ms
 */
export const humanActs = (acts: readonly Act[], arrivedAt: number): readonly Act[] =>
  acts.filter((act) => {
    if (act.at - arrivedAt < SCANNED) return false;
    if (act.kind === 'open') return true;
    return !acts.some(
      (other) => other.kind === 'click' && other.link !== act.link && Math.abs(other.at - act.at) < AT_ONCE,
    );
  });
