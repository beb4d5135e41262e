import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { definitions } from '../support/definitions.ts';
import { resources } from '../support/template.ts';
import { type Asked, askedBy } from './asked.ts';
import { queueNames } from './names.ts';
import { playPreview } from './previewing.ts';
import { simulate } from './run.ts';
import type { Call } from './through.ts';
import { realWiring } from './wiring.ts';

const SEEDS = 50;
const LONG = 240_000;

const list = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
const Policy = z.object({
  PolicyDocument: z.object({
    Statement: z.array(
      z.object({
        Action: list,
        Resource: list,
        Condition: z.record(z.string(), z.record(z.string(), list)).default({}),
      }),
    ),
  }),
});
const policies = resources('AWS::IAM::Policy', Policy);

/** One thing that a function may do: an action on one resource, within one partition or anywhere. */
type Allowed = Asked;

/** What calls name a resource by, where they may name it at all. */
const whereOf = (arn: string): string => {
  if (arn.startsWith('arn:aws:ses:')) return '';
  const table = /^(Members|Config)Table\w*\.Arn(.*)$/.exec(arn);
  if (table) return `${table[1]?.toLowerCase()}${table[2]}`;
  const inbox = /^(Score|Deliver|Feedback)InboxQueue/.exec(arn)?.[1];
  return inbox
    ? ({ Score: queueNames.activity, Deliver: queueNames.effects, Feedback: queueNames.feedback }[inbox] ?? '')
    : arn;
};

/** Done by Lambda itself in the function's name, not by its code. */
const byLambda = /^(logs|xray):|^sqs:(ReceiveMessage|DeleteMessage|GetQueueAttributes|GetQueueUrl)$/;
/** Where Lambda puts what a schedule could not start. */
const afterFailure = /Missed/;

const allowedTo = (fn: string): Allowed[] => {
  const name = fn.charAt(0).toUpperCase() + fn.slice(1);
  const own = policies.filter(({ id }) => id.startsWith(`${name}Role`));
  expect(own).toHaveLength(1);
  return own
    .flatMap(({ of }) => of.PolicyDocument.Statement)
    .flatMap(({ Action, Resource, Condition }) => {
      const partitions = Condition['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'] ?? [''];
      const attributes = Condition['ForAllValues:StringEquals']?.['dynamodb:Attributes'];
      const scans = attributes && `${Condition.StringEquals?.['dynamodb:Select']} ${[...attributes].sort()}`;
      return Action.filter((action) => !byLambda.test(action)).flatMap((action) => {
        const named = [...new Set(Resource.filter((arn) => !afterFailure.test(arn)).map(whereOf))];
        return named.flatMap((where) =>
          partitions.map((partition) => ({ action, where, partition, ...(scans ? { scans } : {}) })),
        );
      });
    });
};

const covers = (allowed: Allowed, asked: Asked): boolean => {
  const { action, where, partition, scans } = allowed;
  const isIn = partition.endsWith('*')
    ? asked.partition.startsWith(partition.slice(0, -1))
    : partition === '' || asked.partition === partition;
  return action === asked.action && where === asked.where && isIn && scans === asked.scans;
};

const text = ({ action, where, partition, scans = '' }: Asked): string =>
  `${action} ${where} ${partition}${scans}`.trim();

/** What a function may do and does not do in the simulation, and why it may all the same. */
const exceptions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  lookup: {
    'dynamodb:GetItem config staff':
      'names the owner in a message that staff look at beforehand, which nobody does here',
    'dynamodb:BatchGetItem members digests': 'shows digests in doubt, which are rarer than these seeds',
  },
  score: {
    'dynamodb:PutItem config preview#*':
      'forgets in a preview whoever is erased and named there, and nobody previews here',
  },
  digest: {
    'dynamodb:Query members member#*':
      'refolds a member whose snapshot is of an older model, which has been brought along here by then',
  },
  deliver: {
    'dynamodb:DeleteItem members member#*': 'forgets what it noted of somebody who was erased that very moment',
  },
  preferences: {
    'dynamodb:Query members member#*':
      'refolds a member whose snapshot is of other code, or was erased that very moment',
    'dynamodb:DeleteItem members member#*':
      'takes back what was written down of somebody who was erased that very moment',
    'dynamodb:PutItem config keys': 'makes the key that names the erased, where the scorer has made none yet',
  },
  feedback: {
    'dynamodb:PutItem members member#*':
      'gives back the place of a message that turns out not to have been sent, which is rarer than these seeds',
    'dynamodb:Query members member#*':
      'reads who somebody is by their events where other code made their snapshot, rarer than these seeds',
    'dynamodb:PutItem config keys': 'makes the key that names addresses, where deliver has made none yet',
    'sqs:SendMessage Polku-activity': 'tells of opens and clicks that count, which are rarer than these seeds',
  },
};

const functions = [...Object.keys(realWiring), 'preview'];

describe('what a function may do is what it does', () => {
  const made = new Map<string, Map<string, Asked>>();
  const note = (fn: string, call: Call): void => {
    const own = made.get(fn) ?? new Map<string, Asked>();
    made.set(fn, own);
    for (const asked of askedBy(call)) own.set(text(asked), asked);
  };
  it(
    `as seen in ${SEEDS} seeds of the simulation`,
    async () => {
      for (let seed = 1; seed <= SEEDS; seed++) {
        await simulate({ seed, definitions: definitions(), onCall: note });
      }
      expect([...made.keys()]).toEqual(expect.arrayContaining(Object.keys(realWiring)));
    },
    LONG,
  );

  it('as seen in a preview and a report, which no seed asks for', async () => {
    const played = await playPreview(definitions(), (call) => note('preview', call));
    expect(played).toEqual({ members: 4, done: 6, misuse: [] });
  });

  it.each(functions)('%s makes no call that its policy does not allow', (fn) => {
    const allowed = allowedTo(fn);
    const others = [...(made.get(fn)?.values() ?? [])].filter((asked) => !allowed.some((one) => covers(one, asked)));
    expect(others.map(text)).toEqual([]);
  });

  // Of all that staff may ask of admin, nobody asks here for more than an erasure.
  const whole = functions.filter((fn) => fn !== 'admin');
  it.each(whole)('%s is allowed nothing that it never does', (fn) => {
    const asked = [...(made.get(fn)?.values() ?? [])];
    const unused = allowedTo(fn).filter((allowed) => !asked.some((one) => covers(allowed, one)));
    expect(unused.map(text).filter((one) => exceptions[fn]?.[one] === undefined)).toEqual([]);
  });
});
