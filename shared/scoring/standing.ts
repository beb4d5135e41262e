import type { Json } from '../kernel/json.ts';
import type { MemberLeaf } from './condition.ts';

/** Where an event stands in a member's history: by time, then source, then id. */
export type Position = { readonly time: number; readonly source: string; readonly id: string };

/** Points that fade by a half-life, or not at all: `value` as of `at` (epoch ms). */
export type Fading = { readonly value: number; readonly at: number };

/** What one day brought, in days since 1970-01-01 in the model's time zone. */
export type DayPoints = readonly [day: number, points: number];

/** Points by how they fade; those that come to an end by the day on which they were given, ascending. */
export type ScoreState = {
  readonly fading: Readonly<Record<string, Fading>>;
  readonly dated?: Readonly<Record<string, readonly DayPoints[]>>;
};

/**
 * That something counted under a cap, at an instant (epoch ms): with its points or its value where the cap asks, else
 * the instant alone. Where a period ends for all at once, one entry stands for as many `times` as it says, at the
 * latest of them.
 */
export type Counted =
  | number
  | { readonly at: number; readonly times?: number; readonly points?: number; readonly value?: string };

export type StageState = { readonly stage: string; readonly since: number };

/** What somebody said to a purpose, when (epoch ms), by whose word, and to which text. */
export type Consent = {
  readonly given: boolean;
  readonly at: number;
  readonly source: string;
  readonly wording?: string;
};

/** In which language somebody wants to be written to, and until when not at all (epoch ms). */
export type Preferences = { readonly at: number; readonly language?: string; readonly pausedUntil?: number };

export type Profile = {
  /** What the sources say about the member; `status` (lead, member, left) is derived from their events. */
  readonly attributes: Readonly<Record<string, Json>>;
  readonly email?: string;
  /** By purpose. */
  readonly consents: Readonly<Record<string, Consent>>;
  readonly preferences?: Preferences;
  readonly joinedAt?: number;
  readonly leftAt?: number;
};

/**
 * What a model says about a member as of `asOf`. The fold of the member's events in canonical order and nothing
 * else: equal sets of events give equal standings, byte for byte.
 */
export type Standing = {
  /** The last event folded; none for somebody of whom nothing is known. */
  readonly last?: Position;
  /** The instant up to which the stages are right, epoch ms. Scores carry their own. */
  readonly asOf: number;
  readonly profile: Profile;
  /** The last event that a rule took for a sign of life, epoch ms; before the first one, the first event known. */
  readonly activeAt?: number;
  readonly scores: Readonly<Record<string, ScoreState>>;
  /** Cap → what counted under it and still fills it, ascending by time. */
  readonly counted: Readonly<Record<string, readonly Counted[]>>;
  /** Kind of event → the latest instants at which it happened, ascending: as many as the model asks about. */
  readonly history: Readonly<Record<string, readonly number[]>>;
  /** Stage with a cool-down (`journey#stage`) → when the member last left it, epoch ms. */
  readonly left: Readonly<Record<string, number>>;
  /** Something was taken back that has not come yet: an event that comes may be it. Left out where there is no such thing. */
  readonly awaitsRetracted?: true;
  /** Journey → the stage the member is in. Absent where the journey does not apply. */
  readonly stages: Readonly<Record<string, StageState>>;
};

/** What the outside world was told last: journey → stage and the number of the announcement. */
export type Announced = Readonly<
  Record<
    string,
    {
      readonly stage: string | null;
      readonly sequence: number;
      /** The messages that were due for staying in the stage, and have been told. */
      readonly stays?: readonly string[];
      /** The version of the model that brought the stage about by itself. */
      readonly byModel?: number;
    }
  >
>;

/** One test that had its part in a change of stage, and how it came out. */
export type Reason = {
  /** The stage whose condition it belongs to; null: whom the journey applies to. */
  readonly stage: string | null;
  readonly test: MemberLeaf;
  readonly holds: boolean;
};

/** A change of stage; null where the journey did not or does no longer apply. */
export type Transition = {
  readonly journey: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly at: number;
  /** What let the member in, and what no longer kept them where they were. Where time alone decides, none. */
  readonly because: readonly Reason[];
};
