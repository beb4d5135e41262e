import { BatchExecuteStatementCommand, BatchGetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import type { ActivityEvent } from '../../../events/envelope.ts';
import type { SnapshotWrite } from '../../../shared/aws/member-store.ts';
import type { World } from '../../../shared/aws/world.ts';
import { nextSnapshot } from '../../../shared/journeys/next-snapshot.ts';
import { canonicalJson } from '../../../shared/kernel/json.ts';
import { evolve, NOBODY } from '../../../shared/scoring/evolve.ts';
import { ruleIndex } from '../../../shared/scoring/rule-index.ts';
import { around } from '../around.ts';
import { realWiring } from '../wiring.ts';
import type { Bug } from './bug.ts';
import { type Clients, clientsOf } from './clients-of.ts';
import { scoreWith, storeWith } from './score-with.ts';

const takesFailedForSent = ({ sqs }: World): Clients => ({
  sqs: around(sqs, async (command, send) => {
    const answer = await send(command);
    if (!(command instanceof SendMessageBatchCommand)) return answer;
    return { Successful: command.input.Entries?.map(({ Id }) => ({ Id })), Failed: [] };
  }),
});

const takesPartForAll = ({ dynamodb }: World): Clients => ({
  dynamodb: around(dynamodb, async (command, send) => {
    const answer = await send(command);
    return command instanceof BatchGetItemCommand ? { ...Object(answer), UnprocessedKeys: {} } : answer;
  }),
});

/** Writes of snapshots without their condition, from the how-manieth attempt on. */
const blindWrites = (from: number) =>
  clientsOf('score', ({ dynamodb }) => {
    const tries = new Map<string, number>();
    const isBlind = (key: string) => {
      tries.set(key, (tries.get(key) ?? 0) + 1);
      return (tries.get(key) ?? 0) > from;
    };
    return {
      dynamodb: around(dynamodb, (command, send) => {
        if (!(command instanceof BatchExecuteStatementCommand)) return send(command);
        const Statements = (command.input.Statements ?? []).map((one) => {
          const { Statement = '', Parameters = [] } = one;
          if (!Statement.startsWith('UPDATE') || !isBlind(JSON.stringify(Parameters))) return one;
          return { Statement: Statement.replace(' AND version = ?', ''), Parameters: Parameters.slice(0, -1) };
        });
        return send(new BatchExecuteStatementCommand({ Statements }));
      }),
    };
  });

/** What goes wrong where snapshots are written and messages sent. */
export const writeBugs: readonly Bug[] = [
  {
    name: 'same-is-left',
    says: 'a standing that is stored already is not written, whatever it was folded from',
    wiring: storeWith((store) => {
      const isStored = ({ before, after }: SnapshotWrite): boolean =>
        after.outbox.length === 0 &&
        before?.madeBy.model === after.madeBy.model &&
        canonicalJson(before.standing) === canonicalJson(after.standing);
      const writeSnapshots: typeof store.writeSnapshots = async (writes) => {
        const news = writes.filter((write) => !isStored(write));
        const outcomes = new Map((await store.writeSnapshots(news)).map((outcome, i) => [news[i], outcome]));
        return writes.map((write) => outcomes.get(write) ?? 'written');
      };
      return { writeSnapshots };
    }),
  },
  { name: 'blind-writes', says: 'a snapshot is written whatever lies there', wiring: blindWrites(0) },
  { name: 'blind-retries', says: 'a write that is tried again forgets its condition', wiring: blindWrites(1) },
  {
    name: 'retries-fast',
    says: 'a write that found another version is made again with its own events alone',
    wiring: scoreWith(({ store, currentModel, now }) => {
      let own: readonly ActivityEvent[] = [];
      const writeSnapshots: typeof store.writeSnapshots = async (writes) => {
        const model = await currentModel(0);
        const outcomes = await store.writeSnapshots(writes);
        return Promise.all(
          writes.map(async ({ member }, i) => {
            if (outcomes[i] !== 'stale') return outcomes[i] ?? 'failed';
            const before = await store.read(member);
            const events = own.filter((event) => event.member === member);
            const standing = events.reduce(
              (so, event) => evolve(model.compiled, so, event).standing,
              before?.standing ?? NOBODY,
            );
            const visit = { member, now: now(), events, ticked: false };
            const after = nextSnapshot(model, visit, before, standing);
            return (await store.writeSnapshots([{ member, before, after }]))[0] ?? 'failed';
          }),
        );
      };
      const putEvents: typeof store.putEvents = async (events) => {
        const outcomes = await store.putEvents(events);
        own = events.filter((_, i) => outcomes[i] === 'new');
        return outcomes;
      };
      return { store: { ...store, writeSnapshots, putEvents } };
    }),
  },
  {
    name: 'tells-before-commit',
    says: 'effects are sent before the snapshot that decided them is written',
    wiring: scoreWith(({ store, sendEffects }) => ({
      store: {
        ...store,
        writeSnapshots: async (writes) => {
          await sendEffects(writes.flatMap(({ after }) => after.outbox));
          return store.writeSnapshots(writes);
        },
      },
    })),
  },
  {
    name: 'lost-effects',
    says: 'effects that the queue did not take are taken for sent',
    wiring: clientsOf('score', takesFailedForSent),
  },
  {
    name: 'lost-webhooks',
    says: 'a source is told that its event is taken, though the queue did not take it',
    wiring: clientsOf('ingest', takesFailedForSent),
  },
  {
    name: 'forgets-the-outbox-on-failure',
    says: 'a batch is taken for done, though its effects could not be sent',
    isRare: true,
    wiring: scoreWith(({ sendEffects }) => ({
      sendEffects: async (list) => (await sendEffects(list)).map(() => true),
    })),
  },
  {
    name: 'unread-is-absent',
    says: 'keys that were left unread are taken for members of whom nothing is known',
    wiring: clientsOf('deliver', takesPartForAll),
  },
  {
    name: 'due-never-earlier',
    says: 'the index entry of a member is set once, and never moved to an earlier instant',
    isRare: true,
    wiring: storeWith((store) => ({
      writeSnapshots: (writes) =>
        store.writeSnapshots(
          writes.map((write) => {
            const { before, after } = write;
            const isEarlier = before?.dueAt !== undefined && after.dueAt !== undefined && after.dueAt < before.dueAt;
            return isEarlier ? { ...write, after: { ...after, dueAt: before.dueAt } } : write;
          }),
        ),
    })),
  },
  {
    name: 'sweeps-onwards',
    says: 'a sweep looks only at what has come due since the one before',
    wiring: (() => {
      let swept = 0;
      return clientsOf('sweep', ({ dynamodb, now }) => ({
        dynamodb: around(dynamodb, async (command, send) => {
          const answer = Object(await send(command));
          const since = swept;
          swept = Math.max(swept, now() - 86_400_000);
          const isOld = ({ dueAt }: { dueAt?: { N?: string } }) => Number(dueAt?.N) < since;
          const Items = (answer.Items ?? []).filter((item: { dueAt?: { N?: string } }) => !isOld(item));
          return { ...answer, Items };
        }),
      }));
    })(),
  },
  {
    name: 'half-the-shards',
    says: 'a sweep leaves the last partition of the index out',
    wiring: clientsOf('sweep', ({ dynamodb }) => ({
      dynamodb: around(dynamodb, async (command, send) => {
        const answer = Object(await send(command));
        return JSON.stringify(Object(command).input).includes('due#15') ? { ...answer, Items: [] } : answer;
      }),
    })),
  },
  {
    name: 'caps-forgotten',
    says: 'no cap ever counts',
    wiring: scoreWith(({ currentModel }) => ({
      currentModel: async (version) => {
        const found = await currentModel(version);
        const rulesOn = new Map(
          [...found.compiled.rulesOn].map(([on, { rules }]) => [
            on,
            ruleIndex(rules.map((rule) => ({ ...rule, caps: [], cap: undefined }))),
          ]),
        );
        return { ...found, compiled: { ...found.compiled, rulesOn } };
      },
    })),
  },
  {
    name: 'acked-on-error',
    says: 'a batch whose work breaks off is taken for done',
    wiring: {
      score: (outside) => {
        const handler = realWiring.score(outside);
        return async (event, context) => {
          const answer = await handler(event, context);
          const all = answer?.batchItemFailures.length === event.Records.length;
          return all ? null : answer;
        };
      },
    },
  },
  {
    name: 'poison-spoils-all',
    says: 'one message that cannot be read takes its whole batch back to the queue',
    wiring: {
      score: (outside) => {
        const handler = realWiring.score(outside);
        const isPoison = (body: string) => !body.startsWith('{"kind":') || body === '{"kind":"tick"}';
        return async (event, context) =>
          event.Records.some(({ body }) => isPoison(body))
            ? { batchItemFailures: event.Records.map(({ messageId }) => ({ itemIdentifier: messageId })) }
            : handler(event, context);
      },
    },
  },
  {
    name: 'moves-out-of-turn',
    says: 'the lists by stage take what comes, also what is older than what they show',
    wiring: clientsOf('deliver', ({ dynamodb }) => ({
      dynamodb: around(dynamodb, (command, send) => {
        const isMove = command instanceof UpdateItemCommand && command.input.Key?.sk?.S?.startsWith('journey#');
        if (!isMove) return send(command);
        const { ConditionExpression: _, ...input } = command.input;
        return send(new UpdateItemCommand(input));
      }),
    })),
  },
];
