import type { Lint } from './finding.ts';
import { beyondReach } from './lint/beyond-reach.ts';
import { blurredVariants } from './lint/blurred-variants.ts';
import { contradictions } from './lint/contradictions.ts';
import { idleParts } from './lint/idle-parts.ts';
import { bareSubjects } from './lint/letters/bare-subjects.ts';
import { preheaders } from './lint/letters/preheaders.ts';
import { readableLetters } from './lint/letters/readable-letters.ts';
import { spamProneSubjects } from './lint/letters/spam-prone-subjects.ts';
import { waysOut } from './lint/letters/ways-out.ts';
import { missingLanguages } from './lint/missing-languages.ts';
import { overlappingStages } from './lint/overlapping-stages.ts';
import { pastSequences } from './lint/past-sequences.ts';
import { saidAgain } from './lint/said-again.ts';
import { silentStages } from './lint/silent-stages.ts';
import { stagesWithoutExit } from './lint/stages-without-exit.ts';
import { unheardEvents } from './lint/unheard-events.ts';
import { unknownFields } from './lint/unknown-fields.ts';
import { unreachableStages } from './lint/unreachable-stages.ts';
import { unsendableValues } from './lint/unsendable-values.ts';
import { unsentAttributes } from './lint/unsent-attributes.ts';
import { withoutEffect } from './lint/without-effect.ts';

/** All that is looked for, in the order in which it is told. */
export const lints: readonly Lint[] = [
  unheardEvents,
  unknownFields,
  unsendableValues,
  unsentAttributes,
  contradictions,
  pastSequences,
  withoutEffect,
  beyondReach,
  unreachableStages,
  overlappingStages,
  stagesWithoutExit,
  silentStages,
  saidAgain,
  idleParts,
  missingLanguages,
  blurredVariants,
  preheaders,
  spamProneSubjects,
  bareSubjects,
  readableLetters,
  waysOut,
];
