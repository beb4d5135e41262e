import type { MarketingSwitch } from '../../shared/mailing/feedback/marketing-switch.ts';
import { type MailRates, overstepped } from '../../shared/mailing/feedback/reputation.ts';

export type JudgeDeps = {
  /** The switch as it is now. */
  readonly marketing: () => Promise<MarketingSwitch>;
  /** Of the last weeks; of mails before `since` (epoch ms) nothing counts. */
  readonly rates: (now: number, since?: number) => Promise<MailRates>;
  /** Whether this call stopped it. */
  readonly stopMarketing: (stopped: NonNullable<MarketingSwitch['stopped']>, since: number) => Promise<boolean>;
  /** Epoch ms. */
  readonly now: () => number;
};

/** Stops marketing when too many mails bounce or are complained of. Whether it was stopped just now. */
export const judgeRates =
  ({ marketing, rates, stopMarketing, now }: JudgeDeps) =>
  async (): Promise<boolean> => {
    const { stopped, liftedAt = 0 } = await marketing();
    if (stopped) return false;
    const at = now();
    const found = await rates(at, liftedAt);
    const why = overstepped(found);
    return why !== undefined && stopMarketing({ at, why, ...found }, liftedAt);
  };
