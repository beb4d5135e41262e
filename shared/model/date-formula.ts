import { calendarSpan } from '../kernel/calendar-span.ts';
import { canonicalJson } from '../kernel/json.ts';
import type { DateOperators } from '../scoring/date-test.ts';
import { around } from './around.ts';

const operators = ['withinNext', 'withinLast', 'olderThan', 'beyondNext'] as const;

/** What each operator says of how far the date lies ahead; what has passed is less than 0. */
const says: Readonly<Record<(typeof operators)[number], (ahead: number, length: number) => boolean>> = {
  withinNext: (ahead, length) => ahead >= 0 && ahead <= length,
  withinLast: (ahead, length) => ahead <= 0 && ahead > -length,
  olderThan: (ahead, length) => ahead <= -length,
  beyondNext: (ahead, length) => ahead > length,
};

/** What is said of how far a date lies ahead; undefined is no date. */
export type DateFormula = {
  readonly subject: string;
  readonly holds: (ahead: unknown) => boolean;
  readonly tries: readonly (number | undefined)[];
  readonly listed: readonly never[];
};

/**
 * What a test says of the date that a subject is. Days and months cannot be held against each other, so they are taken
 * for subjects of their own: what is found impossible, is.
 */
export const dateFormulas = (about: object, asked: DateOperators): readonly DateFormula[] =>
  operators.flatMap((operator): DateFormula[] => {
    const text = asked[operator];
    if (text === undefined) return [];
    const { months, days } = calendarSpan(text);
    const unit = months === 0 ? 'days' : 'months';
    const length = months === 0 ? days : months;
    return [
      {
        subject: canonicalJson({ ...about, unit }),
        holds: (ahead) => typeof ahead === 'number' && says[operator](ahead, length),
        tries: [...around([-length, 0, length]), undefined],
        listed: [],
      },
    ];
  });
