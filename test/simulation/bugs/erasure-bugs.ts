import { memberPartition } from '../../../shared/aws/member-partition.ts';
import { tableNames } from '../names.ts';
import type { Bug } from './bug.ts';
import { deliverWith } from './deliver-with.ts';
import { scoreWith } from './score-with.ts';

const nobody = async () => new Map<string, number>();

/** What goes wrong when members are erased. */
export const erasureBugs: readonly Bug[] = [
  {
    name: 'revives-erased',
    says: 'nobody asks whether a member was erased before an event came',
    wiring: scoreWith(() => ({ erasedAt: nobody })),
  },
  {
    name: 'erasure-unseen',
    says: 'who was erased is asked before events are put down, and not by whoever finds another version',
    wiring: scoreWith(({ store, erasedAt }) => {
      const refolding = new Set<string>();
      return {
        store: {
          ...store,
          read: (member) => {
            refolding.add(member);
            return store.read(member);
          },
        },
        erasedAt: async (members) => {
          const found = await erasedAt(members);
          const asked = members.filter((member) => !refolding.delete(member));
          return new Map([...found].filter(([member]) => asked.includes(member)));
        },
      };
    }),
  },
  {
    name: 'erases-once-more',
    says: 'an erasure that comes once more erases whoever has come back since',
    wiring: scoreWith(({ erase }, { dynamodb: client }) => ({
      erase: async (member, at) => {
        await erase(member, at);
        const { removeErased } = memberPartition({ client, table: tableNames.MEMBERS_TABLE });
        if (at !== undefined) await removeErased(member, Number.MAX_SAFE_INTEGER);
      },
    })),
  },
  {
    name: 'tells-of-erased',
    says: 'what was decided about a member is carried out, though they were erased meanwhile',
    isRare: true,
    wiring: deliverWith(() => ({ erasedAt: nobody })),
  },
];
