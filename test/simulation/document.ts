/*
 * A model as it is written, as far as the models of the simulation go. Types of its own: what the oracle reads must not
 * depend on how the engine reads it.
 */

type Length = string;
export type Period = 'day' | 'week' | 'month' | 'quarter' | 'year';
export type Bounds<T> = { readonly gt?: T; readonly gte?: T; readonly lt?: T; readonly lte?: T };
/** How far a date lies from a day, by the calendar: "30 days", "6 months". */
type Span = string;
export type DateTest = {
  readonly withinNext?: Span;
  readonly withinLast?: Span;
  readonly olderThan?: Span;
  readonly beyondNext?: Span;
};
export type TextTest = {
  readonly is?: string;
  readonly contains?: string;
  readonly startsWith?: string;
  readonly containsAny?: readonly string[];
  readonly containsAll?: readonly string[];
};
export type ValueTest = Bounds<number> &
  DateTest &
  TextTest & {
    readonly eq?: string | number | boolean;
    readonly ne?: string | number | boolean;
    readonly in?: readonly (string | number | boolean)[];
    readonly exists?: boolean;
  };

export type Combined<Leaf> =
  | Leaf
  | { readonly all: readonly Combined<Leaf>[] }
  | { readonly any: readonly Combined<Leaf>[] }
  | { readonly not: Combined<Leaf> };

export type FieldTest = ValueTest & { readonly field: string };
export type AttributeTest = ValueTest & { readonly attribute: string };
export type TagTest = { readonly tag: string | readonly string[] };
export type GradeTest = { readonly grade: string; readonly in: readonly string[] };
export type ScoreTest = Bounds<number> & { readonly score: string };
export type SinceTest = Bounds<Length> & { readonly since: 'activity' | 'joining' | 'leaving' };
type OfEvents = { readonly where?: Combined<FieldTest> };
export type CountTest = OfEvents &
  Bounds<number> & { readonly count: string; readonly eq?: number; readonly within?: Length };
export type LastTest = OfEvents & Bounds<Length> & { readonly last: string };
export type StreakTest = OfEvents & { readonly streak: string; readonly periods: number; readonly per: Period };
export type Step = string | (OfEvents & { readonly event: string });
export type SequenceTest = Bounds<Length> & { readonly sequence: readonly Step[]; readonly within: Length };
export type StageTest = { readonly journey: string; readonly in: readonly string[] };
export type MemberTest =
  | AttributeTest
  | TagTest
  | ScoreTest
  | GradeTest
  | SinceTest
  | CountTest
  | LastTest
  | StreakTest
  | SequenceTest
  | StageTest;
export type EventTest =
  | FieldTest
  | MemberTest
  | (OfEvents & { readonly first: string })
  | (OfEvents & { readonly after: string; readonly within?: Length });

export type Plan = {
  readonly on?: 'entry' | 'stay' | 'exit';
  readonly after?: Length;
  readonly message: string;
  readonly when?: Combined<MemberTest>;
  readonly again?: string;
};

export type Stage = {
  readonly id: string;
  readonly title: string;
  readonly enter?: Combined<MemberTest>;
  readonly stay?: Combined<MemberTest>;
  readonly leastStay?: Length;
  readonly coolDown?: Length;
  readonly priority?: number;
  readonly message?: string;
  readonly messages?: readonly Plan[];
  readonly onlyForward?: boolean;
  readonly alert?: boolean;
  readonly atRisk?: boolean;
};

export type Decay =
  | 'none'
  | { readonly halfLife: Length }
  | { readonly linear: Length }
  | { readonly expiry: Length }
  | { readonly steps: readonly { readonly after: Length; readonly keep: number }[] };

export type Score = {
  readonly id: string;
  readonly title: string;
  readonly halfLife?: Length;
  readonly decay?: Decay;
  readonly while?: 'lead' | 'member';
  readonly fit?: readonly {
    readonly id: string;
    readonly title: string;
    readonly when: Combined<AttributeTest | TagTest | SinceTest>;
    readonly points: number;
  }[];
  readonly sum?: readonly string[];
  readonly floor?: number;
  readonly ceiling?: number;
};

/** A letter and a number, each by the bounds that a score reaches, the highest first. */
export type Grade = {
  readonly id: string;
  readonly title: string;
  readonly letter: { readonly score: string; readonly from: readonly number[] };
  readonly number: { readonly score: string; readonly from: readonly number[] };
};

export type Cap = {
  readonly times?: number;
  readonly points?: number;
  readonly oncePer?: string;
  readonly per?: Length | `calendar ${Period}`;
};

export type Rule = {
  readonly id: string;
  readonly title: string;
  readonly on: string;
  readonly where?: Combined<EventTest>;
  readonly score: string;
  readonly points:
    | number
    | { readonly field: string; readonly times?: number; readonly atLeast?: number; readonly atMost?: number };
  readonly decay?: Decay;
  readonly from?: string;
  readonly until?: string;
  readonly cap?: Cap | readonly Cap[];
  readonly capGroup?: string;
  readonly signOfLife?: boolean;
};

type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';
export type DecentHours = {
  readonly from?: string;
  readonly until?: string;
  readonly weekdays?: readonly Weekday[];
  readonly quietJuly?: readonly string[];
  readonly purposes?: readonly string[];
};
export type ContactCap = {
  readonly messages: number;
  readonly per: Length;
  readonly purposes?: readonly string[];
  readonly when?: Combined<AttributeTest | SinceTest>;
};
export type ContactPolicy = {
  readonly decentHours?: DecentHours;
  readonly caps?: readonly ContactCap[];
  readonly gap?: Length;
  readonly softBounces?: { readonly times: number; readonly per: Length };
};

export type Document = {
  readonly title: string;
  readonly timeZone?: string;
  readonly staleAfter: Length;
  readonly scores: readonly Score[];
  readonly grades?: readonly Grade[];
  readonly capGroups?: readonly { readonly id: string; readonly title: string; readonly cap: Cap | readonly Cap[] }[];
  readonly rules: readonly Rule[];
  readonly journeys: readonly {
    readonly id: string;
    readonly title: string;
    readonly appliesTo: Combined<MemberTest>;
    readonly ordered?: boolean;
    readonly stages: readonly Stage[];
  }[];
  readonly messages: readonly {
    readonly id: string;
    readonly title: string;
    readonly purpose: string;
    readonly priority?: number;
    readonly staleAfter?: Length;
    readonly templates: Readonly<Record<string, { subject: string; body: string }>>;
  }[];
  readonly contactPolicy?: ContactPolicy;
};

/** Before any is published: nothing counts. */
export const nothing: Document = { title: '', staleAfter: '0 days', scores: [], rules: [], journeys: [], messages: [] };
