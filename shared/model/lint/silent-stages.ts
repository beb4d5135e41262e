import type { Lint } from '../finding.ts';
import { stagesOf } from '../places.ts';

/** Stages that people enter without anybody being told: the journey is told of there, but nothing comes of it. */
export const silentStages: Lint = {
  name: 'silent-stages',
  look: (model) =>
    stagesOf(model)
      .filter(({ stage: { message, alert, atRisk } }) => message === undefined && !alert && !atRisk)
      .map(({ stage, path }) => ({
        path,
        level: 'info',
        message: `nobody hears of it when somebody enters "${stage.id}": it has no message, no alert, and is in no digest`,
      })),
};
