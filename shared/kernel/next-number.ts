const number = new Float64Array(1);
const bits = new BigInt64Array(number.buffer);

/** The least number that is greater than a finite one. */
export const nextNumber = (value: number): number => {
  if (value === 0) return Number.MIN_VALUE;
  number[0] = value;
  // In this order lie the bit patterns of positive numbers; those of negative ones the other way round.
  bits[0] = (bits[0] ?? 0n) + (value > 0 ? 1n : -1n);
  return number[0];
};
