import type { Json } from '../kernel/json.ts';
import { folded } from './data-test.ts';
import type { Profile } from './standing.ts';

/** Under this name tags lie among the attributes, so that a source may also send the whole list of them. */
export const TAGS = 'tags';

/** A source that makes a tag of every little thing must not make the standing grow for ever. */
const MOST_TAGS = 100;

const textsIn = (value: Json | undefined): readonly string[] =>
  (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string');

/** The tags that a member has, in the order in which they came. */
export const tagsOf = ({ attributes }: Profile): readonly string[] => textsIn(attributes[TAGS]);

/**
 * The profile with some tags put on or taken off, in capitals or not. Of more than a hundred the latest are kept.
 * @param said what the event holds: a list of texts, or one; anything else changes nothing
 */
export const withTags = (profile: Profile, said: Json | undefined, on: boolean): Profile => {
  const named = new Map(textsIn(said).map((tag) => [folded(tag.trim()), tag.trim()]));
  if (named.size === 0) return profile;
  const before = tagsOf(profile);
  const had = new Set(before.map(folded));
  const after = on
    ? [...before, ...[...named].filter(([tag]) => tag !== '' && !had.has(tag)).map(([, tag]) => tag)].slice(-MOST_TAGS)
    : before.filter((tag) => !named.has(folded(tag)));
  const { [TAGS]: _, ...others } = profile.attributes;
  return { ...profile, attributes: after.length === 0 ? others : { ...others, [TAGS]: after } };
};
