import { realWiring, type Wiring } from '../wiring.ts';
import type { Bug } from './bug.ts';
import { choiceBugs } from './choice-bugs.ts';
import { erasureBugs } from './erasure-bugs.ts';
import { followingBugs } from './following-bugs.ts';
import { ledgerBugs } from './ledger-bugs.ts';
import { mailBugs } from './mail-bugs.ts';
import { modelBugs } from './model-bugs.ts';
import { reportBugs } from './report-bugs.ts';
import { restraintBugs } from './restraint-bugs.ts';
import { secretBugs } from './secret-bugs.ts';
import { waitingBugs } from './waiting-bugs.ts';
import { writeBugs } from './write-bugs.ts';

/** Every planted bug. */
export const bugs: readonly Bug[] = [
  ...ledgerBugs,
  ...writeBugs,
  ...mailBugs,
  ...restraintBugs,
  ...erasureBugs,
  ...choiceBugs,
  ...waitingBugs,
  ...modelBugs,
  ...reportBugs,
  ...followingBugs,
  ...secretBugs,
];

/** The functions with a bug in them. */
export const wiringWith = ({ wiring }: Bug): Wiring => ({ ...realWiring, ...wiring });
