import type { Model } from '../scoring/model.ts';
import { problem } from './problem.ts';

const MOST = 20;

/** A message that the model in force does not have: names those that it has. */
export const noSuchMessage = ({ messages }: Pick<Model, 'messages'>) => {
  const ids = messages.slice(0, MOST).map(({ id }) => id);
  const has = ids.length === 0 ? 'it has none' : `it has ${ids.join(', ')}${messages.length > MOST ? ', …' : ''}`;
  return problem(404, `The model in force has no such message: ${has}`);
};
