import type { Fate } from './feedback/fate.ts';
import type { Acts, FollowedLetter } from './following/followed-letter.ts';

/**
 * What hearing of a mail afterwards came to. `cleared`: nobody knew of it, now it is known. `noted`: SES was quicker
 * than whoever sent it. `known`: nothing new.
 */
export type Heard = 'cleared' | 'noted' | 'known';

/** Takes down what is heard of a mail after it was claimed. */
export type Hearsay = {
  /** SES says that it took the mail, under this id at that time (epoch ms). It holds against all that was noted before. */
  readonly taken: (messageId: string, at: number) => Promise<Heard>;
  /** SES says what became of the mail after it took it, and when (epoch ms). `letter`: as it is after that. */
  readonly became: (
    fate: Fate,
    at: number,
  ) => Promise<{ readonly heard: Heard; readonly letter: FollowedLetter | undefined }>;
  /** A person says whether a mail went out of which nobody knows. Either way it is never sent again. */
  readonly told: (sent: boolean) => Promise<Heard>;
};

/** A mail, as it was when it was found by its tag. */
export type FoundMail = Hearsay & Acts;

/** Undefined where there is no claim of this tag, or the index does not know it yet. */
export type FindMail = (tag: string) => Promise<FoundMail | undefined>;
