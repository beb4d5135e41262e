import type { ActivityEvent } from '../../events/envelope.ts';
import type { Json } from '../../shared/kernel/json.ts';

export type Said = { readonly given: boolean; readonly at: number; readonly source: string; readonly wording?: string };
export type Preferred = { readonly at: number; readonly language?: string; readonly pausedUntil?: number };

/** What is known of a person after some events. Times are epoch ms. */
export type Person = {
  readonly attributes: ReadonlyMap<string, Json>;
  readonly email: string | undefined;
  readonly consents: ReadonlyMap<string, Said>;
  readonly preferences: Preferred | undefined;
  readonly joinedAt: number | undefined;
  readonly leftAt: number | undefined;
};

export const nobody: Person = {
  attributes: new Map(),
  email: undefined,
  consents: new Map(),
  preferences: undefined,
  joinedAt: undefined,
  leftAt: undefined,
};

/** The name under which members speak for themselves. */
export const OWN = 'polku';

const says = new Set(['lead.created', 'member.joined', 'member.updated', 'member.left']);
const MOST_TAGS = 100;

/** A text as it is compared: in capitals or not, however its letters are put together. */
export const same = (text: string): string => text.normalize('NFC').toLowerCase();
export const textsOf = (value: Json | undefined): string[] =>
  [value].flat().flatMap((one) => (typeof one === 'string' ? [one] : []));

/** The tags of somebody, whichever way a source has told them. */
export const tagsIn = (attributes: ReadonlyMap<string, Json>): string[] => textsOf(attributes.get('tags'));

const tagged = (before: Person['attributes'], { type, data }: ActivityEvent): Person['attributes'] => {
  const named = textsOf(data.tags).map((tag) => tag.trim());
  if (named.length === 0) return before;
  let tags = tagsIn(before);
  const at = (tag: string) => tags.findIndex((one) => same(one) === same(tag));
  if (type === 'member.untagged') tags = tags.filter((one) => !named.some((tag) => same(tag) === same(one)));
  else for (const tag of named) if (tag !== '' && at(tag) < 0) tags = [...tags, tag];
  const after = new Map(before);
  after.delete('tags');
  if (tags.length > 0) after.set('tags', tags.slice(-MOST_TAGS));
  return after;
};

const attributesAfter = ({ attributes }: Person, event: ActivityEvent): Person['attributes'] => {
  const { type, data } = event;
  if (type === 'member.tagged' || type === 'member.untagged') return tagged(attributes, event);
  const after = new Map(attributes);
  const said = data.attributes;
  if (says.has(type) && said !== null && typeof said === 'object' && !Array.isArray(said)) {
    for (const [name, value] of Object.entries(said)) {
      if (name === 'status') continue;
      if (value === null) after.delete(name);
      else after.set(name, value);
    }
  }
  if (type === 'member.joined') after.set('status', 'member');
  if (type === 'member.left') after.set('status', 'left');
  if (type === 'lead.created' && attributes.get('status') !== 'member') after.set('status', 'lead');
  return after;
};

/** What counts of a yes or no after what was said before it: a no of their own is theirs to take back. */
const settledBy = (before: Said | undefined, said: Said): Said => {
  if (!before || before.given) return said;
  if (!said.given) return before.source === OWN && said.source !== OWN ? before : said;
  // Of a yes and a no at the same instant the no counts.
  const mayLift = before.source !== OWN || said.source === OWN || said.wording !== undefined;
  return said.at > before.at && mayLift ? said : before;
};

const consentsAfter = ({ consents }: Person, { type, data, time, source }: ActivityEvent): Person['consents'] => {
  const isWord = type === 'consent.given' || type === 'consent.withdrawn';
  if (!isWord || typeof data.purpose !== 'string') return consents;
  const wording = typeof data.wording === 'string' ? { wording: data.wording } : {};
  const said = { given: type === 'consent.given', at: time, source, ...wording };
  return new Map(consents).set(data.purpose, settledBy(consents.get(data.purpose), said));
};

const preferencesAfter = ({ preferences }: Person, { type, data, time }: ActivityEvent): Preferred | undefined => {
  if (type !== 'preferences.changed') return preferences;
  const { language, pausedUntil } = data;
  const own = language === undefined ? preferences?.language : language;
  const until = typeof pausedUntil === 'string' ? Date.parse(pausedUntil) : undefined;
  const paused = pausedUntil === undefined ? preferences?.pausedUntil : until;
  return {
    at: time,
    ...(typeof own === 'string' ? { language: own } : {}),
    ...(paused === undefined || Number.isNaN(paused) ? {} : { pausedUntil: paused }),
  };
};

/**
 * The person after one more event. Whoever has joined already stays joined since then; whoever joins again has not
 * left; a form filled in by a member does not make them a lead.
 */
export const after = (person: Person, event: ActivityEvent): Person => {
  const { type, time, email } = event;
  const wasMember = person.attributes.get('status') === 'member';
  const joins = type === 'member.joined';
  return {
    attributes: attributesAfter(person, event),
    email: email ?? person.email,
    consents: consentsAfter(person, event),
    preferences: preferencesAfter(person, event),
    joinedAt: joins && !(wasMember && person.joinedAt !== undefined) ? time : person.joinedAt,
    leftAt: joins ? undefined : type === 'member.left' ? time : person.leftAt,
  };
};
