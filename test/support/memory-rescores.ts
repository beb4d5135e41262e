import type { ConfigStore } from '../../shared/aws/config-store.ts';
import type { Rescore } from '../../shared/model/rescore.ts';

export type RescoreStore = Pick<ConfigStore, 'rescore' | 'rescores' | 'startRescore' | 'changeRescore'>;

/** Rescores in memory, with the conditions of the real store. Passes its contract tests. */
export const memoryRescores = (): RescoreStore => {
  const kept = new Map<number, Rescore>();
  return {
    rescore: async (version) => kept.get(version),
    rescores: async (limit = 20) => [...kept.values()].sort((a, b) => b.version - a.version).slice(0, limit),
    startRescore: async (start, at) => {
      const { state = 'done' } = kept.get(start.version) ?? {};
      if (state === 'running' || state === 'paused') return false;
      const fresh = { behind: start.total, fruitless: 0, startedAt: at, changedAt: at };
      kept.set(start.version, { ...start, ...fresh, state: 'running' });
      return true;
    },
    changeRescore: async (version, from, changes, at) => {
      const before = kept.get(version);
      if (!before || !from.includes(before.state)) return false;
      const { state = before.state, pace = before.pace } = changes;
      const { behind = before.behind, fruitless = before.fruitless } = changes;
      kept.set(version, { ...before, state, pace, behind, fruitless, changedAt: at });
      return true;
    },
  };
};
