import { Attributes } from '../../../events/attributes.ts';
import type { Lint } from '../finding.ts';
import { nearest } from '../nearest.ts';
import { testsIn } from '../places.ts';

/** Those that Polku uses itself, and the one that it works out. */
const known = ['status', ...Object.keys(Attributes.shape)];

/** An attribute that no known event carries: right if a system sends it, so it is said once for each name. */
export const unsentAttributes: Lint = {
  name: 'unsent-attributes',
  look: (model) => {
    const said = new Set<string>();
    return testsIn(model).flatMap(({ leaf, path }) => {
      if (!('attribute' in leaf)) return [];
      const [name = ''] = leaf.attribute.split('.');
      if (known.includes(name) || said.has(name)) return [];
      said.add(name);
      const meant = nearest(name, known);
      const message = `the attribute "${name}" is none that Polku knows: the condition holds only if a system of yours sends it`;
      return [
        {
          path: [...path, 'attribute'],
          level: meant ? ('warning' as const) : ('info' as const),
          message,
          ...(meant ? { mend: `"${meant}"` } : {}),
        },
      ];
    });
  },
};
