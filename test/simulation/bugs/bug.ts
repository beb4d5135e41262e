import type { Wiring } from '../wiring.ts';

/** A mistake that somebody could make: one piece swapped for a wrong one. */
export type Bug = {
  readonly name: string;
  /** What is done wrong. */
  readonly says: string;
  /** It takes hundreds of seeds to meet. */
  readonly isRare?: true;
  readonly wiring: Partial<Wiring>;
};
