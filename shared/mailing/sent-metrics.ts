import type { Sent } from './send-once.ts';

/** The metric that counts each outcome of sending once. */
export const sentMetrics: Readonly<Record<Sent['kind'], string>> = {
  sent: 'MailsSent',
  held: 'MailsHeld',
  skipped: 'MailsSkipped',
  refused: 'MailsRefused',
  unknown: 'MailsUnknown',
  lost: 'MailsUnknown',
  later: 'MailsPutOff',
  busy: 'MailsPutOff',
  settled: 'MailsAlreadySettled',
};
