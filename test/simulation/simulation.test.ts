import { describe, expect, it } from 'vitest';
import { definitions } from '../support/definitions.ts';
import failedSeeds from './failed-seeds.json' with { type: 'json' };
import { allFaults, type FaultKind } from './faults.ts';
import { simulate } from './run.ts';
import { playSeeds } from './seeds.ts';

/** The short form, of two minutes on one core: so many of the 10,000 seeds. `npm run soak -- --seeds 10000` plays them all. */
const SEEDS = 500;
const AT_ONCE = 100;
/** How often each fault must be met, in so many seeds: 1,000 times in 10,000. */
const MET = (1000 * SEEDS) / 10_000;
const LONG = 120_000;

describe('the whole pipeline, whatever goes wrong', () => {
  const met = new Map<FaultKind, number>();

  it.each(Array.from({ length: SEEDS / AT_ONCE }, (_, i) => 1 + i * AT_ONCE))(
    'keeps its promises under the hundred seeds from %i on',
    async (from) => {
      const played = await playSeeds(definitions(), from, AT_ONCE);
      expect(played.failed).toEqual([]);
      expect(played.fewestSteps).toBeGreaterThanOrEqual(200);
      for (const [kind, count] of played.met) met.set(kind, (met.get(kind) ?? 0) + count);
    },
    LONG,
  );

  it.each(allFaults)('met often enough: %s', (kind) => expect(met.get(kind)).toBeGreaterThanOrEqual(MET));

  it.each(failedSeeds)('keeps its promises under seed %i, which once failed', async (seed) =>
    expect((await simulate({ seed, definitions: definitions() })).found).toEqual([]),
  );

  it(
    'goes the same way for the same seed',
    async () => {
      for (let seed = 20_001; seed <= 20_100; seed++) {
        const [one, other] = [
          await simulate({ seed, definitions: definitions() }),
          await simulate({ seed, definitions: definitions() }),
        ];
        expect(other.hash, `seed ${seed}`).toBe(one.hash);
      }
    },
    LONG,
  );
});
