import type { Command } from 'commander';
import { Trouble } from '../trouble.ts';
import { type StaffApi, staffApi } from './api.ts';
import { type Reach, reach } from './connection.ts';
import { type Paper, paper } from './paper.ts';
import type { World } from './world.ts';

/** What every command is handed. */
export type Desk = {
  readonly world: World;
  readonly paper: Paper;
  /** Whether the answer goes to a program. */
  readonly json: boolean;
  /** Prints a value for a program, and nothing else with it. */
  readonly print: (value: unknown) => void;
  /** What is asked of a member, in the language that the reader wants. */
  readonly memberPath: (id: string, rest?: string, query?: Readonly<Record<string, string>>) => string;
  readonly reach: () => Reach;
  readonly api: () => StaffApi;
  /** Polku's time, epoch ms: on this machine it may be ahead. */
  readonly now: () => Promise<number>;
};

/** Adds commands to the program. */
export type Adds = (program: Command, desk: () => Desk) => void;

const clockOf = async (world: World, { control }: Reach): Promise<number> => {
  if (control === undefined) return world.now();
  const answer = await world.fetch(control).catch(() => undefined);
  const state: unknown = answer?.ok ? await answer.json() : undefined;
  const now = state !== null && typeof state === 'object' && 'now' in state ? state.now : undefined;
  if (typeof now !== 'string')
    throw new Trouble('Polku is not running: start it in another terminal with `npm start`, then try again.');
  return Date.parse(now);
};

type Options = { readonly data: string; readonly json: boolean; readonly language?: string };

export const deskOf = (world: World, { data, json, language }: Options): Desk => {
  const where = () => reach(world, data);
  return {
    world,
    paper: paper(world),
    json,
    print: (value) => world.write(`${JSON.stringify(value, undefined, 2)}\n`),
    memberPath: (id, rest = '', query = {}) => {
      const asked = new URLSearchParams({ ...query, ...(language ? { language } : {}) }).toString();
      return `/v1/members/${encodeURIComponent(id)}${rest}${asked && `?${asked}`}`;
    },
    reach: where,
    api: () => staffApi(world, where()),
    now: () => clockOf(world, where()),
  };
};
