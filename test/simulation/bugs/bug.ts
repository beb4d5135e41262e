import type { Wiring } from '../wiring.ts';

/** A mistake that somebody could make: one piece swapped for a wrong one. */
export type Bug = {
  readonly name: string;
  /** What is done wrong. */
  readonly says: string;
  /** It takes a hundred seeds or more to meet: too long for the short form. */
  readonly isRare?: true;
  readonly wiring: Partial<Wiring>;
};
