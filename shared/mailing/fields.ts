import { writtenDate } from '../kernel/calendar.ts';
import type { Owner } from '../scoring/staff.ts';
import type { Profile } from '../scoring/standing.ts';
import { oneLine } from './one-line.ts';

/** What a message to a member may name. A field of which nothing is known is the empty text. */
export const FIELDS = ['firstName', 'lastName', 'memberId', 'memberSince', 'organisation', 'ownerName'] as const;
export type Field = (typeof FIELDS)[number];
export type MailFields = Readonly<Record<Field, string>>;

export type FieldSources = {
  readonly member: string;
  readonly profile: Profile;
  readonly organisation: string;
  readonly owner: Owner | undefined;
  readonly language: string;
  /** IANA name. */
  readonly zone: string;
};

const MAX_FIELD = 100;

/** An attribute that is a text; anything else counts as unknown. */
export const textAttribute = ({ attributes }: Profile, name: string): string => {
  const value = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
  return typeof value === 'string' ? oneLine(value, MAX_FIELD) : '';
};

export const mailFields = ({ member, profile, organisation, owner, language, zone }: FieldSources): MailFields => ({
  firstName: textAttribute(profile, 'firstName'),
  lastName: textAttribute(profile, 'lastName'),
  memberId: oneLine(member, MAX_FIELD),
  memberSince: profile.joinedAt === undefined ? '' : writtenDate(profile.joinedAt, language, zone),
  organisation,
  ownerName: owner?.name ?? organisation,
});
