import { Pace } from '../../../shared/model/rescore.ts';
import { Trouble } from '../trouble.ts';

/** A pace as it was typed. Throws Trouble. */
export const paceFrom = (text: string): number => {
  const read = Pace.safeParse(Number(text));
  if (read.success) return read.data;
  throw new Trouble('The pace is how many members a minute, a whole number from 1 to 12000.');
};
