import type { Lint } from '../finding.ts';
import { stagesOf } from '../places.ts';

/** Messages that no stage names, scores that no rule feeds, and groups of caps to which no rule belongs. */
export const idleParts: Lint = {
  name: 'idle-parts',
  look: (model) => {
    const sent = new Set(
      stagesOf(model).flatMap(({ stage }) => [stage.message, ...(stage.messages ?? []).map(({ message }) => message)]),
    );
    const fed = new Set(model.rules.map(({ score }) => score));
    const grouped = new Set(model.rules.map(({ capGroup }) => capGroup));
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
      ...model.capGroups.flatMap(({ id }, i) =>
        grouped.has(id)
          ? []
          : [
              {
                path: ['capGroups', i],
                level: 'warning' as const,
                message: `no rule belongs to the cap group "${id}": one that does says so by its capGroup`,
              },
            ],
      ),
    ];
  },
};
