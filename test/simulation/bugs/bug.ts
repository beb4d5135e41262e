import type { Wiring } from '../wiring.ts';

/** A mistake that somebody could make: one piece swapped for a wrong one. */
export type Bug = {
  readonly name: string;
  /** What is done wrong. */
  readonly says: string;
  readonly wiring: Partial<Wiring>;
};
