import type { Success } from '../../scoring/experiment.ts';
import type { Model } from '../../scoring/model.ts';
import type { Fate } from '../feedback/fate.ts';
import type { MailState } from '../send-once.ts';
import { type Arm, type Arms, HELD_OUT, LETTER, ownTrial, type Trial, trialsOf, wholeTrial } from './trials.ts';

/** A mail that was asked for, as far as it tells what a message does. Instants are epoch ms. */
export type MeasuredMail = {
  readonly message: string;
  readonly state: MailState;
  /** Why it was not sent, as a code. */
  readonly why: string;
  /** What was drawn for the member; nothing where the message was not measured. */
  readonly arms: Arms;
  /** When that was; else when the mail came to what it is. */
  readonly at: number;
  /** What became of it after SES took it, and when. */
  readonly fates: Readonly<Partial<Record<Fate, number>>>;
  /** When a person first followed a link in it, of those who agreed to be followed. */
  readonly clicked?: number;
};

/** What is asked: of which messages, by which trial, and what they are for. */
export type Question = {
  /** Left out: all that the trial is about. */
  readonly message?: string;
  /** Undefined: nobody is compared with anybody. */
  readonly trial: Trial | undefined;
  readonly success: Success | undefined;
};

/** What is asked of a message, by a model; of everything that some are held out of where none is named. */
export const questionOf = (model: Model, message: string | undefined): Question => {
  if (message === undefined) return { trial: wholeTrial(model), success: model.holdOut?.success };
  const wanted = model.messages.find(({ id }) => id === message);
  const own = wanted && ownTrial(wanted);
  if (own) return { message, trial: own, success: wanted.experiment?.success };
  const [whole] = trialsOf(model, message);
  return { message, trial: whole, success: whole && model.holdOut?.success };
};

/**
 * The arm by which a mail has its part in what is asked; undefined where it has none. One that was withheld has, also
 * by another trial than the one that is asked about: what was drawn counts, not what came of it.
 */
const armOf = ({ state, why, arms }: MeasuredMail, { trial }: Question): Arm | undefined => {
  const arm = trial ? arms[trial.id] : LETTER;
  if (state === 'skipped') return trial && why === HELD_OUT ? arm : undefined;
  return state === 'sent' || state === 'refused' || state === 'unknown' ? arm : undefined;
};

/** What a member has to do with what is asked. */
export type Enrolment = {
  /** What was drawn the first time, which counts whatever came of it: so nobody is chosen by what happened afterwards. */
  readonly arm: Arm;
  /** Epoch ms. */
  readonly at: number;
  readonly mails: readonly MeasuredMail[];
};

/** Undefined for whoever has no part in it. */
export const enrolmentOf = (all: readonly MeasuredMail[], question: Question): Enrolment | undefined => {
  const mails = all
    .filter(({ message }) => question.message === undefined || message === question.message)
    .filter((mail) => armOf(mail, question) !== undefined)
    .sort((a, b) => a.at - b.at);
  const [first] = mails;
  const arm = first && armOf(first, question);
  return arm === undefined ? undefined : { arm, at: first?.at ?? 0, mails };
};
