import type { ActivityEvent } from '../../events/envelope.ts';
import { advance } from '../scoring/advance.ts';
import { fold } from '../scoring/fold.ts';
import type { PublishedModel } from '../scoring/published-model.ts';
import { FORMAT, type Snapshot } from '../scoring/snapshot.ts';
import type { Standing } from '../scoring/standing.ts';

/**
 * A member's standing at an instant (epoch ms) under a model. A snapshot that another model made, or another form of
 * the fold, says nothing about that: then the ledger does.
 */
export const presentStanding = async (
  { version, compiled }: PublishedModel,
  { madeBy, standing }: Pick<Snapshot, 'madeBy' | 'standing'>,
  ledger: () => Promise<readonly ActivityEvent[]>,
  now: number,
): Promise<Standing> => {
  const current = madeBy.model === version && madeBy.format === FORMAT;
  return advance(compiled, current ? standing : fold(compiled, await ledger()), now).standing;
};
