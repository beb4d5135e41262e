import { moveInWords, reasonsInWords } from '../../shared/explaining/move-words.ts';
import { misfitInWords, pointInWords, shortfallInWords } from '../../shared/explaining/point-words.ts';
import type { Speech } from '../../shared/explaining/speech.ts';
import { cutFrom, placeOf, scoreInWords, type Telling } from '../../shared/explaining/telling.ts';
import { directionInWords } from '../../shared/explaining/way-words.ts';

/** Every sentence of an explanation, in the order in which staff read it. */
export const inWords = (telling: Telling, speech: Speech): string[] => {
  const { published, explanation, unmatched, outlook } = telling;
  const { model } = published;
  return [
    ...explanation.scores.flatMap((score) => [
      scoreInWords(model, score, speech),
      ...score.contributions.map((given) =>
        pointInWords(model, { ...given, shortfall: cutFrom(score, given) }, speech),
      ),
      ...score.uncounted.map((part) => shortfallInWords(model, part, speech)),
    ]),
    ...unmatched.map((one) => misfitInWords(one, speech)),
    ...outlook.flatMap((found) => {
      const { told } = placeOf(telling, found);
      return [...directionInWords(found.up, 'up', told, speech), ...directionInWords(found.down, 'down', told, speech)];
    }),
    ...explanation.transitions.map((move) => moveInWords(model, move, reasonsInWords(model, move, speech), speech)),
  ];
};
