import { type AttributeValue, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { CONFIG } from '../../../shared/aws/keys.ts';
import { around } from '../around.ts';
import { realWiring } from '../wiring.ts';
import type { Bug } from './bug.ts';

const HOUR = 3_600_000;

/** A stored source, of whose secrets something was made. */
const withSecrets = (
  row: Record<string, AttributeValue>,
  change: (secrets: readonly object[]) => readonly object[],
) => {
  const { secrets, ...rest } = unmarshall(row);
  return marshall({ ...rest, secrets: change(secrets) }, { removeUndefinedValues: true });
};

/** What goes wrong with the secrets that sources sign with. */
export const secretBugs: readonly Bug[] = [
  {
    name: 'old-secret-forgotten',
    says: 'with a new secret those before it end at once',
    wiring: {
      admin: (outside) =>
        realWiring.admin({
          ...outside,
          dynamodb: around(outside.dynamodb, (command, send) => {
            const { Item } = command instanceof PutItemCommand ? command.input : {};
            if (!(command instanceof PutItemCommand) || !Item?.secrets) return send(command);
            const newest = withSecrets(Item, (secrets) => secrets.slice(0, 1));
            return send(new PutItemCommand({ ...command.input, Item: newest }));
          }),
        }),
    },
  },
  {
    name: 'old-secret-kept',
    says: 'a secret that has ended still counts',
    wiring: {
      ingest: (outside) =>
        realWiring.ingest({
          ...outside,
          dynamodb: around(outside.dynamodb, async (command, send) => {
            const answer = Object(await send(command));
            if (!(command instanceof GetItemCommand) || !answer.Item?.secrets) return answer;
            const endless = withSecrets(answer.Item, (secrets) =>
              secrets.map((one) => ({ ...one, expiresAt: undefined })),
            );
            return { ...answer, Item: endless };
          }),
        }),
    },
  },
  {
    name: 'new-secret-unheard',
    says: 'the secrets of a source are remembered for an hour, whoever asks for them anew',
    wiring: {
      ingest: (outside) => {
        const known = new Map<string, { readonly at: number; readonly answer: unknown }>();
        return realWiring.ingest({
          ...outside,
          dynamodb: around(outside.dynamodb, async (command, send) => {
            if (!(command instanceof GetItemCommand) || command.input.Key?.pk?.S !== CONFIG.sources)
              return send(command);
            const key = command.input.Key?.sk?.S ?? '';
            const before = known.get(key);
            if (before && outside.now() - before.at < HOUR) return before.answer;
            const answer = await send(command);
            known.set(key, { at: outside.now(), answer });
            return answer;
          }),
        });
      },
    },
  },
];
