import { knownTypes } from '../event-fields.ts';
import type { Lint } from '../finding.ts';
import { nearest } from '../nearest.ts';
import { typesIn } from '../places.ts';

/** A type of event that nobody is known to send: right for a system of the organisation's own, wrong for a slip. Said once for each type. */
export const unheardEvents: Lint = {
  name: 'unheard-events',
  look: (model) => {
    const said = new Set(knownTypes);
    return typesIn(model).flatMap(({ type, path }) => {
      if (said.has(type)) return [];
      said.add(type);
      const meant = nearest(type, knownTypes);
      const message = `"${type}" is none of the types that Polku knows: it counts only if a system of yours sends it`;
      return [{ path, level: meant ? 'warning' : 'info', message, ...(meant ? { mend: `"${meant}"` } : {}) }];
    });
  },
};
