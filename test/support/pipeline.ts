import type { ActivityMessage } from '../../events/activity-message.ts';
import type { Effect } from '../../events/effect.ts';
import type { ActivityEvent } from '../../events/envelope.ts';
import { type ScoreDeps, score } from '../../functions/score/handler.ts';
import type { MemberStore } from '../../shared/aws/member-store.ts';
import type { QueueRecord } from '../../shared/lambda/queue-handler.ts';
import type { CompiledVersion } from '../../shared/scoring/published-model.ts';
import { day, model } from './given.ts';
import { memoryMemberStore } from './memory-member-store.ts';

let messages = 0;

export const record = (body: string): QueueRecord => ({ messageId: `message-${messages++}`, body });
export const carrying = (message: ActivityMessage): QueueRecord => record(JSON.stringify(message));
export const activity = (event: ActivityEvent): QueueRecord => carrying({ kind: 'activity', event });
export const tick = (member = 'maija'): QueueRecord => carrying({ kind: 'tick', member });

/** The scorer over a store in memory, with what it sent, counted and set aside to be looked at. */
export const scorer = (
  parts: Partial<ScoreDeps> & { today?: number; store?: MemberStore; published?: CompiledVersion } = {},
) => {
  const store = parts.store ?? memoryMemberStore();
  const effects: Effect[] = [];
  const quarantined: { reason: string; body: string }[] = [];
  const counts: Record<string, number> = {};
  const errors: unknown[] = [];
  const world = { now: day(parts.today ?? 0), published: parts.published ?? { version: 1, compiled: model() } };
  const versions = new Map([[world.published.version, world.published]]);
  const work = score({
    store,
    sendEffects: async (list) => {
      effects.push(...list);
      return list.map(() => true);
    },
    currentModel: async () => world.published,
    earlierModel: async (version) => versions.get(version),
    erasedAt: async () => new Map(),
    erase: async () => {},
    dismiss: async () => {},
    quarantine: async (input) => void quarantined.push(input),
    count: (metric, value) => {
      counts[metric] = (counts[metric] ?? 0) + value;
    },
    onError: (error) => void errors.push(error),
    now: () => world.now,
    ...parts,
  });
  return {
    store,
    effects,
    quarantined,
    counts,
    errors,
    /** Works on a batch some days after the start; answers with the ids of the messages that come back. */
    on: async (days: number, ...records: QueueRecord[]) => {
      world.now = day(days);
      return work(records);
    },
    publish: (published: CompiledVersion) => {
      world.published = published;
      versions.set(published.version, published);
    },
    /** What was sent since the last time it was asked, in short. */
    news: () => effects.splice(0).map((effect) => `${effect.kind} ${effect.journey} ${effect.stage}`),
  };
};
