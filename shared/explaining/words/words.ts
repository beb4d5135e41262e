import type { Plural } from '../../kernel/phrase.ts';
import type { LengthUnit } from '../length.ts';
import type { WhyWords } from './why/words.ts';

type PerUnit = Readonly<Record<LengthUnit, Plural>>;

/**
 * All that an explanation says, as whole sentences with places. Titles come from the model in whatever form they have, so
 * they stand in quotation marks, before a colon or alone, never where a language would want to inflect them.
 */
export type Words = {
  /** How a title is quoted, with `{text}`. */
  readonly quoted: string;
  readonly yes: string;
  readonly no: string;
  /** A length of time as it stands alone, and as the time within which something happens. */
  readonly length: PerUnit;
  readonly within: PerUnit;
  readonly points: Plural;
  /** Of what, on which day, by which version. */
  readonly asOf: string;
  readonly score: string;
  readonly scoreInBand: string;
  readonly sumOf: string;
  readonly given: string;
  readonly left: string;
  readonly gone: string;
  readonly cut: string;
  readonly nothingCounted: string;
  readonly decay: {
    readonly halfLife: string;
    readonly linear: string;
    readonly expiry: string;
    readonly step: string;
    readonly end: string;
    readonly none: string;
  };
  /** Why something did not count. */
  readonly reasons: {
    readonly times: string;
    readonly points: string;
    readonly value: string;
    readonly floor: string;
    readonly ceiling: string;
    readonly 'no-number': string;
    readonly 'not-lead': string;
    readonly 'not-member': string;
    readonly 'not-followed': string;
    readonly 'began-anew': string;
    readonly condition: string;
    readonly 'condition-on': string;
    readonly 'too-early': string;
    readonly 'too-late': string;
  };
  readonly caps: { readonly times: Plural; readonly points: Plural; readonly value: string };
  readonly per: {
    readonly ever: string;
    readonly day: string;
    readonly week: string;
    readonly month: string;
    readonly quarter: string;
    readonly year: string;
  };
  readonly stage: string;
  readonly ways: {
    /** By time alone. */
    readonly time: string;
    readonly deeds: string;
    readonly times: Plural;
    readonly moreTimes: Plural;
    readonly amount: string;
    readonly by: Plural;
    readonly from: string;
    readonly between: string;
    readonly dates: string;
    readonly span: string;
    readonly reached: string;
    readonly registered: string;
    readonly somethingRegistered: string;
    readonly notRegistered: string;
    readonly tagged: string;
    readonly untagged: string;
  };
  readonly up: { readonly 'no-stage': string; readonly 'not-found': string; readonly 'given-up': string };
  readonly down: { readonly 'no-stage': string; readonly 'not-found': string; readonly 'given-up': string };
  readonly headings: {
    readonly date: string;
    readonly event: string;
    readonly rule: string;
    readonly given: string;
    readonly now: string;
    readonly fades: string;
    readonly sum: string;
    readonly uncounted: string;
    readonly stages: string;
    readonly ahead: string;
  };
  /** Of changes of stage. */
  readonly why: WhyWords;
};
