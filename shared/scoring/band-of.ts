import type { Model } from './model.ts';

type Score = Model['scores'][number];

/** The band that a value of a score lies in: the last one that begins at or below it. */
export const bandOf = ({ bands = [] }: Pick<Score, 'bands'>, value: number) =>
  bands.findLast(({ from }) => value >= from);
