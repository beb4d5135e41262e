import { describe, expect, it } from 'vitest';
import { definitions } from '../support/definitions.ts';
import failedSeeds from './failed-seeds.json' with { type: 'json' };
import { allFaults, type FaultKind } from './faults.ts';
import { simulate } from './run.ts';
import { type Played, playSeeds } from './seeds.ts';

/** The short form, of two minutes on one core: so many of the 10,000 seeds. `npm run soak -- --seeds 10000` plays them all. */
const SEEDS = 500;
const AT_ONCE = 100;
/** How often each fault must be met, in so many seeds: 1,000 times in 10,000. */
const MET = (1000 * SEEDS) / 10_000;
const LONG = 120_000;

describe('the whole pipeline, whatever goes wrong', () => {
  const met = new Map<FaultKind, number>();

  const play = async (from: number): Promise<Played> => {
    const played = await playSeeds(definitions(), from, AT_ONCE);
    expect(played.failed).toEqual([]);
    expect(played.fewestSteps).toBeGreaterThanOrEqual(200);
    return played;
  };
  const note = (played: Played): void => {
    for (const [kind, count] of played.met) met.set(kind, (met.get(kind) ?? 0) + count);
  };

  it.each(Array.from({ length: SEEDS / AT_ONCE - 1 }, (_, i) => 1 + i * AT_ONCE))(
    'keeps its promises under the hundred seeds from %i on',
    async (from) => note(await play(from)),
    LONG,
  );

  it(
    'does so under the last hundred, and goes the same way for the same seed',
    async () => {
      const last = SEEDS - AT_ONCE + 1;
      const [one, other] = [await play(last), await play(last)];
      expect(other.hashes).toEqual(one.hashes);
      expect(new Set(one.hashes).size).toBe(AT_ONCE);
      note(one);
    },
    LONG,
  );

  it.each(allFaults)('met often enough: %s', (kind) => expect(met.get(kind)).toBeGreaterThanOrEqual(MET));

  it.each(failedSeeds)('keeps its promises under seed %i, which once failed', async (seed) =>
    expect((await simulate({ seed, definitions: definitions() })).found).toEqual([]),
  );
});
