/** A term `weight · e^(−rate · t)`; a rate of 0 is a constant. */
export type Term = { readonly weight: number; readonly rate: number };

const at = (terms: readonly Term[], t: number): number =>
  terms.reduce((sum, { weight, rate }) => sum + weight * Math.exp(-rate * t), 0);

/** The zero between two points at which the sum has different signs, to the precision of the numbers. */
const between = (terms: readonly Term[], low: number, high: number): number => {
  const sign = Math.sign(at(terms, low));
  let [below, above] = [low, high];
  for (;;) {
    const middle = (below + above) / 2;
    if (middle <= below || middle >= above) return middle;
    if (Math.sign(at(terms, middle)) === sign) below = middle;
    else above = middle;
  }
};

/** From here on the term that fades slowest outweighs all others, so the sum keeps its sign. */
const settledFrom = ([slowest, ...others]: readonly Term[]): number =>
  Math.max(
    0,
    ...others.map(
      ({ weight, rate }) =>
        Math.log((others.length * Math.abs(weight)) / Math.abs(slowest?.weight ?? 1)) / (rate - (slowest?.rate ?? 0)),
    ),
  );

const summedByRate = (terms: readonly Term[]): Term[] =>
  [...Map.groupBy(terms, ({ rate }) => rate)]
    .map(([rate, same]) => ({ rate, weight: same.reduce((sum, { weight }) => sum + weight, 0) }))
    .filter(({ weight }) => weight !== 0)
    .sort((a, b) => a.rate - b.rate);

/**
 * Where a sum of exponentials changes its sign, t > 0, ascending. Between two zeros of its derivative a function has
 * one zero at most (Rolle); the derivative, divided by its slowest term, is a sum of one term less, and so on down to
 * two terms, of which the zero is known: t = ln(−b ∕ a) ∕ (rate of b − rate of a).
 */
export const signChanges = (sum: readonly Term[]): number[] => {
  const terms = summedByRate(sum);
  const [slowest, next] = terms;
  if (!slowest || !next) return [];
  if (terms.length === 2) {
    const ratio = -next.weight / slowest.weight;
    return ratio > 1 ? [Math.log(ratio) / (next.rate - slowest.rate)] : [];
  }
  // Dividing by the slowest term changes no sign and makes it a constant, which the derivative loses.
  const shifted = terms.map(({ weight, rate }) => ({ weight, rate: rate - slowest.rate }));
  const derivative = shifted.slice(1).map(({ weight, rate }) => ({ weight: -weight * rate, rate }));
  const end = settledFrom(shifted) + 1;
  const places = [0, ...signChanges(derivative).filter((turn) => turn < end), end];
  return places.flatMap((low, i) => {
    const high = places[i + 1];
    if (high === undefined || at(shifted, low) * at(shifted, high) >= 0) return [];
    return [between(shifted, low, high)];
  });
};
