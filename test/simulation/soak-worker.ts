import { definitions } from '../support/definitions.ts';
import { simulate } from './run.ts';
import type { Told } from './soak-book.ts';

/** To the soak that has started this. */
const tell = (told: readonly Told[]): void => void process.send?.(told);

const stack = definitions();
process.on('message', async (seeds: readonly number[]) => {
  const told: Told[] = [];
  for (const seed of seeds) {
    const { steps, found, happened } = await simulate({ seed, definitions: stack });
    const kinds: Record<string, number> = {};
    for (const { kind } of happened) kinds[kind] = (kinds[kind] ?? 0) + 1;
    const [first] = found;
    told.push({ seed, steps, kinds, ...(first ? { failed: `${first.check}: ${first.says}` } : {}) });
  }
  tell(told);
});
tell([]);
