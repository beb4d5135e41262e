import { SECRET } from './staff.ts';

/** A secret as whoever has it knows it. Instants are epoch ms. */
export type Held = {
  readonly secret: string;
  /** By what was answered, it counts no more from then on. */
  endsAt: number;
  /** It may count no more from then on: of some rotations nobody has heard what became of them. */
  mayEndAt: number;
};

/** How a request was signed, when, and what the clock of whoever took it said: then, and when it was answered. */
export type Signing = {
  readonly held: Held;
  readonly at: number;
  readonly own: { readonly first: number; readonly last: number };
  readonly status: number | undefined;
};

/** By how much the clocks of both may differ, and no second of it at the edge. */
const TOLERANCE = 299_000;

/** No longer than this does giving out a secret take, by the clock of whoever does it, ms. */
const LONGEST = 31_000;

/** The secrets that sources have been given, and what was wrong with how their requests were met. */
export const keyring = () => {
  const rings = new Map<string, Held[]>();
  const wrongs: string[] = [];
  const ringOf = (source: string): Held[] => {
    const fresh = [{ secret: SECRET, endsAt: Number.POSITIVE_INFINITY, mayEndAt: Number.POSITIVE_INFINITY }];
    const ring = rings.get(source) ?? fresh;
    rings.set(source, ring);
    return ring;
  };
  const newest = (source: string): Held => {
    const [first] = ringOf(source);
    if (!first) throw new Error(`${source} has no secret`);
    return first;
  };
  return {
    newest,
    /** Those before it, the last one first. */
    earlier: (source: string): readonly Held[] => ringOf(source).slice(1),
    /**
     * Somebody begins to give a source another secret, at an instant of their own clock; should it work, those there are
     * end so long after that, or later. What has ended by that clock is forgotten at once, also by those who are behind it.
     */
    begins: (source: string, own: number, overlap: number): void => {
      for (const held of ringOf(source)) {
        const mayEndAt = Math.min(held.mayEndAt, own + overlap);
        held.mayEndAt = mayEndAt > own + LONGEST ? mayEndAt : Number.NEGATIVE_INFINITY;
      }
    },
    rotated: (source: string, secret: string, endsAt: number): void => {
      const ring = ringOf(source);
      for (const held of ring) held.endsAt = Math.min(held.endsAt, endsAt);
      ring.unshift({ secret, endsAt: Number.POSITIVE_INFINITY, mayEndAt: Number.POSITIVE_INFINITY });
    },
    /** Looks at how a request of the source was met: while the secret counts, it is not for the signature that it fails. */
    met: (source: string, { held, at, own, status }: Signing): void => {
      const isInTime = Math.abs(own.first - at) < TOLERANCE && Math.abs(own.last - at) < TOLERANCE;
      if (status === 401 && isInTime && own.last < held.mayEndAt)
        wrongs.push(`${source} was refused at ${at}, with a secret that counts until ${held.mayEndAt}`);
    },
    /** Looks at how a request was met that was signed when the secret counted no more for anybody. */
    metAfterwards: (source: string, { held, at, status }: Pick<Signing, 'held' | 'at' | 'status'>): void => {
      if (status !== undefined && [202, 207, 400].includes(status))
        wrongs.push(`${source} was let in at ${at}, with a secret that has ended at ${held.endsAt}: ${status}`);
    },
    wrongs: wrongs as readonly string[],
  };
};
export type Keyring = ReturnType<typeof keyring>;
