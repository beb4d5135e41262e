/**
 * A sketch of a distribution: how many values lie in bins whose bounds grow by a constant ratio. Sketches are added bin
 * by bin, in any order, with the same outcome. A quantile read from it is at most 1 % off.
 * Source: Masson, Rim, Lee: DDSketch, VLDB 2019, https://arxiv.org/abs/1908.10693
 */
const ACCURACY = 0.01;
const RATIO = (1 + ACCURACY) / (1 - ACCURACY);
/** Values nearer to zero than this are as good as zero. */
const LEAST = 0.01;
/** Keeps the bins of negative values below that of zero, and those of positive ones above. */
const OFFSET = Math.ceil(Math.log(1 / LEAST) / Math.log(RATIO)) + 1;

/** The bin of a value: a whole number that grows with it, 0 for zero. */
export const binOf = (value: number): number => {
  const size = Math.abs(value);
  return size < LEAST ? 0 : Math.sign(value) * (Math.ceil(Math.log(size) / Math.log(RATIO)) + OFFSET);
};

const middleOf = (bin: number): number =>
  bin === 0 ? 0 : (Math.sign(bin) * (2 * RATIO ** (Math.abs(bin) - OFFSET))) / (RATIO + 1);

/** The value that a share (0 to 1) of all values lie at or below; undefined where there are none. */
export const quantile = (bins: ReadonlyMap<number, number>, share: number): number | undefined => {
  const sorted = [...bins].sort(([a], [b]) => a - b);
  const total = sorted.reduce((sum, [, count]) => sum + count, 0);
  let seen = 0;
  for (const [bin, count] of sorted) {
    seen += count;
    if (seen > share * (total - 1)) return middleOf(bin);
  }
  return undefined;
};

/**
 * The lower bound of the class that a value is shown in: 0, 1, 2, 5, 10, 20, 50 and so on, the same below zero.
 * What lies between 0 and 1 is of class 0, with zero itself.
 */
export const classOf = (value: number): number => {
  const size = Math.abs(value);
  if (size < 1) return value > -LEAST ? 0 : -1;
  const decade = 10 ** Math.floor(Math.log10(size) + 1e-12);
  const steps = [1, 2, 5, 10].map((step) => step * decade);
  return value > 0
    ? (steps.findLast((step) => step <= value) ?? decade)
    : -(steps.find((step) => step >= size) ?? 10 * decade);
};
