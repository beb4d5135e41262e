import type { ActivityEvent } from '../../events/envelope.ts';
import type { CompiledModel } from './compile.ts';
import { evolve, NOBODY } from './evolve.ts';
import { comparePositions } from './position.ts';
import { awaitsRetracted, counting } from './retracted.ts';
import type { Standing } from './standing.ts';

/**
 * The standing that a set of events of one member gives, in whatever order they come; each event must be there once.
 * What was taken back is passed over, so an event that comes later than all that counts can be folded onto it, unless it
 * is a retraction or may be what a retraction still waits for.
 */
export const fold = (model: CompiledModel, events: readonly ActivityEvent[]): Standing => {
  const standing = counting(events)
    .toSorted(comparePositions)
    .reduce((so, event) => evolve(model, so, event).standing, NOBODY);
  return awaitsRetracted(events) ? { ...standing, awaitsRetracted: true } : standing;
};
