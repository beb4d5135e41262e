import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { ActivityEvent } from '../../events/envelope.ts';
import {
  CHOICES,
  CONFIG,
  CURRENT,
  DIGESTS,
  EVENT_PREFIX,
  MAIL_PREFIX,
  memberOf,
  SNAPSHOT,
  TAG_INDEX,
  TALLY,
} from '../../shared/aws/keys.ts';
import { eventOf, snapshotOf } from '../../shared/aws/member-rows.ts';
import { type CompiledModel, compile, NO_MODEL } from '../../shared/scoring/compile.ts';
import { Model } from '../../shared/scoring/model.ts';
import type { Snapshot } from '../../shared/scoring/snapshot.ts';
import type { Cloud } from './cloud.ts';
import { type Document, nothing } from './document.ts';
import { documentTitled } from './models.ts';
import { tableNames } from './names.ts';
import { OWN } from './oracle-person.ts';

type Row = Readonly<Record<string, AttributeValue>>;

const text = (row: Row, name: string): string => row[name]?.S ?? '';
const whole = (row: Row, name: string): number => Number(row[name]?.N);

/** `until` is when a mail that waits comes again, epoch ms. */
export type MailRow = {
  readonly id: string;
  readonly state: string;
  readonly detail: string;
  readonly until: number | undefined;
};
export type PlaceRow = { readonly journey: string; readonly stage: string | null; readonly sequence: number };

/** All that the table holds of one member. */
export type MemberRecord = {
  readonly member: string;
  readonly ledger: readonly ActivityEvent[];
  readonly snapshot: Snapshot | undefined;
  readonly mails: readonly MailRow[];
  readonly places: readonly PlaceRow[];
  /** The messages that count under the caps of the contact policy. */
  readonly counted: readonly string[];
  /** What they have chosen themselves, as events; and the revision of it. */
  readonly chosen: readonly ActivityEvent[];
  readonly choices: number | undefined;
};

const Tally = z.object({ counted: z.array(z.object({ id: z.string() })) });

const JOURNEY = 'journey#';

/** A row is never changed in place, so what was read from it can be kept beside it. */
const keeping = <Value>(read: (row: Row) => Value) => {
  const kept = new WeakMap<Row, Value>();
  return (row: Row): Value => {
    const known = kept.get(row) ?? read(row);
    kept.set(row, known);
    return known;
  };
};
const eventIn = keeping((row) => eventOf({ ...row }));
const countedIn = keeping((row) => Tally.parse(JSON.parse(text(row, 'body'))).counted.map(({ id }) => id));
const Chosen = z.object({ consents: z.record(z.string(), z.object({ given: z.boolean(), at: z.int() })) });
const chosenIn = keeping((row) =>
  Object.entries(Chosen.parse(JSON.parse(text(row, 'body'))).consents).map(([purpose, { given, at }]) => ({
    source: OWN,
    id: `${purpose}-${at}`,
    type: given ? 'consent.given' : 'consent.withdrawn',
    time: at,
    data: { purpose },
  })),
);
export const snapshotIn = keeping((row) => snapshotOf({ ...row }));

export const recordOf = (partition: string, rows: readonly Row[]): MemberRecord => {
  const under = (prefix: string) => rows.filter((row) => text(row, 'sk').startsWith(prefix));
  const [snapshot] = under(SNAPSHOT);
  const [choices] = under(CHOICES);
  return {
    member: memberOf(partition),
    ledger: under(EVENT_PREFIX).map(eventIn),
    snapshot: snapshot && snapshotIn(snapshot),
    mails: under(MAIL_PREFIX).map((row) => ({
      id: text(row, 'sk').slice(MAIL_PREFIX.length),
      state: text(row, 'state'),
      detail: text(row, 'detail'),
      until: row.dueAt && whole(row, 'dueAt'),
    })),
    places: under(JOURNEY).map((row) => ({
      journey: text(row, 'sk').slice(JOURNEY.length),
      stage: row.stage?.S ?? null,
      sequence: whole(row, 'sequence'),
    })),
    counted: under(TALLY).flatMap((row) => countedIn(row)),
    chosen: choices ? chosenIn(choices).map((event) => ({ ...event, member: memberOf(partition) })) : [],
    choices: choices && whole(choices, 'revision'),
  };
};

/** What lies in the table just now, member by member. */
export const membersIn = ({ tables }: Cloud): MemberRecord[] => {
  const rows = tables.items(tableNames.MEMBERS_TABLE).filter((row) => text(row, 'pk').startsWith('member#'));
  return [...Map.groupBy(rows, (row) => text(row, 'pk'))].map(([partition, its]) => recordOf(partition, its));
};

/** What was set aside. */
export const quarantineIn = ({ tables }: Cloud): string[] =>
  tables
    .items(tableNames.MEMBERS_TABLE)
    .filter((row) => text(row, 'pk') === 'quarantine')
    .map((row) => text(row, 'body'));

const configRows = ({ tables }: Cloud, partition: string): readonly Row[] =>
  tables.items(tableNames.CONFIG_TABLE).filter((row) => text(row, 'pk') === partition);

/** The claims of digests, by owner and run; `until` is when one that waits comes again, epoch ms. */
type DigestRow = { readonly key: string; readonly state: string; readonly until: number | undefined };

export const digestsIn = (cloud: Cloud): DigestRow[] =>
  cloud.tables
    .items(tableNames.MEMBERS_TABLE)
    .filter((row) => text(row, 'pk') === DIGESTS && row.state !== undefined)
    .map((row) => ({ key: text(row, 'sk'), state: text(row, 'state'), until: row.dueAt && whole(row, 'dueAt') }));

/** Of the mails of which nobody knows whether they were sent: the tags. */
export const doubtfulIn = (cloud: Cloud): string[] =>
  cloud.tables
    .items(tableNames.MEMBERS_TABLE)
    .filter((row) => text(row, 'state') === 'unknown')
    .map((row) => text(row, TAG_INDEX.partition));

export type Published = { readonly document: Document; readonly compiled: CompiledModel };

const parsed = new Map<string, Published>();
const publishedOf = (body: string): Published => {
  const known = parsed.get(body);
  if (known) return known;
  const model = Model.parse(JSON.parse(body));
  const published = { document: documentTitled(model.title), compiled: compile(model) };
  parsed.set(body, published);
  return published;
};

/** The models that were published, by version; and which one is in force: 0 where none is. */
export const modelsIn = (cloud: Cloud): { readonly current: number; readonly of: (version: number) => Published } => {
  const rows = configRows(cloud, CONFIG.models);
  const pointer = rows.find((row) => text(row, 'sk') === CURRENT);
  const bodies = new Map(
    rows.flatMap((row) => (row.body ? [[whole(row, 'version'), text(row, 'body')] as const] : [])),
  );
  return {
    current: pointer ? whole(pointer, 'version') : 0,
    of: (version) => {
      const body = bodies.get(version);
      return body === undefined ? { document: nothing, compiled: NO_MODEL } : publishedOf(body);
    },
  };
};
