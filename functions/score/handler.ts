import { type ActivityMessage, ActivityMessage as Message } from '../../events/activity-message.ts';
import type { ActivityEvent } from '../../events/envelope.ts';
import type { Visit } from '../../shared/journeys/next-snapshot.ts';
import { eventKey } from '../../shared/kernel/event-key.ts';
import type { Count } from '../../shared/lambda/metrics.ts';
import type { BatchWork, QueueRecord } from '../../shared/lambda/queue-handler.ts';
import { type Committed, commit } from './commit.ts';
import type { CommitDeps } from './work.ts';

export type ScoreDeps = CommitDeps & {
  readonly quarantine: (input: { at: number; reason: string; body: string }) => Promise<unknown>;
  readonly count: Count;
  /** Epoch ms. */
  readonly now: () => number;
};

type Read = { readonly record: QueueRecord; readonly message: ActivityMessage };

/** A message as what it says, or the reason why it says nothing: where it is wrong, never what stands there. */
const readRecord = (record: QueueRecord): Read | { readonly record: QueueRecord; readonly reason: string } => {
  let json: unknown;
  try {
    json = JSON.parse(record.body);
  } catch {
    return { record, reason: 'not JSON' };
  }
  const parsed = Message.safeParse(json);
  if (parsed.success) return { record, message: parsed.data };
  const places = parsed.error.issues.map(({ path, code }) => `${path.join('.') || 'message'}: ${code}`);
  return { record, reason: `not an activity message (${places.join('; ')})` };
};

type Erasure = Extract<ActivityMessage, { kind: 'erasure' }>;
type Scored = Exclude<ActivityMessage, Erasure>;
type ScoredRead = { readonly record: QueueRecord; readonly message: Scored };

const memberIn = (message: Scored): string => (message.kind === 'tick' ? message.member : message.event.member);

const isScored = (read: Read): read is ScoredRead => read.message.kind !== 'erasure';

type Group = {
  readonly visit: Visit;
  readonly ticks: readonly QueueRecord[];
  /** Event → the messages that carry it; more than one where it came twice in the batch. */
  readonly carriers: ReadonlyMap<ActivityEvent, readonly QueueRecord[]>;
};

const groupOf = (member: string, reads: readonly ScoredRead[], now: number): Group => {
  const first = new Map<string, ActivityEvent>();
  const carriers = new Map<ActivityEvent, QueueRecord[]>();
  const ticks: QueueRecord[] = [];
  let model = 0;
  for (const { record, message } of reads) {
    if (message.kind === 'tick') {
      ticks.push(record);
      model = Math.max(model, message.model ?? 0);
      continue;
    }
    const key = eventKey(message.event.source, message.event.id);
    const event = first.get(key) ?? message.event;
    first.set(key, event);
    carriers.set(event, [...(carriers.get(event) ?? []), record]);
  }
  return { visit: { member, now, events: [...carriers.keys()], ticked: ticks.length > 0, model }, ticks, carriers };
};

/** Which messages of a group come back to the queue, and which can never be processed. */
const fates = ({ ticks, carriers }: Group, { path, puts }: Committed) => {
  const of = (outcome: string) =>
    [...carriers].flatMap(([event, records]) => (puts.get(event) === outcome ? records : []));
  const refused = of('refused');
  const again = path === 'failed' ? [...ticks, ...[...carriers.values()].flat()] : of('failed');
  return { refused, again: again.filter((record) => !refused.includes(record)) };
};

/** Scores a batch from the activity queue: grouped by member, each group by the commit protocol. */
export const score =
  (deps: ScoreDeps): BatchWork =>
  async (records) => {
    const { onError, count, quarantine, now } = deps;
    const failed = new Set<string>();
    const setAside = async ({ messageId, body }: QueueRecord, reason: string) => {
      try {
        await quarantine({ at: now(), reason, body });
        count('Quarantined', 1);
      } catch (error) {
        onError(error);
        failed.add(messageId);
      }
    };

    const reads: Read[] = [];
    for (const read of records.map(readRecord)) {
      if ('message' in read) reads.push(read);
      else await setAside(read.record, read.reason);
    }
    // First of all: what else the batch holds of them may have happened before.
    const scored = reads.filter(isScored);
    for (const { record, message } of reads) {
      if (message.kind !== 'erasure') continue;
      const { member } = message;
      try {
        await deps.erase(member, message.at);
        // Where it broke off before, they may have been active since: then they are there, without a snapshot.
        scored.push({ record, message: { kind: 'tick', member } });
        count('Erased', 1);
      } catch (error) {
        onError(error);
        failed.add(record.messageId);
      }
    }
    const groups = [...Map.groupBy(scored, ({ message }) => memberIn(message))].map(([member, its]) =>
      groupOf(member, its, now()),
    );
    if (groups.length === 0) return failed;

    const results = await commit(
      deps,
      groups.map(({ visit }) => visit),
    );
    for (const [i, group] of groups.entries()) {
      const committed = results[i];
      if (!committed) continue;
      const { refused, again } = fates(group, committed);
      for (const record of refused) await setAside(record, 'refused by the ledger');
      for (const { messageId } of again) failed.add(messageId);
    }
    count('FastCommits', results.filter(({ path }) => path === 'fast').length);
    count('SlowCommits', results.filter(({ path }) => path === 'slow').length);
    count(
      'Conflicts',
      results.reduce((sum, { conflicts }) => sum + conflicts, 0),
    );
    return failed;
  };
