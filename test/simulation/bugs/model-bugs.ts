import { configStore } from '../../../shared/aws/config-store.ts';
import { publishedModels } from '../../../shared/aws/published-models.ts';
import { compile } from '../../../shared/scoring/compile.ts';
import { Model } from '../../../shared/scoring/model.ts';
import { tableNames } from '../names.ts';
import type { Bug } from './bug.ts';
import { scoreWith } from './score-with.ts';

type Leaf = Readonly<Record<string, unknown>>;

/** The same with every object in it read in another way. */
const rewritten = (value: unknown, change: (leaf: Leaf) => Leaf): unknown => {
  if (Array.isArray(value)) return value.map((one) => rewritten(one, change));
  if (!(value instanceof Object)) return value;
  return change(Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, rewritten(inner, change)])));
};

/** The scorer, which reads models in another way. */
const modelsAs = (change: (leaf: Leaf) => Leaf) =>
  scoreWith(({ currentModel }, { dynamodb: client, now }) => {
    const { version } = publishedModels(configStore({ client, table: tableNames.CONFIG_TABLE, now }));
    return {
      currentModel: async (least) => {
        const right = await currentModel(least);
        const found = await version(right.version);
        return found ? { ...right, compiled: compile(Model.parse(rewritten(found.model, change))) } : right;
      },
    };
  });

/** What goes wrong where conditions are read. */
export const modelBugs: readonly Bug[] = [
  {
    name: 'sequence-either-way',
    says: 'what makes a sequence may happen in the opposite order too',
    wiring: modelsAs((leaf) =>
      Array.isArray(leaf.sequence) ? { any: [leaf, { ...leaf, sequence: leaf.sequence.toReversed() }] } : leaf,
    ),
  },
  {
    name: 'rule-without-end',
    says: 'a rule goes on counting after its last day',
    wiring: modelsAs((leaf) => {
      const { until: _, ...endless } = leaf;
      return 'on' in leaf && 'points' in leaf ? endless : leaf;
    }),
  },
  {
    name: 'past-is-ahead',
    says: 'what asks for a date of the last days is met by one of the next days',
    wiring: modelsAs((leaf) => {
      const { withinLast, ...rest } = leaf;
      return withinLast === undefined ? leaf : { ...rest, withinNext: withinLast };
    }),
  },
];
