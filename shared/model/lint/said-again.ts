import type { Lint } from '../finding.ts';

/**
 * The message of a stage that takes whoever fits no other. It is written for those who begin, and people fall back
 * there from all others: when their points fade, or while the stage they would return to is still closed to them.
 */
export const saidAgain: Lint = {
  name: 'said-again',
  look: ({ journeys }) =>
    journeys.flatMap(({ stages }, j) => {
      const [first, ...more] = stages;
      if (!first?.message || first.enter || first.onlyForward || more.length === 0) return [];
      const message = `whoever falls back into "${first.id}" gets "${first.message}" again: \`onlyForward: true\` keeps it for those who begin`;
      return [{ path: ['journeys', j, 'stages', 0, 'message'], level: 'info' as const, message }];
    }),
};
