import type { Fate } from './feedback/fate.ts';

/**
 * What hearing of a mail afterwards came to. `cleared`: nobody knew of it, now it is known. `noted`: SES was quicker
 * than whoever sent it. `known`: nothing new. `unmatched`: there is no claim of this tag, or not yet.
 */
export type Heard = 'cleared' | 'noted' | 'known' | 'unmatched';

/** Takes down what is heard of mails after they were claimed. */
export type Hearsay = {
  /** SES says that it took the mail, under this id at that time (epoch ms). It holds against all that was noted before. */
  readonly taken: (tag: string, messageId: string, at: number) => Promise<Heard>;
  /** SES says what became of the mail after it took it, and when (epoch ms). */
  readonly became: (tag: string, fate: Fate, at: number) => Promise<Heard>;
  /** A person says whether a mail went out of which nobody knows. Either way it is never sent again. */
  readonly told: (tag: string, sent: boolean) => Promise<Heard>;
};
