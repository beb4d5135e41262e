import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { messageOf, Trouble } from '../trouble.ts';

export type DemoOptions = {
  readonly seed: number;
  readonly people: number;
  /** The data folder of the Polku to play with, absolute. */
  readonly data: string;
};

export const HELP = `npm run demo [-- options]
  --seed NUMBER    which year to play; the same number gives the same year (1)
  --people NUMBER  how many people (400)
  --data FOLDER    the data folder of the running Polku (.polku)`;

const flags = {
  seed: { type: 'string', default: '1' },
  people: { type: 'string', default: '400' },
  data: { type: 'string', default: '.polku' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const parsed = (args: readonly string[]) => {
  try {
    return parseArgs({ args: [...args], options: flags }).values;
  } catch (error) {
    throw new Trouble(`${messageOf(error).split('. ')[0]}: see \`npm run demo -- --help\`.`);
  }
};

const whole = (name: string, text: string, least: number, most: number): number => {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= least && number <= most) return number;
  throw new Trouble(`--${name} takes a whole number from ${least} to ${most}.`);
};

/** The command line as options; undefined where help was asked for. Throws Trouble. */
export const readDemoOptions = (args: readonly string[]): DemoOptions | undefined => {
  const { seed, people, data, help } = parsed(args);
  if (help) return undefined;
  return {
    seed: whole('seed', seed, 0, 999_999),
    people: whole('people', people, 1, 5000),
    data: resolve(data),
  };
};
