import { DeleteItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { DeliverDeps } from '../../../functions/deliver/handler.ts';
import { DIGESTS, mailKey, memberKey } from '../../../shared/aws/keys.ts';
import type { World } from '../../../shared/aws/world.ts';
import { around } from '../around.ts';
import { tableNames } from '../names.ts';
import { realWiring } from '../wiring.ts';
import type { Bug } from './bug.ts';
import { deliverWith } from './deliver-with.ts';

const mailsWith = (change: (mails: DeliverDeps['mails'], outside: World) => Partial<DeliverDeps['mails']>) =>
  deliverWith(({ mails }, outside) => ({ mails: { ...mails, ...change(mails, outside) } }));

/** Another try at a call that got no answer, or one that says nothing. */
const repeating = ({ ses }: World) =>
  around(ses, async (command, send) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await send(command);
      } catch (error) {
        const status = Object(Object(error).$metadata).httpStatusCode;
        if (attempt === 3 || (typeof status === 'number' && status < 500)) throw error;
      }
    }
  });

/** A call that was refused for the rate passes for one that was carried out. */
const neverRefusing = ({ ses }: World) =>
  around(ses, async (command, send) => {
    try {
      return await send(command);
    } catch (error) {
      if (Object(error).name !== 'Throttling') throw error;
      return { MessageId: 'none' };
    }
  });

/** A claim that is had whatever lies there. */
const unconditionally = (command: unknown): unknown => {
  if (!(command instanceof UpdateItemCommand)) return command;
  const { ConditionExpression, ExpressionAttributeValues, ...input } = command.input;
  if (!ConditionExpression?.startsWith('attribute_not_exists(#state)')) return command;
  const { ':released': _, ':held': __, ...values } = ExpressionAttributeValues ?? {};
  return new UpdateItemCommand({ ...input, ExpressionAttributeValues: values });
};

const isOfDigest = (command: unknown): boolean =>
  command instanceof UpdateItemCommand && command.input.Key?.pk?.S === DIGESTS;

/** What goes wrong on the way to a mail. */
export const mailBugs: readonly Bug[] = [
  {
    name: 'sends-then-claims',
    says: 'a mail is sent, and claimed only then',
    wiring: mailsWith(({ claims }) => ({
      claims: {
        claim: async ({ member, effect }) => ({ kind: 'mine', token: `${member} ${effect}`, tag: '' }),
        hold: async () => {},
        mark: async (key, _, state, detail) => {
          const claim = await claims.claim(key);
          if (claim.kind === 'mine') await claims.mark(key, claim.token, state, detail);
        },
      },
    })),
  },
  {
    name: 'claims-by-stage',
    says: 'a mail is claimed for the stage, not for this entry into it',
    wiring: mailsWith(({ claims }) => {
      const short = ({ member, effect }: { member: string; effect: string }) => ({
        member,
        effect: effect.replace(/#\d+#/, '#1#'),
      });
      return {
        claims: {
          claim: (key) => claims.claim(short(key)),
          mark: (key, token, state, detail) => claims.mark(short(key), token, state, detail),
          hold: (key, token, until) => claims.hold(short(key), token, until),
        },
      };
    }),
  },
  {
    name: 'sdk-repeats',
    says: 'the client that sends repeats calls that got no answer',
    wiring: { deliver: (outside) => realWiring.deliver({ ...outside, ses: repeating(outside) }) },
  },
  {
    name: 'takes-over',
    says: 'a claim of which nobody has heard for five minutes is taken over, and its mail sent again',
    isRare: true,
    wiring: mailsWith(({ claims }, { dynamodb }) => ({
      claims: {
        ...claims,
        claim: async (key) => {
          const claim = await claims.claim(key);
          if (claim.kind !== 'lost') return claim;
          const Key = { pk: { S: memberKey(key.member) }, sk: { S: mailKey(key.effect) } };
          await dynamodb.send(new DeleteItemCommand({ TableName: tableNames.MEMBERS_TABLE, Key }));
          return claims.claim(key);
        },
      },
    })),
  },
  {
    name: 'unknown-again',
    says: 'a mail that may have been sent is offered again',
    isRare: true,
    wiring: mailsWith(({ send }) => ({
      send: async (mail, tag) => {
        const outcome = await send(mail, tag);
        return outcome.kind === 'unknown' ? { kind: 'later', code: outcome.code } : outcome;
      },
    })),
  },
  {
    name: 'throttled-is-sent',
    says: 'a mail refused for the rate is taken for sent',
    isRare: true,
    wiring: { deliver: (outside) => realWiring.deliver({ ...outside, ses: neverRefusing(outside) }) },
  },
  {
    name: 'claims-whatever',
    says: 'a claim is had whether another holds it or not',
    wiring: {
      deliver: (outside) =>
        realWiring.deliver({
          ...outside,
          dynamodb: around(outside.dynamodb, (command, send) => send(unconditionally(command))),
        }),
    },
  },
  {
    name: 'without-consent',
    says: 'nobody asks whether a member has agreed to be written to',
    wiring: deliverWith(({ snapshot }) => {
      const agreed = { given: true, at: 0, source: 'crm' };
      return {
        snapshot: async (member) => {
          const found = await snapshot(member);
          const consents = { membership: agreed, service: agreed };
          const email = `${encodeURIComponent(member)}@example.org`;
          return (
            found && {
              ...found,
              standing: { ...found.standing, profile: { email, ...found.standing.profile, consents } },
            }
          );
        },
      };
    }),
  },
  {
    name: 'acked-when-busy',
    says: 'an effect that could not be carried out is taken for done',
    wiring: {
      deliver: (outside) => {
        const handler = realWiring.deliver(outside);
        return async (event, context) => {
          await handler(event, context);
          return { batchItemFailures: [] };
        };
      },
    },
  },
  {
    name: 'delivery-unheard',
    says: 'that a mail arrived is not taken for a proof that it was sent',
    isRare: true,
    wiring: {
      feedback: (outside) => {
        const handler = realWiring.feedback(outside);
        return (event, context) =>
          handler({ Records: event.Records.filter(({ body }) => !/Delivery[^D]/.test(body)) }, context);
      },
    },
  },
  {
    name: 'digest-each-run',
    says: 'a digest is sent as often as its run is started',
    wiring: {
      deliver: (outside) =>
        realWiring.deliver({
          ...outside,
          dynamodb: around(outside.dynamodb, (command, send) =>
            send(isOfDigest(command) ? unconditionally(command) : command),
          ),
        }),
    },
  },
];
