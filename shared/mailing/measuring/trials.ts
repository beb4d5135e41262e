import type { Model } from '../../scoring/model.ts';

/** What members are given in a trial: nothing, the message's own letter, or one of its variants by its id. */
export type Arm = string;
export const HELD_OUT: Arm = 'held-out';
export const LETTER: Arm = 'letter';

/** Who gets what, to find out what it does. The shares are of 100; whoever is left over gets the letter. */
export type Trial = {
  /** Stays as long as its round does: whoever was drawn stays where they are. */
  readonly id: string;
  readonly shares: readonly (readonly [Arm, number])[];
};

/** What a member was given, by the trial: once drawn, it stands in the record of the mail. */
export type Arms = Readonly<Record<string, Arm>>;

/** No message has a dot in its id. */
const idOf = (kind: 'message' | 'everything', name: string, round: number): string => `${kind}.${name}.${round}`;

/** The trial of the members to whom messages of some purposes are not sent at all; undefined where there is none. */
export const wholeTrial = ({ holdOut }: Pick<Model, 'holdOut'>): Trial | undefined =>
  holdOut && {
    id: idOf('everything', [...holdOut.purposes].sort().join('-'), holdOut.round),
    shares: [[HELD_OUT, holdOut.share]],
  };

/** The trial of one message; undefined where it has none. */
export const ownTrial = ({ id, experiment }: Model['messages'][number]): Trial | undefined =>
  experiment && {
    id: idOf('message', id, experiment.round),
    shares: [
      ...(experiment.holdOut === undefined ? [] : [[HELD_OUT, experiment.holdOut] as const]),
      ...(experiment.variants ?? []).map((variant) => [variant.id, variant.share] as const),
    ],
  };

/** The variant of a message that was drawn; undefined: its own letter. */
export const variantIn = (message: Model['messages'][number], arms: Arms): string | undefined => {
  const arm = arms[ownTrial(message)?.id ?? ''];
  return arm === HELD_OUT || arm === LETTER ? undefined : arm;
};

/** The trials that a message takes part in, the one that is about more than it first. */
export const trialsOf = (model: Pick<Model, 'holdOut' | 'messages'>, message: string): readonly Trial[] => {
  const wanted = model.messages.find(({ id }) => id === message);
  if (!wanted) return [];
  const whole = model.holdOut?.purposes.some((purpose) => purpose === wanted.purpose) ? wholeTrial(model) : undefined;
  return [whole, ownTrial(wanted)].filter((trial) => trial !== undefined);
};
