import type { z } from 'zod';
import { Problem } from '../../../shared/api/problem.ts';
import { Trouble } from '../trouble.ts';
import { NOT_RUNNING, type Reach } from './connection.ts';
import type { World } from './world.ts';

/** What Polku said no with. */
export class Refused extends Trouble {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(`${problem.detail ?? problem.title}${/[.!?]$/.test(problem.detail ?? '') ? '' : '.'}`);
    this.problem = problem;
  }
}

const json = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** The problem in an answer, whoever wrote it. */
export const problemIn = (status: number, text: string): Problem => {
  const read = Problem.safeParse(json(text));
  return read.success ? read.data : { type: 'about:blank', title: `Polku answered ${status}`, status };
};

/** Asks over the network; who cannot be reached is a sentence. Throws Trouble. */
export const asking = async (
  { fetch }: Pick<World, 'fetch'>,
  local: boolean,
  url: string,
  request?: RequestInit,
): Promise<Response> => {
  try {
    return await fetch(url, request);
  } catch {
    throw new Trouble(local ? NOT_RUNNING : `Polku cannot be reached at ${new URL(url).origin}: look at POLKU_API.`);
  }
};

/** Polku's API as staff may use it. */
export const staffApi = (world: Pick<World, 'fetch'>, { api, token, control }: Reach) => {
  const local = control !== undefined;

  /** The parsed answer. Throws Refused, or another Trouble. */
  const ask = async <S extends z.ZodType>(
    schema: S,
    path: string,
    { method = 'GET', body }: { method?: string; body?: unknown } = {},
  ): Promise<z.infer<S>> => {
    const answer = await asking(world, local, `${api}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (answer.status === 401 || answer.status === 403) {
      throw new Trouble(
        local
          ? 'Polku does not take the token of this data folder: run `npm start` again.'
          : 'Polku does not take the token: set POLKU_TOKEN to a fresh one.',
      );
    }
    if (!answer.ok) throw new Refused(problemIn(answer.status, text));
    const read = schema.safeParse(json(text));
    if (!read.success) throw new Trouble('Polku answered something that this version of the commands does not know.');
    return read.data;
  };
  return { ask };
};
export type StaffApi = ReturnType<typeof staffApi>;
