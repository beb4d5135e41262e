import type { Limit, Mail, Offered, Outcome } from './mail.ts';

/** When a mail may go; or before when there is no sense in trying again. Epoch ms. */
export type Turn = { readonly kind: 'at'; readonly at: number } | { readonly kind: 'full'; readonly until: number };

export type Pace = {
  /** Takes a place in the rate that all share. */
  readonly turn: () => Promise<Turn>;
  /** SES would not take a mail whose turn it was: all slow down. */
  readonly slowDown: (limit: Limit) => Promise<void>;
  /** Waits so long, ms. */
  readonly sleep: (ms: number) => Promise<void>;
  /** Epoch ms. */
  readonly now: () => number;
};

/** How long a mail is tried for at a time, ms. Then it waits elsewhere, and comes again. */
const PATIENCE = 6_000;

/**
 * Offers each mail when its turn comes, and again at a further turn where SES has enough for the moment. Where there is
 * none for it soon, it is not sent, and waits: that uses up none of the tries that a message has in the queue.
 */
export const paced =
  (offer: (mail: Mail, tag: string) => Promise<Offered>, { turn, slowDown, sleep, now }: Pace) =>
  async (mail: Mail, tag: string): Promise<Outcome> => {
    const giveUpAt = now() + PATIENCE;
    for (;;) {
      const mine = await turn();
      if (mine.kind === 'at') {
        await sleep(mine.at - now());
        const offered = await offer(mail, tag);
        if (offered.kind !== 'throttled') return offered;
        await slowDown(offered.limit);
      }
      const next = mine.kind === 'full' ? mine.until : now();
      if (next > giveUpAt) return { kind: 'later', code: 'RateBudget', until: Math.max(next, now() + PATIENCE) };
      // The mails behind it wait as well, in the queue, where it costs nothing.
      await sleep(next - now());
    }
  };
