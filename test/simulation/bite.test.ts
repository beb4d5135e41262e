import { describe, expect, it } from 'vitest';
import { definitions } from '../support/definitions.ts';
import { bite } from './bite.ts';
import { bugs } from './bugs/bugs.ts';

/** The short form, without the rare ones; `npm run harness:bite` gives each bug 1,000 seeds. */
const SEEDS = 200;

describe('the simulation notices', () => {
  it('at least 24 planted bugs', () => expect(bugs.length).toBeGreaterThanOrEqual(24));

  it.each(bugs.filter(({ isRare }) => !isRare))(
    '$name: $says',
    async (bug) => {
      const { finding } = await bite(bug, definitions(), SEEDS);
      expect(finding).toBeDefined();
    },
    120_000,
  );
});
