import type { Hits } from '../../../shared/mailing/measuring/difference.ts';

const Z = 1.959963984540054;

/** Wilson's interval of a rate. */
const wilson = ({ people, hits }: Hits): readonly [number, number] => {
  const p = hits / people;
  const middle = (p + Z ** 2 / (2 * people)) / (1 + Z ** 2 / people);
  const half = (Z / (1 + Z ** 2 / people)) * Math.sqrt((p * (1 - p)) / people + Z ** 2 / (4 * people ** 2));
  return [middle - half, middle + half];
};

/** The interval of a difference by method 10 of Newcombe, Statistics in Medicine 17 (1998), 873–890: another way to it. */
export const newcombe = (one: Hits, other: Hits): readonly [number, number] => {
  const [p, q] = [one.hits / one.people, other.hits / other.people];
  const [[l1, u1], [l2, u2]] = [wilson(one), wilson(other)];
  return [p - q - Math.hypot(p - l1, u2 - q), p - q + Math.hypot(u1 - p, q - l2)];
};
