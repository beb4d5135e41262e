import type { ActivityEvent } from '../../../events/envelope.ts';
import { canonicalJson } from '../../../shared/kernel/json.ts';
import { due } from '../../../shared/scoring/advance.ts';
import type { CompiledModel } from '../../../shared/scoring/compile.ts';
import { fold } from '../../../shared/scoring/fold.ts';
import type { HandWritten } from './hand-written.ts';

/** What Polku makes of a member's events, as far as the model of the benchmark asks for it. */
export const folded = (model: CompiledModel, events: readonly ActivityEvent[]): HandWritten => {
  const standing = fold(model, events);
  const { profile, history: _, left: __, ...rest } = standing;
  const status = typeof profile.attributes.status === 'string' ? profile.attributes.status : undefined;
  return { activeAt: 0, ...rest, status, due: due(model, standing) };
};

/** Equal to the last bit of every score and the last ms of every instant. */
export const areEqual = (one: HandWritten, other: HandWritten): boolean => canonicalJson(one) === canonicalJson(other);
