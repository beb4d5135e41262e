import type { Mail, MailFilter, MailHead } from '../mail/mail-store.ts';
import { type Html, html } from './html.ts';
import { followings, linksIn, type Outcomes, outcomes } from './outcomes.ts';

export const PAGE_SIZE = 50;

/** An instant, epoch ms, as the reader's own clock would show it. `zone` is the reader's time zone. */
const timeOf = (at: number, zone: string): Html => {
  const shown = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: zone }).format(
    at,
  );
  return html`<time datetime="${new Date(at).toISOString()}">${shown}</time>`;
};

const page = (title: string, content: Html): string =>
  html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="/style.css">
<link rel="icon" href="data:,">
<a class="skip" href="#content">Skip to the content</a>
<header><p>Polku’s local mailbox <span class="where">nothing here has left this machine</span></p></header>
<main id="content">${content}</main>
</html>`.markup;

const recipients = ({ to, cc, bcc }: MailHead): string => [...to, ...cc, ...bcc].join(', ');

const entry = (mail: MailHead, zone: string): Html =>
  html`<li><a href="/mail/${mail.id}"><span class="subject">${mail.subject || '(no subject)'}</span>
<span class="to">to ${recipients(mail)}</span>${timeOf(mail.at, zone)}</a></li>
`;

const addressOf = ({ to, subject }: MailFilter, number: number): string =>
  `/?${new URLSearchParams({ ...(to ? { to } : {}), ...(subject ? { subject } : {}), page: String(number) })}`;

const nothing = (filter: MailFilter): Html =>
  filter.to || filter.subject
    ? html`<p class="note">No mail fits. <a href="/">Show all mails</a>.</p>`
    : html`<p class="note">No mail has been sent yet. When Polku writes to a member or to the staff, it lands here.</p>`;

export type ListPage = {
  readonly mails: readonly MailHead[];
  readonly total: number;
  readonly filter: MailFilter;
  /** From 1. */
  readonly number: number;
  readonly zone: string;
};

export const listPage = ({ mails, total, filter, number, zone }: ListPage): string => {
  const pages = Math.max(1, Math.ceil(total / PAGE_SIZE));
  const newer = number > 1 ? html`<a href="${addressOf(filter, number - 1)}" rel="prev">Newer</a>` : undefined;
  const older = number < pages ? html`<a href="${addressOf(filter, number + 1)}" rel="next">Older</a>` : undefined;
  const list = html`<ol class="mails">${mails.map((mail) => entry(mail, zone))}</ol>`;
  return page(
    `Mails (${total})`,
    html`<h1>${total === 1 ? '1 mail' : `${total} mails`}</h1>
<form method="get" action="/" role="search">
<label>To <input name="to" value="${filter.to}" autocomplete="off" spellcheck="false"></label>
<label>Subject <input name="subject" value="${filter.subject}" autocomplete="off"></label>
<button>Show</button>
</form>
${mails.length > 0 ? list : nothing(filter)}
<nav aria-label="Pages">${newer}${pages > 1 ? html`<span class="note">Page ${number} of ${pages}</span>` : undefined}${older}</nav>`,
  );
};

const row = (term: string, detail: string | Html): Html | undefined =>
  detail === '' ? undefined : html`<dt>${term}</dt><dd>${detail}</dd>`;

const button = ({ kind, says }: { readonly kind: string; readonly says: string }): Html =>
  html`<button name="kind" value="${kind}">${says}</button>
`;

const told = (news: 'yes' | 'no' | undefined): Html | undefined => {
  if (news === undefined) return undefined;
  return news === 'yes'
    ? html`<p class="said" role="status">SES has reported it. What follows from it shows in a moment: an open or a click counts after some minutes, or at once when the clock is moved (<code>npm run polku -- clock +5m</code>).</p>`
    : html`<p class="said" role="status">Nothing was reported: SES tells nobody of that for this mail.</p>`;
};

/** Buttons by which a reader lets something become of a mail. */
const outcomesPart = (mail: Mail, { isFollowed }: Outcomes, news: 'yes' | 'no' | undefined): Html => {
  const links = linksIn(mail).map((link) => html`<option>${link}</option>`);
  const following =
    links.length > 0
      ? html`<label>Link <select name="link">${links}</select></label>${followings.map(button)}`
      : html`${followings.filter(({ kind }) => kind === 'opened').map(button)}`;
  return html`<h2 id="became">What becomes of it</h2>
${told(news)}
<p class="note">Here SES does what you say, as if the mailbox of the reader had done it.</p>
<form method="post" action="/mail/${mail.id}/happen">${outcomes.map(button)}</form>
${
  isFollowed(mail)
    ? html`<form method="post" action="/mail/${mail.id}/happen">${following}</form>
<p class="note">Whatever opens a mail within a minute of its delivery is taken for a machine.</p>`
    : html`<p class="note">Its reader has not agreed to be followed, or nobody is: SES does not tell of opens and clicks.</p>`
}`;
};

export type MailPage = {
  readonly zone: string;
  readonly outcomes: Outcomes | undefined;
  /** Whether what the reader has just asked for was reported. */
  readonly told: 'yes' | 'no' | undefined;
};

export const mailPage = (mail: Mail, { zone, outcomes: letting, told: news }: MailPage): string => {
  const tags = Object.entries(mail.tags).map(([name, value]) => `${name}: ${value}`);
  const unsubscribe = mail.headers['list-unsubscribe'];
  const lists = {
    To: mail.to,
    Cc: mail.cc,
    Bcc: mail.bcc,
    'Reply to': mail.replyTo,
    Unsubscribe: unsubscribe === undefined ? [] : [unsubscribe],
    Tags: tags,
  };
  return page(
    mail.subject || '(no subject)',
    html`<nav aria-label="Way back"><a href="/">All mails</a></nav>
<h1>${mail.subject || '(no subject)'}</h1>
<dl>${row('From', mail.from)}${Object.entries(lists).flatMap(([term, list]) => row(term, list.join(', ')) ?? [])}
${row('Sent', timeOf(mail.at, zone))}</dl>
${letting && !('preview' in mail.tags) ? outcomesPart(mail, letting, news) : undefined}
${mail.html === undefined ? undefined : html`<h2>As HTML</h2><iframe src="/mail/${mail.id}/body" sandbox title="The mail as HTML"></iframe>`}
${mail.text === undefined ? undefined : html`<h2>As plain text</h2><pre tabindex="0">${mail.text}</pre>`}`,
  );
};

export const missingPage = (): string =>
  page('Not found', html`<h1>There is no such page</h1><p><a href="/">Show all mails</a></p>`);
