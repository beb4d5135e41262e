import type { ActivityEvent } from '../../events/envelope.ts';
import type { Json } from '../../shared/kernel/json.ts';

/** What is known of a person after some events. Times are epoch ms. */
export type Person = {
  readonly attributes: ReadonlyMap<string, Json>;
  readonly email: string | undefined;
  readonly consents: ReadonlyMap<string, { readonly given: boolean; readonly at: number; readonly source: string }>;
  readonly joinedAt: number | undefined;
  readonly leftAt: number | undefined;
};

export const nobody: Person = {
  attributes: new Map(),
  email: undefined,
  consents: new Map(),
  joinedAt: undefined,
  leftAt: undefined,
};

const says = new Set(['lead.created', 'member.joined', 'member.updated', 'member.left']);

const attributesAfter = ({ attributes }: Person, { type, data }: ActivityEvent): Person['attributes'] => {
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

/**
 * The person after one more event. Whoever has joined already stays joined since then; whoever joins again has not
 * left; a form filled in by a member does not make them a lead.
 */
export const after = (person: Person, event: ActivityEvent): Person => {
  const { type, time, data, email, source } = event;
  const consents = new Map(person.consents);
  if ((type === 'consent.given' || type === 'consent.withdrawn') && typeof data.purpose === 'string') {
    const said = { given: type === 'consent.given', at: time, source };
    const before = consents.get(data.purpose);
    // Of a yes and a no at the same instant the no counts.
    if (!(said.given && before?.given === false && before.at === time)) consents.set(data.purpose, said);
  }
  const wasMember = person.attributes.get('status') === 'member';
  const joins = type === 'member.joined';
  return {
    attributes: attributesAfter(person, event),
    email: email ?? person.email,
    consents,
    joinedAt: joins && !(wasMember && person.joinedAt !== undefined) ? time : person.joinedAt,
    leftAt: joins ? undefined : type === 'member.left' ? time : person.leftAt,
  };
};
