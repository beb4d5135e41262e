import { type Arm, type Arms, HELD_OUT, LETTER, type Trial } from './trials.ts';

/**
 * Draws for a person in a trial: 32 hexadecimal digits or more of a keyed hash of both, always the same for the same two.
 * The person is named by the id that they had first: that stays when records are merged or numbered anew.
 */
export type Draw = (trial: string, person: string) => Promise<string>;

/** As many digits as a number holds exactly. */
const DIGITS = 13;

/** Where a person lies between 0 and 1: anywhere with the same likelihood. */
export const placeOf = (drawn: string): number => Number.parseInt(drawn.slice(0, DIGITS), 16) / 16 ** DIGITS;

/** What lies at a place between 0 and 1: the shares one after the other, then the letter. */
export const armAt = (place: number, { shares }: Pick<Trial, 'shares'>): Arm => {
  let before = 0;
  for (const [arm, share] of shares) {
    before += share;
    if (place * 100 < before) return arm;
  }
  return LETTER;
};

/**
 * What a person gets in each trial that a message takes part in. Whoever is held out of one takes no part in those after
 * it: nothing could be told of them there.
 */
export const armsFor = async (draw: Draw, trials: readonly Trial[], person: string): Promise<Arms> => {
  const arms: Record<string, Arm> = {};
  for (const trial of trials) {
    const arm = armAt(placeOf(await draw(trial.id, person)), trial);
    arms[trial.id] = arm;
    if (arm === HELD_OUT) break;
  }
  return arms;
};

export const isHeldOut = (arms: Arms): boolean => Object.values(arms).includes(HELD_OUT);
