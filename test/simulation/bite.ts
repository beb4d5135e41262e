import type { Definitions } from '../support/definitions.ts';
import type { Bug } from './bugs/bug.ts';
import { wiringWith } from './bugs/bugs.ts';
import type { Finding } from './finding.ts';
import { simulate } from './run.ts';

/** How a planted bug was caught: by which seed, the how-manieth, and by which check. */
export type Bite = { readonly bug: Bug; readonly seeds: number; readonly finding: Finding | undefined };

/** Plays seed after seed with the bug, until it is noticed. */
export const bite = async (bug: Bug, definitions: Definitions, most: number): Promise<Bite> => {
  const wiring = wiringWith(bug);
  for (let seed = 1; seed <= most; seed++) {
    const { found } = await simulate({ seed, definitions, wiring });
    const [finding] = found;
    if (finding) return { bug, seeds: seed, finding };
  }
  return { bug, seeds: most, finding: undefined };
};
