import { inAscii } from '../../../events/email-address.ts';
import type { MailReport } from '../../../events/mail-report.ts';

/**
 * What is noted of an address. `hard`: there is no such mailbox. `complaint`: its reader called a mail spam. `soft`: a
 * mail did not get in this time.
 */
export type AddressNote = {
  readonly kind: 'hard' | 'complaint' | 'soft';
  /** Epoch ms. */
  readonly at: number;
  /** SES's id of the mail. */
  readonly mail: string;
};

export type NotedAddress = { readonly address: string; readonly note: AddressNote };

type Bounce = NonNullable<MailReport['bounce']>;
type Recipient = Bounce['bouncedRecipients'][number];

/** Bounces that say something of the mail, and nothing of the mailbox. */
const ofTheMail = new Set(['MessageTooLarge', 'ContentRejected', 'AttachmentRejected']);

/** A status of a failed delivery: RFC 3463, class 4 or 5. */
const failed = /^[45]\./;

/**
 * Whether a bounce of a recipient is an automatic answer (out of office). SES reports these as transient and general,
 * and without the status that a mail server would have given.
 */
export const isAutoReply = ({ bounceType, bounceSubType }: Bounce, { action, status }: Recipient): boolean =>
  bounceType === 'Transient' &&
  bounceSubType === 'General' &&
  action !== 'failed' &&
  !(status !== undefined && status !== null && failed.test(status));

const ofBounce = (bounce: Bounce, recipient: Recipient): 'hard' | 'soft' | undefined => {
  if (bounce.bounceType === 'Permanent') return 'hard';
  const saysNothing = ofTheMail.has(bounce.bounceSubType ?? '') || isAutoReply(bounce, recipient);
  return saysNothing ? undefined : 'soft';
};

/** The bare address in lower case and ASCII: two ways of writing it are one mailbox to those who bounce. */
export const bareAddress = (written: string): string =>
  inAscii((/<([^<>]*)>\s*$/.exec(written)?.[1] ?? written).trim()).toLowerCase();

/** What a report says of addresses: of those listed in it, which need not be those that the mail was sent to. */
export const addressNotes = ({ bounce, complaint, messageId: mail }: MailReport): readonly NotedAddress[] => {
  const noted = (
    recipients: readonly Recipient[],
    at: number,
    kindOf: (one: Recipient) => AddressNote['kind'] | undefined,
  ) =>
    recipients.flatMap((one) => {
      const kind = kindOf(one);
      return kind === undefined ? [] : [{ address: bareAddress(one.emailAddress), note: { kind, at, mail } }];
    });
  return [
    ...(bounce ? noted(bounce.bouncedRecipients, bounce.timestamp, (one) => ofBounce(bounce, one)) : []),
    // A reader may also say that something is no spam.
    ...(complaint && complaint.complaintFeedbackType !== 'not-spam'
      ? noted(complaint.complainedRecipients, complaint.timestamp, () => 'complaint')
      : []),
  ];
};
