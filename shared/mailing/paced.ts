import type { Mail, Outcome } from './mail.ts';

/** When a mail may go; or before when there is no sense in trying again. Epoch ms. */
export type Turn = { readonly kind: 'at'; readonly at: number } | { readonly kind: 'full'; readonly until: number };

export type Pace = {
  /** Takes a place in the rate that all share. */
  readonly turn: () => Promise<Turn>;
  /** Waits so long, ms. */
  readonly sleep: (ms: number) => Promise<void>;
  /** Epoch ms. */
  readonly now: () => number;
};

/** Hands each mail over when its turn comes. Where there is none for it soon, it is not sent, and comes again then. */
export const paced =
  (send: (mail: Mail, tag: string) => Promise<Outcome>, { turn, sleep, now }: Pace) =>
  async (mail: Mail, tag: string): Promise<Outcome> => {
    const mine = await turn();
    if (mine.kind === 'full') return { kind: 'later', code: 'RateBudget', until: mine.until };
    await sleep(mine.at - now());
    return send(mail, tag);
  };
