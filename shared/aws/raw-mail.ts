import MimeNode from 'nodemailer/lib/mime-node';
import { encode, wrap } from 'nodemailer/lib/qp';
import { inAscii } from '../../events/email-address.ts';
import type { Mail, Unsubscribe } from '../mailing/mail.ts';
import { oneLine } from '../mailing/one-line.ts';

export type Letterhead = {
  readonly organisation: string;
  /** The address that mails come from: of the domain that signs them (DKIM), or DMARC fails. */
  readonly sender: string;
};

/** What a header may hold, and stay below the 998 characters of a line: RFC 5322, section 2.1.1. */
const MAX_HEADER = 995;
const MAX_NAME = 100;
const MAX_SUBJECT = 150;

/** Without TLS to this machine only, as on the local cloud. */
const link = /^(https:\/\/|http:\/\/(127\.0\.0\.1|localhost)[:/])[\x21-\x7e]+$/;
const mailto = /^mailto:[\x21-\x7e]+$/;

const inBrackets = (address: string, form: RegExp): string => {
  if (!form.test(address) || /[<>,]/.test(address)) throw new TypeError('Not an address to unsubscribe at');
  return `<${address}>`;
};

/** RFC 2369 and RFC 8058: mail programs show a button, and POST to the link when it is pressed. */
const unsubscribing = ({ url, mailto: address }: Unsubscribe): Record<string, { prepared: true; value: string }> => {
  const value = [inBrackets(url, link), ...(address === undefined ? [] : [inBrackets(address, mailto)])].join(', ');
  if (value.length > MAX_HEADER - 'List-Unsubscribe: '.length)
    throw new TypeError('Too long an address to unsubscribe');
  return {
    'List-Unsubscribe': { prepared: true, value },
    'List-Unsubscribe-Post': { prepared: true, value: 'List-Unsubscribe=One-Click' },
  };
};

const part = (root: MimeNode, type: string, content: string): string => {
  const node = root.createChild(`${type}; charset=utf-8`);
  node.setHeader('Content-Transfer-Encoding', 'quoted-printable');
  const lines = content.toWellFormed().replace(/\r\n?|\n/g, '\r\n');
  return `--${root.boundary}\r\n${node.buildHeaders()}\r\n\r\n${wrap(encode(lines))}\r\n`;
};

/**
 * A mail as MIME (RFC 5322, 2045, 2047): both bodies as alternatives, the richer one last. The same mail, tag and
 * instant give the same bytes. SES puts a Message-ID of its own in the place of this one.
 * @param at for the header Date, epoch ms
 */
export const rawMail = (
  { to, replyTo, subject, html, text, unsubscribe }: Mail,
  { organisation, sender }: Letterhead,
  tag: string,
  at: number,
): { readonly raw: Uint8Array; readonly to: readonly string[] } => {
  const root = new MimeNode('multipart/alternative', {
    baseBoundary: tag,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  root.setHeader({
    From: { name: oneLine(organisation, MAX_NAME), address: sender },
    To: { name: '', address: inAscii(to) },
    ...(replyTo === undefined ? {} : { 'Reply-To': { name: '', address: inAscii(replyTo) } }),
    Subject: oneLine(subject, MAX_SUBJECT),
    Date: new Date(at).toUTCString().replace('GMT', '+0000'),
    'Message-ID': `<${tag}@${sender.split('@').at(-1)}>`,
    // RFC 3834: nobody's absence note need answer it.
    'Auto-Submitted': 'auto-generated',
    ...(unsubscribe === undefined ? {} : unsubscribing(unsubscribe)),
  });
  const head = root.buildHeaders();
  const body = [part(root, 'text/plain', text), part(root, 'text/html', html)].join('');
  return {
    raw: new TextEncoder().encode(`${head}\r\n\r\n${body}--${root.boundary}--\r\n`),
    to: root.getEnvelope().to,
  };
};
