import { type ActivityEvent, MemberId } from '../../events/envelope.ts';
import type { Json } from '../kernel/json.ts';
import { withConsent } from './consents.ts';
import { FORMAT, type Snapshot } from './snapshot.ts';
import type { Preferences, Profile } from './standing.ts';
import { withTags } from './tags.ts';

export const NO_PROFILE: Profile = { attributes: {}, consents: {} };

const STATUS = 'status';

/** What a source says of the member: a value replaces, null clears, what is not named stays. */
const withAttributes = (profile: Profile, said: Json | undefined, status: string | undefined): Profile => {
  const news = said !== null && typeof said === 'object' && !Array.isArray(said) ? Object.entries(said) : [];
  const merged = new Map(Object.entries(profile.attributes));
  for (const [key, value] of news) {
    // `__proto__` is no name for anything: schemas drop it on the way back.
    if (key === STATUS || key === '__proto__') continue;
    if (value === null) merged.delete(key);
    else merged.set(key, value);
  }
  if (status !== undefined) merged.set(STATUS, status);
  return { ...profile, attributes: Object.fromEntries(merged) };
};

const textOr = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined);

const withWord = (profile: Profile, { source, data, time }: ActivityEvent, given: boolean): Profile => {
  if (typeof data.purpose !== 'string') return profile;
  const wording = textOr(data.wording);
  const said = { given, at: time, source, ...(wording === undefined ? {} : { wording }) };
  return withConsent(profile, data.purpose, said);
};

/** A value replaces, null clears, what is not named stays. */
const withPreferences = (profile: Profile, { data, time }: ActivityEvent): Profile => {
  const { language, pausedUntil } = profile.preferences ?? {};
  const own = data.language === undefined ? language : textOr(data.language);
  const until = data.pausedUntil === undefined ? pausedUntil : Date.parse(textOr(data.pausedUntil) ?? '');
  const preferences: Preferences = {
    at: time,
    ...(own === undefined ? {} : { language: own }),
    ...(until === undefined || Number.isNaN(until) ? {} : { pausedUntil: until }),
  };
  return { ...profile, preferences };
};

const withEmail = (profile: Profile, { email }: ActivityEvent): Profile =>
  email === undefined || email === profile.email ? profile : { ...profile, email };

/** Lead, member or left; undefined where no event has said. */
export const statusOf = ({ attributes }: Profile): Json | undefined => attributes[STATUS];

/** The id that the person had first, where a source says that it was another; undefined where none does. */
export const firstIdOf = ({ attributes }: Profile): string | undefined => MemberId.safeParse(attributes.firstId).data;

const isMember = (profile: Profile) => statusOf(profile) === 'member';

/** What is known of the person after an event: who they are, how to reach them, what they agreed to. */
export const withEvent = (before: Profile, event: ActivityEvent): Profile => {
  const profile = withEmail(before, event);
  switch (event.type) {
    case 'lead.created':
      // A form filled in by somebody who has joined already does not make them a lead again.
      return withAttributes(profile, event.data.attributes, isMember(profile) ? undefined : 'lead');
    case 'member.joined': {
      const { leftAt: _, ...rest } = withAttributes(profile, event.data.attributes, 'member');
      return { ...rest, joinedAt: isMember(profile) ? (profile.joinedAt ?? event.time) : event.time };
    }
    case 'member.updated':
      return withAttributes(profile, event.data.attributes, undefined);
    case 'member.tagged':
      return withTags(profile, event.data.tags, true);
    case 'member.untagged':
      return withTags(profile, event.data.tags, false);
    case 'member.left':
      return { ...withAttributes(profile, event.data.attributes, 'left'), leftAt: event.time };
    case 'consent.given':
      return withWord(profile, event, true);
    case 'consent.withdrawn':
      return withWord(profile, event, false);
    case 'preferences.changed':
      return withPreferences(profile, event);
    default:
      return profile;
  }
};

/** What a snapshot says of the person, whatever form it is in. `ledger` is in canonical order. */
export const profileIn = async (
  { madeBy, standing }: Snapshot,
  ledger: () => Promise<readonly ActivityEvent[]>,
): Promise<Profile> => (madeBy.format === FORMAT ? standing.profile : (await ledger()).reduce(withEvent, NO_PROFILE));
