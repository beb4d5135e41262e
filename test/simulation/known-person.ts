import type { ActivityEvent } from '../../events/envelope.ts';
import { memberKey } from '../../shared/aws/keys.ts';
import { FORMAT } from '../../shared/scoring/snapshot.ts';
import type { Profile } from '../../shared/scoring/standing.ts';
import type { Tables } from './cloud/tables.ts';
import { tableNames } from './names.ts';
import { after, nobody, type Person } from './oracle-person.ts';
import { notTakenBack } from './oracle-retractions.ts';
import { type MemberRecord, recordOf } from './records.ts';

const order = (a: string, b: string) => (a === b ? 0 : a < b ? -1 : 1);

/** Who somebody is by their ledger. */
export const personIn = (ledger: readonly ActivityEvent[]): Person =>
  [...notTakenBack(ledger)]
    .sort((a, b) => a.time - b.time || order(a.source, b.source) || order(a.id, b.id))
    .reduce(after, nobody);

/** Who somebody is by what was folded of their ledger so far. */
export const personOf = ({ attributes, consents, preferences, email, joinedAt, leftAt }: Profile): Person => ({
  attributes: new Map(Object.entries(attributes)),
  consents: new Map(Object.entries(consents)),
  preferences,
  email,
  joinedAt,
  leftAt,
});

/** What the table holds of one member. */
export const recordIn = (tables: Tables, member: string): MemberRecord => {
  const partition = memberKey(member);
  const rows = tables.tableAt(tableNames.MEMBERS_TABLE).items.partition(partition);
  return recordOf(
    partition,
    rows.map(({ item }) => item),
  );
};

/** What can be known of a member just now: by what is folded, and by all that lies in the ledger. None: they are not there. */
export const personsIn = (tables: Tables, member: string): Person[] => {
  const { snapshot, ledger, chosen } = recordIn(tables, member);
  if (!snapshot) return [];
  const inLedger = personIn(ledger);
  const known = snapshot.madeBy.format === FORMAT ? [personOf(snapshot.standing.profile), inLedger] : [inLedger];
  // What they have just said themselves, the ledger hears of later.
  return chosen.length === 0 ? known : [...known, personIn([...ledger, ...chosen])];
};
