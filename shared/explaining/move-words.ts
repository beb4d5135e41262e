import { filled } from '../kernel/phrase.ts';
import type { Journey, Model } from '../scoring/model.ts';
import type { Reason, Transition } from '../scoring/standing.ts';
import { factInWords } from './fact-words.ts';
import type { Speech } from './speech.ts';

/** A test that had its part in a change of stage, with the same as a phrase. */
export type Told = Reason & { readonly words: string };

/** A test that did not hold kept nobody any more, or was not to hold. */
const isLoss = ({ from, to }: Transition, { stage, holds }: Reason): boolean =>
  !holds && (stage === null ? to === null : stage === from);

const subject = ({ stage, test }: Reason): string => {
  const { gt: _gt, gte: _gte, lt: _lt, lte: _lte, ...rest }: Record<string, unknown> = test;
  return JSON.stringify([stage, rest]);
};

/**
 * Why a stage changed, test by test, each as a phrase. Where neither what lets in nor what keeps holds any more, and both
 * ask about the same, only what keeps is named: it held last.
 */
export const reasonsInWords = (model: Model, move: Transition, speech: Speech): readonly Told[] => {
  const { because } = move;
  const isOutlived = (reason: Reason, i: number) =>
    isLoss(move, reason) &&
    because.slice(i + 1).some((other) => isLoss(move, other) && subject(other) === subject(reason));
  const told = because
    .filter((reason, i) => !isOutlived(reason, i))
    .map((reason) => {
      const { why } = speech.words;
      const fact = factInWords(model, reason.test, speech);
      const words = reason.holds ? fact : filled(isLoss(move, reason) ? why.noLonger : why.not, { fact });
      return { ...reason, words };
    });
  return told.filter(({ words }, i) => told.findIndex((other) => other.words === words) === i);
};

const titleOf = (journey: Journey | undefined, stage: string | null | undefined, { quoted }: Speech): string =>
  quoted(journey?.stages.find(({ id }) => id === stage)?.title ?? stage ?? '');

/** A change of stage to be told of; undefined where it came from is left unsaid. */
type Move = Pick<Transition, 'journey' | 'to' | 'at'> & { readonly from: string | null | undefined };

/** A change of stage as a sentence without a full stop, with the reasons that are given. */
export const moveInWords = (
  model: Model,
  { journey: id, from, to, at }: Move,
  reasons: readonly Told[],
  speech: Speech,
): string => {
  const { words, title, date } = speech;
  const { why } = words;
  const journey = model.journeys.find((one) => one.id === id);
  const on = from === undefined ? why.entered : why.moved;
  const move = filled(to === null ? why.ended : from === null ? why.began : on, {
    date: date(at),
    journey: title(journey?.title ?? id),
    from: titleOf(journey, from, speech),
    to: titleOf(journey, to, speech),
  });
  if (reasons.length === 0) return move;
  return filled(why.because, { move, reasons: reasons.map((reason) => reason.words).join('; ') });
};
