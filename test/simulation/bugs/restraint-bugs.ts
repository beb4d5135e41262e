import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { mailKey, memberKey } from '../../../shared/aws/keys.ts';
import { NO_TALLY } from '../../../shared/mailing/restraint/tally.ts';
import type { Snapshot } from '../../../shared/scoring/snapshot.ts';
import { tableNames } from '../names.ts';
import { realWiring } from '../wiring.ts';
import type { Bug } from './bug.ts';
import { deliverWith } from './deliver-with.ts';

const withoutZone = (snapshot: Snapshot): Snapshot => {
  const { standing } = snapshot;
  const { timeZone: _, ...attributes } = standing.profile.attributes;
  return { ...snapshot, standing: { ...standing, profile: { ...standing.profile, attributes } } };
};

const TableName = tableNames.MEMBERS_TABLE;

/** What goes wrong where mails are held back. */
export const restraintBugs: readonly Bug[] = [
  {
    name: 'cap-kept',
    says: 'a message that was counted and not sent stays counted',
    wiring: deliverWith(() => ({ giveBack: async () => {} })),
  },
  {
    name: 'cap-uncounted',
    says: 'a message that goes is not counted',
    wiring: deliverWith(() => ({ reckon: async (_, ask) => ask(NO_TALLY).result })),
  },
  {
    name: 'quiet-in-utc',
    says: 'quiet hours go by UTC',
    wiring: deliverWith(({ snapshot }) => ({
      zone: 'UTC',
      snapshot: async (member) => {
        const found = await snapshot(member);
        return found && withoutZone(found);
      },
    })),
  },
  {
    name: 'quiet-at-home',
    says: 'quiet hours go by the clock of the organisation alone',
    wiring: deliverWith(({ snapshot }) => ({
      snapshot: async (member) => {
        const found = await snapshot(member);
        return found && withoutZone(found);
      },
    })),
  },
  {
    name: 'soft-uncounted',
    says: 'mails that came back for now do not count against their address',
    isRare: true,
    wiring: deliverWith(({ addressRecord }) => ({
      addressRecord: async (address) => {
        const found = await addressRecord(address);
        return { ...found, notes: found.notes.filter(({ kind }) => kind !== 'soft') };
      },
    })),
  },
  {
    name: 'again-forgotten',
    says: 'what comes once, or not so soon again, comes each time',
    isRare: true,
    wiring: {
      deliver: (outside) => {
        const handler = realWiring.deliver(outside);
        const without = (body: string) => {
          const { again: _, ...effect } = JSON.parse(body);
          return JSON.stringify(effect);
        };
        return ({ Records }, context) =>
          handler({ Records: Records.map((one) => ({ ...one, body: without(one.body) })) }, context);
      },
    },
  },
  {
    name: 'held-once',
    says: 'a mail that has waited is forgotten when whoever takes it up dies',
    isRare: true,
    wiring: deliverWith(({ heldEffect }, { dynamodb }) => ({
      heldEffect: async (key) => {
        const Key = { pk: { S: memberKey(key.member) }, sk: { S: mailKey(key.effect) } };
        const { Item } = await dynamodb.send(new GetItemCommand({ TableName, Key }));
        return Item?.state?.S === 'held' ? heldEffect(key) : undefined;
      },
    })),
  },
];
