import { escapeHtml } from './html.ts';
import type { MailLinks } from './mail-links.ts';

/** What SES takes for "leave this link alone". Source: https://docs.aws.amazon.com/ses/latest/dg/faqs-metrics.html */
const NO_TRACK = 'ses:no-track';

/**
 * The HTML of a mail whose reader may be followed, in which the ways out are not: who leaves is not watched leaving, and a
 * link that acts for somebody is nobody else's to know.
 */
export const withUntrackedLinks = (html: string, { preferences, unsubscribe }: MailLinks): string =>
  [preferences, ...(unsubscribe === undefined ? [] : [unsubscribe])].reduce((marked, url) => {
    const href = `href="${escapeHtml(url)}"`;
    return marked.replaceAll(href, `${NO_TRACK} ${href}`);
  }, html);
