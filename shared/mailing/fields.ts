import { localNumber, writtenDate } from '../kernel/calendar.ts';
import type { Letterhead } from '../scoring/letter.ts';
import type { Owner } from '../scoring/staff.ts';
import type { Profile } from '../scoring/standing.ts';
import type { MailLinks } from './mail-links.ts';
import { oneLine } from './one-line.ts';

/** For whom a mail is: a member, an owner about one member, an owner about all of theirs at risk. */
export type MailKind = 'message' | 'alert' | 'digest';
/** A text; a link, which is an address as a whole; several texts. */
export type FieldSort = 'text' | 'link' | 'list';
type Sorts = Readonly<Record<string, FieldSort>>;

/** What header and footer may name, and so every mail. */
export const FRAME_FIELDS: Sorts = {
  organisation: 'text',
  ownerName: 'text',
  preferencesUrl: 'link',
  unsubscribeUrl: 'link',
};

/** What each kind of mail may name. The subject of a mail to staff never names a person, so there is no such field. */
const kinds: Readonly<Record<MailKind, Sorts>> = {
  message: { ...FRAME_FIELDS, firstName: 'text', lastName: 'text', memberId: 'text', memberSince: 'text' },
  alert: { ...FRAME_FIELDS, stage: 'text', date: 'text' },
  digest: { ...FRAME_FIELDS, heading: 'text', fresh: 'text', date: 'text', count: 'text', countNew: 'text' },
};

/** Of these there is something to say in every mail in which they may stand. */
export const alwaysKnown: readonly string[] = [
  ...['organisation', 'ownerName', 'memberId', 'preferencesUrl'],
  ...['stage', 'date', 'heading', 'count', 'countNew'],
];

const sortOf = ({ as }: { readonly as: string }): FieldSort => (as === 'list' || as === 'link' ? as : 'text');

/** The fields of a kind of mail, those of the organisation's own among them. */
export const fieldsOf = (kind: MailKind, letterhead: Letterhead | undefined): Sorts => ({
  ...(kind === 'message'
    ? Object.fromEntries(Object.entries(letterhead?.fields ?? {}).map(([name, field]) => [name, sortOf(field)]))
    : {}),
  ...kinds[kind],
});

export type FieldValue = string | readonly string[];
/** What a mail is filled in with. A field of which nothing is known is the empty text. */
export type MailFields = Readonly<Record<string, FieldValue>>;

export type FieldSources = {
  readonly member: string;
  readonly profile: Profile;
  readonly organisation: string;
  readonly owner: Owner | undefined;
  readonly links: MailLinks;
  readonly letterhead: Letterhead | undefined;
  readonly language: string;
  /** IANA name. */
  readonly zone: string;
};

const MAX_FIELD = 100;
const MAX_LINK = 2000;
const MOST_ITEMS = 20;

const attributeOf = ({ attributes }: Profile, name: string) =>
  Object.hasOwn(attributes, name) ? attributes[name] : undefined;

/** An attribute that is a text; anything else counts as unknown. */
export const textAttribute = (profile: Profile, name: string): string => {
  const value = attributeOf(profile, name);
  return typeof value === 'string' ? oneLine(value, MAX_FIELD) : '';
};

/** A date without a time is that date wherever one is; one with a time is the date there then. */
const dateInWords = (text: string, language: string, zone: string): string => {
  const at = Date.parse(text);
  if (!/^\d{4}-\d{2}-\d{2}/.test(text) || Number.isNaN(at)) return '';
  return writtenDate(at, language, text.length === 10 ? 'UTC' : zone);
};

const httpsLink = (text: string): string => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url?.protocol === 'https:' && url.href.length <= MAX_LINK ? url.href : '';
};

type Own = NonNullable<Letterhead['fields']>[string];

const ownField = ({ attribute, as }: Own, { profile, language, zone }: FieldSources): FieldValue => {
  const value = attributeOf(profile, attribute);
  switch (as) {
    case 'number':
      return typeof value === 'number' ? localNumber(value, language) : '';
    case 'date':
      return typeof value === 'string' ? dateInWords(value, language, zone) : '';
    case 'list':
      return (Array.isArray(value) ? value : []).slice(0, MOST_ITEMS).map((one) => oneLine(String(one), MAX_FIELD));
    case 'link':
      return typeof value === 'string' ? httpsLink(value) : '';
    default:
      return textAttribute(profile, attribute);
  }
};

/** What a letter to a member may say of them, in the way of its language. */
export const mailFields = (sources: FieldSources): MailFields => {
  const { member, profile, organisation, owner, links, letterhead, language, zone } = sources;
  return {
    ...Object.fromEntries(
      Object.entries(letterhead?.fields ?? {}).map(([name, field]) => [name, ownField(field, sources)]),
    ),
    firstName: textAttribute(profile, 'firstName'),
    lastName: textAttribute(profile, 'lastName'),
    memberId: oneLine(member, MAX_FIELD),
    memberSince: profile.joinedAt === undefined ? '' : writtenDate(profile.joinedAt, language, zone),
    organisation,
    ownerName: owner?.name ?? organisation,
    preferencesUrl: links.preferences,
    unsubscribeUrl: links.unsubscribe ?? '',
  };
};
