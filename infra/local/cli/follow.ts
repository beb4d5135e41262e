import type { z } from 'zod';
import type { Desk } from './command.ts';

/** How often to look how far it is, ms. */
const EVERY = 1000;

/** A question about everybody, on which somebody else works. */
type Running = {
  readonly id: string;
  readonly stalled: boolean;
  readonly progress: { readonly partsDone: number; readonly parts: number };
  readonly result?: object | undefined;
};

type Asked<Answer> = {
  readonly first: Answer;
  readonly schema: z.ZodType<Answer>;
  /** Where it is looked at. */
  readonly path: string;
  /** Asking once more has it taken up where it died. */
  readonly again: () => Promise<Answer>;
};

/** Follows it until it is done. It goes on whether somebody watches or not. */
export const follow = async <Answer extends Running>(
  { api, world }: Desk,
  { first, schema, path, again }: Asked<Answer>,
): Promise<NonNullable<Answer['result']>> => {
  const bar = world.progress('Parts of the members looked at:', first.progress.parts);
  let answer = first;
  for (;;) {
    const { result, stalled, progress }: Pick<Answer, keyof Running> = answer;
    if (result) {
      bar.end();
      return result;
    }
    bar.at(progress.partsDone);
    await world.wait(EVERY);
    answer = stalled ? await again() : await api().ask(schema, path);
  }
};
