import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { ActivityEvent } from '../../events/envelope.ts';
import { eventKey } from '../kernel/event-key.ts';
import { canonicalJson } from '../kernel/json.ts';
import { NOBODY } from '../scoring/evolve.ts';
import { FORMAT, type Snapshot, SnapshotBody } from '../scoring/snapshot.ts';
import type { Row } from './batch-get.ts';
import {
  DUE_INDEX,
  dueShardOf,
  ERASED_AT,
  EVENT_PREFIX,
  MODEL_INDEX,
  memberKey,
  memberOf,
  modelShardOf,
  PARTITION,
  SNAPSHOT,
  SORT,
} from './keys.ts';
import { packed, unpacked } from './packed.ts';

const text = (value: string): AttributeValue => ({ S: value });
const number = (value: number): AttributeValue => ({ N: String(value) });

const Text = z.object({ S: z.string() }).transform(({ S }) => S);
const Int = z.object({ N: z.string() }).transform(({ N }, context) => {
  const value = Number(N);
  if (Number.isSafeInteger(value)) return value;
  context.addIssue({ code: 'custom', message: 'not a whole number' });
  return z.NEVER;
});
const parsedJson = (body: string): unknown => JSON.parse(body);

export const snapshotKey = (member: string): Row => ({ [PARTITION]: text(memberKey(member)), [SORT]: text(SNAPSHOT) });

const EventRow = z.object({ [PARTITION]: Text, [SORT]: Text, type: Text, time: Int, body: Text });

/** What an event has beside its key, type and time. */
const EventBody = ActivityEvent.pick({ email: true, data: true });

export const eventRow = ({ source, id, member, type, time, email, data }: ActivityEvent): Row => ({
  [PARTITION]: text(memberKey(member)),
  [SORT]: text(EVENT_PREFIX + eventKey(source, id)),
  type: text(type),
  time: number(time),
  body: text(canonicalJson(email === undefined ? { data } : { data, email })),
});

/** Throws on a row that is no event. */
export const eventOf = (row: Row): ActivityEvent => {
  const { pk, sk, type, time, body } = EventRow.parse(row);
  const key = sk.slice(EVENT_PREFIX.length);
  const bar = key.indexOf('#');
  return {
    source: key.slice(0, bar),
    id: key.slice(bar + 1),
    member: memberOf(pk),
    type,
    time,
    ...EventBody.parse(parsedJson(body)),
  };
};

/** A snapshot was once written as plain text. */
const Packed = z.object({ B: z.instanceof(Uint8Array) }).transform(({ B }) => unpacked(B));
const SnapshotRow = z.object({
  version: Int,
  model: Int,
  format: Int,
  /** Left out by an earlier format. */
  events: Int.default(0),
  body: z.union([Packed, Text]),
  [DUE_INDEX.sort]: Int.exactOptional(),
  [ERASED_AT]: Int.exactOptional(),
});

const SnapshotRest = SnapshotBody.omit({ standing: true });

/** A snapshot's attributes beside its key, in the order in which both statements name them. */
export const snapshotAttributes = ({
  version,
  madeBy,
  events,
  standing,
  announced,
  outbox,
  erasedAt,
}: Snapshot): Row => ({
  version: number(version),
  model: number(madeBy.model),
  format: number(madeBy.format),
  events: number(events),
  body: { B: packed(canonicalJson({ standing, announced, outbox })) },
  ...(erasedAt === undefined ? {} : { [ERASED_AT]: number(erasedAt) }),
});

/** What places a snapshot in the index by model, beside the version itself. */
export const modelAttributes = (member: string): Row => ({ [MODEL_INDEX.partition]: text(modelShardOf(member)) });

export const dueAttributes = (member: string, dueAt: number): Row => ({
  [DUE_INDEX.partition]: text(dueShardOf(member)),
  [DUE_INDEX.sort]: number(dueAt),
});

/** Throws on a row that is no snapshot. One in another form keeps what was told and is to be sent; its fold is void. */
export const snapshotOf = (row: Row): Snapshot => {
  const { version, model, format, events, body, dueAt, erasedAt } = SnapshotRow.parse(row);
  const stored = parsedJson(body);
  return {
    version,
    madeBy: { format, model },
    events,
    ...(format === FORMAT ? SnapshotBody.parse(stored) : { standing: NOBODY, ...SnapshotRest.parse(stored) }),
    ...(dueAt === undefined ? {} : { dueAt }),
    ...(erasedAt === undefined ? {} : { erasedAt }),
  };
};
