import type { ActivityEvent } from '../../events/envelope.ts';
import { canonicalJson } from '../../shared/kernel/json.ts';
import type { ItemFate } from './front-door.ts';

export type Entry = {
  readonly member: string;
  /** What was said under the key, as texts of the event. */
  readonly contents: Set<string>;
  /** When it happened, by each of these, epoch ms. */
  readonly times: number[];
  /** Whether something under the key was accepted for certain; if not, it may count all the same. */
  accepted: boolean;
};

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The event that an item is, as it must lie in the ledger; undefined for what is none. */
const eventOf = (
  item: unknown,
  source: string,
): (Pick<ActivityEvent, 'member' | 'id' | 'time'> & { text: string }) | undefined => {
  if (!isRecord(item) || !isRecord(item.member) || typeof item.time !== 'string') return undefined;
  const { id: member, email } = item.member;
  const rest = email === undefined ? {} : { email };
  const time = Date.parse(item.time);
  const event = { source, id: item.id, type: item.type, member, ...rest, time, data: item.data };
  return { member: text(member), id: text(item.id), time, text: canonicalJson(event) };
};

/** What the sources have sent, and what they were told of it. */
export const book = () => {
  const entries = new Map<string, Entry>();
  const entryOf = (item: unknown, source: string): Entry | undefined => {
    const event = eventOf(item, source);
    if (!event) return undefined;
    const key = JSON.stringify([event.member, source, event.id]);
    const entry = entries.get(key) ?? { member: event.member, contents: new Set<string>(), times: [], accepted: false };
    entry.contents.add(event.text);
    entry.times.push(event.time);
    entries.set(key, entry);
    return entry;
  };
  return {
    /** By member, source and id. */
    entries: entries as ReadonlyMap<string, Entry>,
    sent: (source: string, items: readonly unknown[]): void => {
      for (const item of items) entryOf(item, source);
    },
    answered: (source: string, items: readonly unknown[], fates: readonly ItemFate[]): void => {
      items.forEach((item, i) => {
        const entry = entryOf(item, source);
        if (entry && fates[i] === 'accepted') entry.accepted = true;
      });
    },
  };
};
export type Book = ReturnType<typeof book>;
