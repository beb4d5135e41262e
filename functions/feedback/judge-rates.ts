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

/** How long it is news that marketing has stopped, ms: longer than it takes what nobody has dealt with to come again. */
const NEWS = 15 * 60_000;

/**
 * Stops marketing when too many mails bounce or are complained of. Whether that is to be told: to whoever stopped it, and
 * to whoever looks again, since the first one may have died before it could tell.
 */
export const judgeRates =
  ({ marketing, rates, stopMarketing, now }: JudgeDeps) =>
  /** @param isAgain whether what is looked at was handed out before */
  async (isAgain: boolean): Promise<boolean> => {
    const { stopped, liftedAt = 0 } = await marketing();
    const at = now();
    if (stopped) return isAgain && at - stopped.at < NEWS;
    const found = await rates(at, liftedAt);
    const why = overstepped(found);
    return why !== undefined && stopMarketing({ at, why, ...found }, liftedAt);
  };
