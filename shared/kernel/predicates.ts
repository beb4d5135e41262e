type One<A> = (a: A) => boolean;
type Two<A, B> = (a: A, b: B) => boolean;

/** One test that holds where all do, asked in turn. Two and three, as most conditions have, go without a loop. */
export function everyOf<A>(tests: readonly One<A>[]): One<A>;
export function everyOf<A, B>(tests: readonly Two<A, B>[]): Two<A, B>;
export function everyOf<A, B>(tests: readonly Two<A, B>[]): Two<A, B> {
  const [first, second, third, ...others] = tests;
  if (!first) return () => true;
  if (!second) return first;
  if (!third) return (a, b) => first(a, b) && second(a, b);
  if (others.length === 0) return (a, b) => first(a, b) && second(a, b) && third(a, b);
  return (a, b) => {
    for (const test of tests) if (!test(a, b)) return false;
    return true;
  };
}

/** One test that holds where any does, asked in turn. */
export function someOf<A>(tests: readonly One<A>[]): One<A>;
export function someOf<A, B>(tests: readonly Two<A, B>[]): Two<A, B>;
export function someOf<A, B>(tests: readonly Two<A, B>[]): Two<A, B> {
  const [first, second] = tests;
  if (!first) return () => false;
  if (!second) return first;
  return (a, b) => {
    for (const test of tests) if (test(a, b)) return true;
    return false;
  };
}
