import type { Lint } from '../finding.ts';
import { stagesOf } from '../places.ts';

/** Stages that say nothing to whoever enters, and do not say that this is meant. */
export const silentStages: Lint = {
  name: 'silent-stages',
  look: (model) =>
    stagesOf(model)
      .filter(
        ({ stage: { message, messages = [], silent } }) =>
          message === undefined && !silent && messages.every(({ on }) => on !== 'entry'),
      )
      .map(({ stage: { id, alert, atRisk }, path }) => ({
        path,
        level: 'info',
        message:
          alert || atRisk
            ? `whoever enters "${id}" gets no message, only staff hears of it: if that is meant, say \`silent: true\``
            : `nobody hears of it when somebody enters "${id}", neither they nor staff: if that is meant, say \`silent: true\``,
      })),
};
