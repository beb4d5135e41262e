import * as z from 'zod';

export type Combined<Leaf> = Leaf | { all: Combined<Leaf>[] } | { any: Combined<Leaf>[] } | { not: Combined<Leaf> };

const MAX_DEPTH = 10;

/** `leaf`, or `all`, `any`, `not` of such, to a depth of ten. */
export const combined = <Leaf extends Record<string, unknown>>(
  leaf: (keys: ReadonlySet<string>) => z.ZodType<Leaf>,
): z.ZodType<Combined<Leaf>> => {
  // Made once each: a condition of a large model would make thousands otherwise.
  const levels = new Map<number, z.ZodType<Combined<Leaf>>>();
  const level = (depth: number): z.ZodType<Combined<Leaf>> => {
    const known = levels.get(depth) ?? newLevel(depth);
    levels.set(depth, known);
    return known;
  };
  const newLevel = (depth: number): z.ZodType<Combined<Leaf>> => {
    const group = groupAt(depth);
    return z.unknown().transform((input, context): Combined<Leaf> => {
      const keys = new Set(input !== null && typeof input === 'object' ? Object.keys(input) : []);
      const schema: z.ZodType<Combined<Leaf>> =
        keys.has('all') || keys.has('any') || keys.has('not')
          ? depth === MAX_DEPTH
            ? (z.never({ error: `nested more than ${MAX_DEPTH} deep` }) as z.ZodType<Combined<Leaf>>)
            : group(keys)
          : (leaf(keys) as z.ZodType<Combined<Leaf>>);
      const parsed = schema.safeParse(input);
      if (parsed.success) return parsed.data;
      for (const { path, message } of parsed.error.issues) {
        context.addIssue({ code: 'custom', path: [...path], message });
      }
      return z.NEVER;
    });
  };
  const groupAt = (depth: number) => {
    const below = z.lazy(() => level(depth + 1));
    const several = z.array(below).min(1).max(50);
    const [all, any, not] = [
      z.strictObject({ all: several }),
      z.strictObject({ any: several }),
      z.strictObject({ not: below }),
    ];
    return (keys: ReadonlySet<string>): z.ZodType<Combined<Leaf>> =>
      keys.has('all') ? all : keys.has('any') ? any : not;
  };
  return level(0);
};

/** Every leaf of a condition, with the path to it. */
export const leavesOf = <Leaf extends object>(
  condition: Combined<Leaf>,
  path: readonly PropertyKey[] = [],
): { readonly leaf: Leaf; readonly path: readonly PropertyKey[] }[] => {
  if ('all' in condition) return condition.all.flatMap((one, i) => leavesOf(one, [...path, 'all', i]));
  if ('any' in condition) return condition.any.flatMap((one, i) => leavesOf(one, [...path, 'any', i]));
  if ('not' in condition) return leavesOf(condition.not, [...path, 'not']);
  return [{ leaf: condition, path }];
};
