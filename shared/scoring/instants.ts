import type { Standing } from './standing.ts';

/** A condition on a member at an instant. Both instants are epoch ms, of the standing's `asOf` or later. */
export type MemberTest = {
  readonly holds: (standing: Standing, instant: number) => boolean;
  /**
   * The first instant after this one at which some part of the condition changes by time alone. What comes later than
   * the horizon need not be told.
   */
  readonly changesAfter: (standing: Standing, instant: number, horizon: number) => number | undefined;
};

/** The earlier of two instants, where undefined is never. */
export const earlier = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || (b !== undefined && b < a) ? b : a;
