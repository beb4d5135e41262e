import type { ActivityEvent } from '../../events/envelope.ts';
import type { MemberStore } from '../../shared/aws/member-store.ts';
import { canonicalJson } from '../../shared/kernel/json.ts';
import { comparePositions } from '../../shared/scoring/position.ts';
import { counting } from '../../shared/scoring/retracted.ts';
import { type Snapshot, SnapshotBody } from '../../shared/scoring/snapshot.ts';

type Stored = Pick<Snapshot, 'version' | 'madeBy' | 'events' | 'dueAt' | 'erasedAt'> & { readonly body: string };

const stored = ({ version, madeBy, events, dueAt, standing, announced, outbox, erasedAt }: Snapshot): Stored => ({
  version,
  madeBy,
  events,
  dueAt,
  body: canonicalJson({ standing, announced, outbox }),
  ...(erasedAt === undefined ? {} : { erasedAt }),
});

const restored = ({ body, dueAt, ...rest }: Stored): Snapshot => ({
  ...rest,
  ...SnapshotBody.parse(JSON.parse(body)),
  ...(dueAt === undefined ? {} : { dueAt }),
});

/** Member records in memory, with the conditions of the real store. Passes its contract tests. */
export const memoryMemberStore = (): MemberStore => {
  const snapshots = new Map<string, Stored>();
  const ledgers = new Map<string, Map<string, string>>();
  const read = async (member: string) => {
    const found = snapshots.get(member);
    return found && restored(found);
  };
  const wholeLedger = (member: string) =>
    [...(ledgers.get(member)?.values() ?? [])].map((text): ActivityEvent => JSON.parse(text)).sort(comparePositions);
  return {
    read,
    readMany: async (members) => {
      const all = await Promise.all(members.map(async (member) => [member, await read(member)] as const));
      return new Map(all.flatMap(([member, snapshot]) => (snapshot ? [[member, snapshot]] : [])));
    },
    putEvents: async (events) =>
      events.map((event) => {
        const ledger = ledgers.get(event.member) ?? new Map<string, string>();
        ledgers.set(event.member, ledger);
        const key = JSON.stringify([event.source, event.id]);
        if (ledger.has(key)) return 'known';
        ledger.set(key, canonicalJson(event));
        return 'new';
      }),
    writeSnapshots: async (writes) =>
      writes.map(({ member, before, after }) => {
        if (snapshots.get(member)?.version !== before?.version) return 'stale';
        snapshots.set(member, stored(after));
        return 'written';
      }),
    ledger: async (member) => counting(wholeLedger(member)),
    wholeLedger: async (member) => wholeLedger(member),
  };
};
