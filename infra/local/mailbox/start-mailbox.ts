import { bodyOf, isAskedAsLoopback, type LoopbackServer, listen } from '../loopback.ts';
import { answerSes } from '../mail/answer-ses.ts';
import { CutOff } from '../mail/mail-faults.ts';
import type { Ses } from '../mail/ses.ts';
import { type MailboxOptions, showMailbox } from './mailbox.ts';
import { askedIn } from './outcomes.ts';
import { takePreview } from './take-preview.ts';

/** SES takes 10 MB of mail; in a form, base64 within it, that is more. */
const MOST = 20_000_000;

/**
 * One address for all: functions send to it by POST, commands put letters to look at into it, people and programs read from it by GET,
 * and let something become of a mail by POST of a form.
 */
export const startMailbox = (port: number, ses: Ses, options: MailboxOptions): Promise<LoopbackServer> =>
  listen(port, async (request, response) => {
    const path = /^\/mail\/([^/?]+)\/happen$/.exec(request.url ?? '');
    // A page from elsewhere, open in the same browser, has no business here. A form of the mailbox's own has, at its place.
    const isOwn = path !== null && request.headers.origin === `http://${request.headers.host}`;
    const isForeign = request.method === 'POST' && request.headers.origin !== undefined && !isOwn;
    if (!isAskedAsLoopback(request) || isForeign) {
      response.writeHead(403).end();
      return;
    }
    if (request.method === 'GET' || request.method === 'HEAD') return showMailbox(request, response, options);
    const body = request.method === 'POST' ? await bodyOf(request, MOST) : undefined;
    if (!body) {
      response.writeHead(request.method === 'POST' ? 413 : 405).end();
      return;
    }
    if (request.url === '/previews') {
      const id = takePreview(options.store, body.toString());
      response.writeHead(id === undefined ? 400 : 201, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ id }));
      return;
    }
    if (path) {
      const mail = options.store.get(path[1] ?? '');
      const asked = askedIn(body.toString());
      if (!mail || !asked || !options.outcomes) {
        response.writeHead(mail ? 400 : 404).end();
        return;
      }
      const told = (await options.outcomes.happen(mail, asked)) ? 'yes' : 'no';
      response.writeHead(303, { location: `/mail/${mail.id}?told=${told}#became` }).end();
      return;
    }
    try {
      const { status, xml } = await answerSes(ses, body.toString());
      response.writeHead(status, { 'content-type': 'text/xml' }).end(xml);
    } catch (error) {
      if (!(error instanceof CutOff)) throw error;
      response.destroy();
    }
  });
