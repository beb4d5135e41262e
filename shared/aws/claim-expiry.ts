import { DAY } from '../kernel/duration.ts';
import type { ClaimKey } from './claim-key.ts';
import { DIGESTS, EXPIRY } from './keys.ts';

/**
 * How long the claim of a digest is kept after it has come to an end, ms. A repetition of its run comes within a day, one
 * of the effect within six weeks (four days in the queue, two weeks in the dead-letter queue, and once more of both after a
 * redrive), and sends nothing where the claim is gone: a list of more than three days is not sent. A report of it comes
 * within as long; a complaint after months is noted of its address all the same, and finds no mail.
 */
const KEPT = 90 * DAY;

type Setting = {
  /** To stand after others in a `SET`; empty where there is nothing to set. */
  readonly set: string;
  readonly names: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, number>>;
};

/** Of a claim that has not come to an end: somebody is still to look at it. */
export const NO_END: Setting = { set: '', names: {}, values: {} };

/**
 * Lets a claim go some time after it has come to an end (epoch ms), where nobody looks it up any more: that of a digest.
 * The mails of a member are what is known of them, and go with them.
 */
export const expiring = ({ partition }: ClaimKey, endedAt: number): Setting =>
  partition === DIGESTS
    ? {
        set: ', #expiry = :expiry',
        names: { '#expiry': EXPIRY },
        values: { ':expiry': Math.ceil((endedAt + KEPT) / 1000) },
      }
    : NO_END;
