import type { MailReport } from '../../../events/mail-report.ts';
import { isAutoReply } from './address-notes.ts';

/** What became of a mail after SES took it, the most telling first. */
export const fates = ['complained', 'bounced', 'returned', 'rejected', 'not-rendered', 'delivered', 'delayed'] as const;
export type Fate = (typeof fates)[number];

const plain: ReadonlyMap<string, Fate> = new Map([
  ['Delivery', 'delivered'],
  ['DeliveryDelay', 'delayed'],
  ['Reject', 'rejected'],
  ['Rendering Failure', 'not-rendered'],
]);

/** What a report says of its mail; undefined where it is no news of that kind. `returned`: it did not get in this time. */
export const fateOf = ({ type, bounce, complaint }: MailReport): Fate | undefined => {
  if (bounce) {
    if (bounce.bounceType === 'Permanent') return 'bounced';
    return bounce.bouncedRecipients.every((one) => isAutoReply(bounce, one)) ? undefined : 'returned';
  }
  if (complaint) return complaint.complaintFeedbackType === 'not-spam' ? undefined : 'complained';
  return plain.get(type);
};

/** Whether it follows from a report that SES had taken the mail to send it. What was rejected never left. */
export const meansSent = ({ type }: MailReport): boolean =>
  ['Send', 'Delivery', 'DeliveryDelay', 'Bounce', 'Complaint', 'Open', 'Click'].includes(type);

/** What Amazon counts against the sender: not what it held back itself, since the address was on the account's list. */
export const countsAgainstUs = ({ bounce, complaint }: MailReport): 'bounce' | 'complaint' | undefined => {
  const isHeldBack = (bounce?.bounceSubType ?? complaint?.complaintSubType) === 'OnAccountSuppressionList';
  if (isHeldBack) return undefined;
  if (bounce) return bounce.bounceType === 'Permanent' ? 'bounce' : undefined;
  return complaint && complaint.complaintFeedbackType !== 'not-spam' ? 'complaint' : undefined;
};

/** The most telling of what became of a mail. */
export const fateIn = (happened: Readonly<Partial<Record<Fate, number>>>): Fate | undefined =>
  fates.find((fate) => happened[fate] !== undefined);
