import type { Lint } from '../finding.ts';
import { stagesOf } from '../places.ts';

/** Messages that no stage names, and scores that no rule feeds. */
export const idleParts: Lint = {
  name: 'idle-parts',
  look: (model) => {
    const sent = new Set(stagesOf(model).map(({ stage }) => stage.message));
    const fed = new Set(model.rules.map(({ score }) => score));
    return [
      ...model.messages.flatMap(({ id }, i) =>
        sent.has(id)
          ? []
          : [{ path: ['messages', i], level: 'warning' as const, message: `no stage sends the message "${id}"` }],
      ),
      ...model.scores.flatMap(({ id, fit, sum }, i) =>
        fed.has(id) || fit || sum
          ? []
          : [{ path: ['scores', i], level: 'warning' as const, message: `no rule gives points to "${id}"` }],
      ),
    ];
  },
};
