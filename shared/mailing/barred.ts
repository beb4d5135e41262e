import type { Purpose } from '../../events/purpose.ts';
import type { AddressNote } from './feedback/address-notes.ts';
import { isStopped, type MarketingSwitch } from './feedback/marketing-switch.ts';
import { type SoftBounces, type Suppression, suppressionOf } from './feedback/suppression.ts';

export type Barred = Suppression | 'marketing-stopped';

/** What was heard of an address, and of the mails as a whole. */
export type Hearsaid = {
  readonly notes: readonly AddressNote[];
  /** What was noted up to then counts no more, epoch ms. */
  readonly liftedAt?: number;
  readonly marketing: MarketingSwitch;
};

/** Whether what came back of earlier mails forbids to write to an address for a purpose. */
export const barred = (
  purpose: Purpose,
  { notes, liftedAt, marketing }: Hearsaid,
  softBounces: SoftBounces,
): Barred | undefined =>
  suppressionOf(notes, softBounces, liftedAt) ?? (isStopped(purpose, marketing) ? 'marketing-stopped' : undefined);
