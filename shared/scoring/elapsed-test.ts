import { milliseconds } from '../kernel/duration.ts';
import type { SinceCondition } from './condition.ts';
import type { MemberTest } from './instants.ts';
import type { Standing } from './standing.ts';
import { allOf, comparisons, operators } from './tests-together.ts';

/** Of what never began, no time has passed: every bound fails. */
export const elapsedTest = (
  beginning: (standing: Standing) => number | undefined,
  condition: Pick<SinceCondition, (typeof operators)[number]>,
): MemberTest =>
  allOf(
    operators.flatMap((operator): MemberTest[] => {
      const duration = condition[operator];
      if (duration === undefined) return [];
      const compare = comparisons[operator];
      const bound = milliseconds(duration);
      const turnsAfter = operator === 'gt' || operator === 'lte' ? bound + 1 : bound;
      return [
        {
          holds: (standing, instant) => {
            const begun = beginning(standing);
            return begun !== undefined && compare(instant - begun, bound);
          },
          changesAfter: (standing, instant) => {
            const begun = beginning(standing);
            return begun !== undefined && begun + turnsAfter > instant ? begun + turnsAfter : undefined;
          },
        },
      ];
    }),
  );
