import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import type { MailStore } from '../mail/mail-store.ts';
import type { Outcomes } from './outcomes.ts';
import { listPage, mailPage, missingPage, PAGE_SIZE } from './pages.ts';
import { STYLE } from './style.ts';

/** Nothing but the mailbox's own style sheet and its frame; the mail in the frame gets its styles and nothing else. */
const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; frame-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const BODY_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox";

const Query = z.object({
  to: z.string().default(''),
  subject: z.string().default(''),
  page: z.coerce.number().int().min(1).catch(1),
  limit: z.coerce.number().int().min(1).optional().catch(undefined),
  offset: z.coerce.number().int().min(0).catch(0),
  told: z.enum(['yes', 'no']).optional().catch(undefined),
});

type Answer = { readonly status?: number; readonly type: string; readonly body: string; readonly policy?: string };

const page = (body: string, status = 200): Answer => ({ status, type: 'text/html; charset=utf-8', body });
const json = (value: unknown, status = 200): Answer => ({
  status,
  type: 'application/json',
  body: JSON.stringify(value),
});

export type MailboxOptions = {
  readonly store: MailStore;
  readonly zone: string;
  /** Left out, nothing can be let become of a mail. */
  readonly outcomes?: Outcomes;
};

const answerTo = (address: URL, { store, zone, outcomes }: MailboxOptions): Answer => {
  const { to, subject, page: number, limit, offset, told } = Query.parse(Object.fromEntries(address.searchParams));
  const [room = '', id = '', part = ''] = address.pathname.split('/').slice(1);

  if (address.pathname === '/') {
    const filter = { to, subject };
    const mails = store.list({ ...filter, limit: PAGE_SIZE, offset: (number - 1) * PAGE_SIZE });
    return page(listPage({ mails, total: store.count(filter), filter, number, zone }));
  }
  if (address.pathname === '/style.css') return { type: 'text/css; charset=utf-8', body: STYLE };
  if (address.pathname === '/messages') {
    return json({ messages: store.list({ to, subject, offset, ...(limit === undefined ? {} : { limit }) }) });
  }
  const mail = id === '' ? undefined : store.get(id);
  if (room === 'messages' && part === '') return mail ? json(mail) : json({ message: 'Not Found' }, 404);
  if (room === 'mail' && part === '' && mail) return page(mailPage(mail, { zone, outcomes, told }));
  if (room === 'mail' && part === 'body' && mail?.html !== undefined)
    return { ...page(mail.html), policy: BODY_POLICY };
  return page(missingPage(), 404);
};

/** Shows the mails that were sent: pages for people, `/messages` for programs. Reads only. */
export const showMailbox = (request: IncomingMessage, response: ServerResponse, options: MailboxOptions): void => {
  const {
    status = 200,
    type,
    body,
    policy = PAGE_POLICY,
  } = answerTo(new URL(request.url ?? '/', 'http://mailbox'), options);
  response.writeHead(status, {
    'content-type': type,
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  });
  response.end(request.method === 'HEAD' ? undefined : body);
};
