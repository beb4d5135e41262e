import { isDuration, milliseconds } from '../../kernel/duration.ts';
import type { Cap, Rule } from '../../scoring/model.ts';
import type { Finding, Lint } from '../finding.ts';
import { formulaOf } from '../formula.ts';
import { type Path, stagesOf, testsIn } from '../places.ts';
import { possible } from '../possible.ts';

const warning = (path: Path, message: string): Finding => ({ path, level: 'warning', message });

const isNothing = (length: string | undefined): boolean =>
  length !== undefined && isDuration(length) && milliseconds(length) === 0;

const idleCaps = (caps: readonly Cap[], path: Path): readonly Finding[] =>
  caps.flatMap(({ per }, i) =>
    isNothing(per)
      ? [warning([...path, i, 'per'], 'no two events share a period of no length: the cap never holds anything back')]
      : [],
  );

const crossedBounds = ({ points }: Rule, path: Path): readonly Finding[] =>
  typeof points === 'object' && points.atLeast > points.atMost
    ? [
        warning(
          [...path, 'points', 'atLeast'],
          `lies above \`atMost\`: the rule gives ${points.atMost} whatever happens`,
        ),
      ]
    : [];

/** Parts that are valid and change nothing: lengths of nothing, bounds that cross, a `stay` that keeps in nobody more. */
export const withoutEffect: Lint = {
  name: 'without-effect',
  look: (model) => [
    ...model.rules.flatMap((rule, i) => [
      ...crossedBounds(rule, ['rules', i]),
      ...idleCaps(rule.cap, ['rules', i, 'cap']),
    ]),
    ...model.capGroups.flatMap(({ cap }, i) => idleCaps(cap, ['capGroups', i, 'cap'])),
    ...testsIn(model).flatMap(({ leaf, path }) =>
      'count' in leaf && isNothing(leaf.within)
        ? [warning([...path, 'within'], 'nothing happens within no time: the count is always 0')]
        : [],
    ),
    ...stagesOf(model).flatMap(({ stage: { enter, stay }, path }) => {
      if (!enter || !stay) return [];
      const [lets, keeps] = [formulaOf(enter), formulaOf(stay)];
      // What holds for nobody at all is another finding.
      if (!possible(keeps) || possible({ all: [keeps, { not: lets }] })) return [];
      return [warning([...path, 'stay'], 'keeps in nobody whom `enter` would not: it is meant to ask for less')];
    }),
  ],
};
