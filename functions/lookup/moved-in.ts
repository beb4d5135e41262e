import { iso } from '../../shared/api/instant.ts';
import type { Moved } from '../../shared/api/members.ts';
import { moveInWords, reasonsInWords } from '../../shared/explaining/move-words.ts';
import type { Speech } from '../../shared/explaining/speech.ts';
import type { Model } from '../../shared/scoring/model.ts';
import type { Transition } from '../../shared/scoring/standing.ts';

/** A change of stage with its reasons, as the API tells of it. */
export const movedIn = (model: Model, move: Transition, speech: Speech): Omit<Moved, 'kind'> => {
  const because = reasonsInWords(model, move, speech);
  const { at, journey, from, to } = move;
  return { at: iso(at), journey, from, to, because: [...because], words: moveInWords(model, move, because, speech) };
};
