/** The numbers themselves, one between each two, and one beyond either end. */
export const around = (numbers: readonly number[]): number[] => {
  const [first, ...rest] = [...new Set(numbers)].sort((a, b) => a - b);
  if (first === undefined) return [];
  let last = first;
  const all = [first - 1, first];
  for (const one of rest) {
    all.push((last + one) / 2, one);
    last = one;
  }
  return [...all, last + 1];
};
