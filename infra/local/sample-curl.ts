import { Webhook } from 'standardwebhooks';
import type { Source } from './connection.ts';

const MEMBER = 'kim-sample';

/** Somebody joins and agrees to be written to: enough for a welcome in the mailbox. */
const joining = (now: number): string => {
  const at = (ago: number) => new Date(now - ago).toISOString();
  const member = { id: MEMBER, email: 'kim.sample@example.org' };
  const day = at(0).slice(0, 10);
  return JSON.stringify([
    { id: `consent-${MEMBER}-${day}`, type: 'consent.given', member, time: at(2000), data: { purpose: 'membership' } },
    {
      id: `joined-${MEMBER}-${day}`,
      type: 'member.joined',
      member,
      time: at(1000),
      data: { attributes: { firstName: 'Kim', lastName: 'Sample', language: 'en', region: 'oslo' } },
    },
  ]);
};

/** A signed request to paste into a shell. The front door takes it for five minutes from `now`, epoch ms. */
export const signedCurl = (api: string, { id, secret }: Source, now: number): string => {
  const body = joining(now);
  const message = `msg_${MEMBER}_${Math.floor(now / 1000)}`;
  const signature = new Webhook(secret).sign(message, new Date(now), body);
  return [
    `curl -i ${api}/v1/webhooks/${id}`,
    "-H 'content-type: application/json'",
    `-H 'webhook-id: ${message}'`,
    `-H 'webhook-timestamp: ${Math.floor(now / 1000)}'`,
    `-H 'webhook-signature: ${signature}'`,
    `-d '${body}'`,
  ].join(' \\\n  ');
};
