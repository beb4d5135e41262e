import { type Batch, type Rotation, SOURCES } from './batch.ts';
import type { Random } from './random.ts';
import type { Scenario } from './scenario.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const drawRotation = ({ pick, below }: Random, batches: readonly Batch[]): Rotation => ({
  source: pick(SOURCES),
  at: pick(batches).at + below(40_000),
  overlapHours: pick([0, 0.5, 2, 24, 24, 72]),
});

/** Something that the source said, said once more around the end of the overlap, and in the midst of it. */
const drawRepeats = ({ pick, below }: Random, { at, source, overlapHours }: Rotation, batches: readonly Batch[]) => {
  const its = batches.filter((batch) => batch.source === source && batch.at <= at);
  const overlap = overlapHours * HOUR;
  const after = [5_000, 20_000, 2 * MINUTE, below(overlap + MINUTE), overlap - 3 * MINUTE, overlap + below(HOUR)];
  return its.length === 0 ? [] : after.map((late): Batch => ({ ...pick(its), at: at + Math.max(0, late) }));
};

/** The same life, in which sources are given other secrets now and then. Most lives stay what they were. */
export const withRotations = (scenario: Scenario, chance: Random): Scenario => {
  if (!chance.chance(0.2)) return scenario;
  const { batches, end } = scenario;
  if (batches.length === 0) return scenario;
  const rotations = Array.from({ length: chance.pick([1, 1, 2]) }, () => drawRotation(chance, batches));
  const repeats = rotations.flatMap((rotation) => drawRepeats(chance, rotation, batches));
  const last = repeats.reduce((latest, { at }) => Math.max(latest, at + HOUR), end);
  return { ...scenario, batches: [...batches, ...repeats], rotations, end: last };
};
