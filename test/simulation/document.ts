/*
 * A model as it is written, as far as the models of the simulation go. Types of its own: what the oracle reads must not
 * depend on how the engine reads it.
 */

type Length = string;
export type Bounds<T> = { readonly gt?: T; readonly gte?: T; readonly lt?: T; readonly lte?: T };
export type ValueTest = Bounds<number> & {
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
export type ScoreTest = Bounds<number> & { readonly score: string };
export type SinceTest = Bounds<Length> & { readonly since: 'activity' | 'joining' | 'leaving' };
export type MemberTest = AttributeTest | ScoreTest | SinceTest;

export type Stage = {
  readonly id: string;
  readonly title: string;
  readonly enter?: Combined<MemberTest>;
  readonly stay?: Combined<MemberTest>;
  readonly message?: string;
  readonly alert?: boolean;
  readonly atRisk?: boolean;
};

export type Document = {
  readonly title: string;
  readonly staleAfter: Length;
  readonly scores: readonly { readonly id: string; readonly title: string; readonly halfLife?: Length }[];
  readonly rules: readonly {
    readonly id: string;
    readonly title: string;
    readonly on: string;
    readonly where?: Combined<FieldTest>;
    readonly score: string;
    readonly points: number;
    readonly cap?: { readonly times: number; readonly per?: Length };
  }[];
  readonly journeys: readonly {
    readonly id: string;
    readonly title: string;
    readonly appliesTo: Combined<MemberTest>;
    readonly stages: readonly Stage[];
  }[];
  readonly messages: readonly {
    readonly id: string;
    readonly title: string;
    readonly purpose: string;
    readonly templates: Readonly<Record<string, { subject: string; body: string }>>;
  }[];
};

/** Before any is published: nothing counts. */
export const nothing: Document = { title: '', staleAfter: '0 days', scores: [], rules: [], journeys: [], messages: [] };
