import { leavesOf } from '../../scoring/combined.ts';
import { stepsOf } from '../../scoring/sequence.ts';
import type { Lint } from '../finding.ts';

/** A rule that asks for a sequence which its own event would end: it sees only what was before, so that is no part. */
export const pastSequences: Lint = {
  name: 'past-sequences',
  look: ({ rules }) =>
    rules.flatMap(({ on, where }, i) =>
      (where ? leavesOf(where, ['rules', i, 'where']) : []).flatMap(({ leaf, path }) => {
        if (!('sequence' in leaf) || stepsOf(leaf).at(-1)?.event !== on) return [];
        const message = `asks for a sequence that happened before this ${on}: for one that ends with it, write \`after\``;
        return [{ path, level: 'info' as const, message }];
      }),
    ),
};
