import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { ADDRESS_PREFIX } from '../../../shared/aws/keys.ts';
import { around } from '../around.ts';
import { realWiring } from '../wiring.ts';
import type { Bug } from './bug.ts';

/** What goes wrong with what SES tells of addresses. */
export const reportBugs: readonly Bug[] = [
  {
    name: 'bounce-as-heard',
    says: 'what came back is noted as of when it was heard of, so a report that comes twice is noted twice',
    wiring: {
      feedback: (outside) =>
        realWiring.feedback({
          ...outside,
          dynamodb: around(outside.dynamodb, (command, send) => {
            const { Item } = command instanceof PutItemCommand ? command.input : {};
            if (!(command instanceof PutItemCommand) || !Item?.pk?.S?.startsWith(ADDRESS_PREFIX)) return send(command);
            const [at, sk] = [{ N: String(outside.now()) }, { S: `${Item.sk?.S}#${outside.now()}` }];
            return send(new PutItemCommand({ ...command.input, Item: { ...Item, at, sk } }));
          }),
        }),
    },
  },
];
