import type { ActivityEvent } from '../../events/envelope.ts';
import { advance } from '../scoring/advance.ts';
import { fold } from '../scoring/fold.ts';
import type { CompiledVersion } from '../scoring/published-model.ts';
import type { Snapshot } from '../scoring/snapshot.ts';
import { type Decision, decide, freshAt, type Occasion } from './decide.ts';

/** What a member brings along who comes to another version of the model. */
export type Remodelling = {
  /** The model that made the snapshot, where it can be had. */
  readonly earlier: CompiledVersion | undefined;
  /** The events that were known before this visit. */
  readonly known: readonly ActivityEvent[];
};

/**
 * What is to be told when a member comes to another version, as if everybody had come to it when it was published: first
 * what was due to be told under the earlier one, then what the change itself makes of it. The latter is news only where
 * whoever published it wanted that. What has happened since is left to whoever asks.
 * @param before the snapshot that the earlier version made
 */
export const remodelled = (
  model: CompiledVersion,
  before: Snapshot,
  { earlier, known }: Remodelling,
  whom: Pick<Occasion, 'member' | 'now' | 'erasedAt'>,
): Decision => {
  const { now } = whom;
  const { at: publishedAt, announce } = model.publication ?? { at: now, announce: false };
  // For a minute some still work with the earlier version: what they have told stays told.
  const at = Math.min(now, Math.max(publishedAt, before.standing.last?.time ?? publishedAt));
  const past = known.filter(({ time }) => time <= at);
  const by = ({ compiled }: CompiledVersion) => advance(compiled, fold(compiled, past), at).standing;

  const pending =
    earlier &&
    decide(earlier.compiled, before.announced, by(earlier), {
      ...{ ...whom, model: earlier.version, isNews: freshAt(now, earlier.compiled) },
    });
  const changed = decide(model.compiled, pending?.announced ?? before.announced, by(model), {
    ...{ ...whom, model: model.version, isNews: () => announce, byModel: true },
  });
  return { announced: changed.announced, effects: [...(pending?.effects ?? []), ...changed.effects] };
};
