import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { ActivityEvent } from '../../../events/envelope.ts';
import { RETRACTED } from '../../../events/event-retracted.ts';
import { eventRow } from '../../../shared/aws/member-rows.ts';
import type { MemberStore } from '../../../shared/aws/member-store.ts';
import type { Snapshot } from '../../../shared/scoring/snapshot.ts';
import { tableNames } from '../names.ts';
import type { Wiring } from '../wiring.ts';
import type { Bug } from './bug.ts';
import { eventsAs, scoreWith, storeWith } from './score-with.ts';

const HOUR = 3_600_000;

/** Takes an event for known whose key, made like this, lies in the ledger already. */
const knowingBy = (keyOf: (event: ActivityEvent) => string) =>
  storeWith((store) => ({
    putEvents: async (events) => {
      const known = new Map<string, string>();
      for (const member of new Set(events.map((event) => event.member))) {
        for (const event of await store.ledger(member)) {
          known.set(`${member} ${keyOf(event)}`, `${event.source}#${event.id}`);
        }
      }
      const isOther = (event: ActivityEvent) => {
        const found = known.get(`${event.member} ${keyOf(event)}`);
        return found !== undefined && found !== `${event.source}#${event.id}`;
      };
      const outcomes = (await store.putEvents(events.filter((event) => !isOther(event)))).values();
      return events.map((event) => (isOther(event) ? 'known' : (outcomes.next().value ?? 'failed')));
    },
  }));

const eachSnapshot = (store: MemberStore, change: (snapshot: Snapshot) => Snapshot): Partial<MemberStore> => ({
  read: async (member) => {
    const found = await store.read(member);
    return found && change(found);
  },
  readMany: async (members) =>
    new Map([...(await store.readMany(members))].map(([member, found]) => [member, change(found)])),
});

const AS_ANY = 'event.was-retracted';

/** To the scorer a retraction is an event like any other; to the ledger it is what it is. */
const retractionsOnTop: Pick<Wiring, 'score'> = {
  score: (outside) => {
    const { score } = storeWith((store) => ({
      putEvents: (events) =>
        store.putEvents(events.map((event) => (event.type === AS_ANY ? { ...event, type: RETRACTED } : event))),
    }));
    const handler = score(outside);
    const disguised = (body: string) => body.replace(`"type":"${RETRACTED}"`, `"type":"${AS_ANY}"`);
    return ({ Records }, context) =>
      handler({ Records: Records.map((one) => ({ ...one, body: disguised(one.body) })) }, context);
  },
};

/** What goes wrong on the way into the ledger. */
export const ledgerBugs: readonly Bug[] = [
  {
    name: 'message-id',
    says: 'duplicates are known by the id of their message',
    wiring: eventsAs((event, messageId) => ({ ...event, id: messageId })),
  },
  {
    name: 'without-source',
    says: 'duplicates are known by their id without their source',
    wiring: knowingBy(({ id }) => id),
  },
  {
    name: 'joined-key',
    says: 'the key of an event is its source and its id, joined by a character that both may hold',
    wiring: knowingBy(({ source, id }) => `${source}-${id}`),
  },
  {
    name: 'forgets',
    says: 'a duplicate that comes an hour later is put into the ledger once more',
    wiring: storeWith((store, { now }) => ({
      putEvents: async (events) => {
        const outcomes = await store.putEvents(events);
        const old = events.filter((event, i) => outcomes[i] === 'known' && now() - event.time > HOUR);
        if (old.length > 0) await store.putEvents(old.map((event) => ({ ...event, id: `${event.id}-again` })));
        return outcomes;
      },
    })),
  },
  {
    name: 'not-put',
    says: 'an event is folded, and not put into the ledger',
    wiring: storeWith(() => ({ putEvents: async (events) => events.map(() => 'new') })),
  },
  {
    name: 'skips-known',
    says: 'an event that lies in the ledger is taken for done, though nobody may have folded it',
    wiring: storeWith((store) => {
      let known: ReadonlySet<string> = new Set();
      return {
        putEvents: async (events) => {
          const outcomes = await store.putEvents(events);
          known = new Set(events.filter((_, i) => outcomes[i] === 'known').map(({ member }) => member));
          return outcomes;
        },
        // Nothing is written for their sake.
        writeSnapshots: async (writes) => {
          const others = writes.filter(({ member }) => !known.has(member));
          const outcomes = (await store.writeSnapshots(others)).values();
          return writes.map(({ member }) => (known.has(member) ? 'written' : (outcomes.next().value ?? 'failed')));
        },
      };
    }),
  },
  {
    name: 'last-wins',
    says: 'what comes later under the same key replaces what lies there',
    wiring: storeWith((store, { dynamodb }) => ({
      putEvents: async (events) => {
        const outcomes = await store.putEvents(events);
        for (const [i, event] of events.entries()) {
          if (outcomes[i] !== 'known') continue;
          await dynamodb.send(new PutItemCommand({ TableName: tableNames.MEMBERS_TABLE, Item: eventRow(event) }));
        }
        return outcomes;
      },
    })),
  },
  {
    name: 'arrival-time',
    says: 'points fade from when an event came, not from when it happened',
    wiring: storeWith((store, { now }) => ({
      putEvents: (events) => store.putEvents(events.map((event) => ({ ...event, time: now() }))),
    })),
  },
  {
    name: 'folds-late-on-top',
    says: 'an event that comes late is folded onto the snapshot as it is',
    wiring: storeWith((store) =>
      eachSnapshot(store, (found) => {
        const { last: _, ...standing } = found.standing;
        return { ...found, standing };
      }),
    ),
  },
  {
    name: 'retraction-awaits-nothing',
    says: 'what comes after it was taken back is folded onto the snapshot as it is',
    wiring: storeWith((store) =>
      eachSnapshot(store, (found) => {
        const { awaitsRetracted: _, ...standing } = found.standing;
        return { ...found, standing };
      }),
    ),
  },
  {
    name: 'retraction-folded-on-top',
    says: 'a retraction is folded onto the snapshot as it is, where it changes nothing',
    wiring: retractionsOnTop,
  },
  {
    name: 'new-rules-old-snapshot',
    says: 'a new model goes on where the old one has left the snapshot',
    wiring: scoreWith(({ store, currentModel }) => {
      const readMany: MemberStore['readMany'] = async (members) => {
        const { version: model } = await currentModel(0);
        const found = await store.readMany(members);
        return new Map([...found].map(([member, one]) => [member, { ...one, madeBy: { ...one.madeBy, model } }]));
      };
      return { store: { ...store, readMany } };
    }),
  },
  {
    name: 'old-model',
    says: 'a worker whose copy of the model is old folds back with it',
    isRare: true,
    wiring: scoreWith(({ currentModel }) => ({ currentModel: () => currentModel(0) })),
  },
  {
    name: 'outbox-forgotten',
    says: 'what a snapshot still had to send is not sent by whoever reads it next',
    wiring: storeWith((store) => eachSnapshot(store, (found) => ({ ...found, outbox: [] }))),
  },
];
