import { createHmac } from 'node:crypto';
import { ADDRESS_PREFIX, CONFIG, TOMBSTONE, TOMBSTONE_PREFIX } from '../../shared/aws/keys.ts';
import { Tombstone } from '../../shared/mailing/tombstone.ts';
import type { Tables } from './cloud/tables.ts';
import { tableNames } from './names.ts';

const names = new Map<string, string>();
const nameOf = (key: string, what: string): string => {
  const known = names.get(`${key} ${what}`) ?? createHmac('sha256', key).update(what).digest('hex');
  names.set(`${key} ${what}`, known);
  return known;
};

const bodies = new Map<string, Tombstone>();
const tombstoneIn = (body: string): Tombstone => {
  const known = bodies.get(body) ?? Tombstone.parse(JSON.parse(body));
  bodies.set(body, known);
  return known;
};

const keyIn = (tables: Tables): string | undefined =>
  tables.tableAt(tableNames.CONFIG_TABLE).at({ pk: { S: CONFIG.keys }, sk: { S: 'addresses' } }).entry?.item.key?.S;

/** The partition of what was noted of an address. */
export const addressPlace = (tables: Tables, address: string): string =>
  ADDRESS_PREFIX + nameOf(keyIn(tables) ?? '', address.toLowerCase());

/** What is kept of a member who was erased, found as whoever has the key finds it. */
export const graveIn = (tables: Tables, member: string): Tombstone | undefined => {
  const key = keyIn(tables);
  if (key === undefined) return undefined;
  const place = { pk: { S: TOMBSTONE_PREFIX + nameOf(key, `member ${member}`) }, sk: { S: TOMBSTONE } };
  const body = tables.tableAt(tableNames.MEMBERS_TABLE).at(place).entry?.item.body?.S;
  return body === undefined ? undefined : tombstoneIn(body);
};

/** Up to when what happened to a member does not count, epoch ms: 0 where nobody ever erased them. */
export const erasedUpTo = (tables: Tables, member: string): number => graveIn(tables, member)?.erasedAt ?? 0;
