import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { configStore } from '../../../shared/aws/config-store.ts';
import { digestClaims, lastListed, noteListed } from '../../../shared/aws/digest-store.ts';
import { type Due, dueIndex } from '../../../shared/aws/due-index.ts';
import { memberStore } from '../../../shared/aws/dynamodb-member-store.ts';
import { journeyStore } from '../../../shared/aws/journey-store.ts';
import { mailHistory } from '../../../shared/aws/mail-history.ts';
import { mailStore } from '../../../shared/aws/mail-store.ts';
import { singleWrites } from '../../../shared/aws/member-writes.ts';
import { quarantineStore } from '../../../shared/aws/quarantine-store.ts';
import { stageIndex } from '../../../shared/aws/stage-index.ts';
import { NOBODY } from '../../../shared/scoring/evolve.ts';
import { FORMAT, type Snapshot } from '../../../shared/scoring/snapshot.ts';
import { event, START } from '../../support/given.ts';

/** All stores on one DynamoDB, with a clock and tokens that go by how often they were asked. */
export const storesOn = (client: DynamoDBClient) => {
  let asked = 0;
  const now = () => START + asked++ * 30_000;
  const members = { client, table: 'members', pause: async () => {} };
  const claims = { ...members, now, newToken: () => `token ${asked++}` };
  return {
    members: memberStore(members),
    single: singleWrites(client, 'members'),
    journeys: journeyStore(members),
    due: dueIndex(members),
    stages: stageIndex(members),
    mails: mailStore(claims),
    history: mailHistory(members),
    quarantine: quarantineStore(members),
    config: configStore({ client, table: 'config', now: () => START }),
    digests: {
      claims: digestClaims({ ...claims, table: 'config' }),
      noteListed: noteListed({ client, table: 'config' }),
      lastListed: lastListed({ ...members, table: 'config' }),
    },
  };
};
type Stores = ReturnType<typeof storesOn>;

/** Something done with the stores; its result is compared. */
type Operation = { readonly says: string; readonly run: (stores: Stores) => Promise<unknown> };

const member = fc.constantFrom('anna', 'bo#1', 'åke');
const small = fc.integer({ min: 0, max: 4 });
const text = fc.constantFrom('', 'x', 'ä\u0000"', 'y'.repeat(2000));
const tokens = fc.integer({ min: 0, max: 30 }).map((n) => `token ${n}`);

const snapshot = (version: number, dueAt: number | undefined): Snapshot => ({
  version,
  madeBy: { format: FORMAT, model: 1 },
  events: 1,
  standing: NOBODY,
  announced: {},
  outbox: [],
  ...(dueAt === undefined ? {} : { dueAt }),
});
const due = fc.constantFrom(undefined, 5, 60, 700);
const version = fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined });

const writes = fc.uniqueArray(
  fc.record({ member, version, was: due, dueAt: due }).map((one) => ({
    member: one.member,
    before: one.version === undefined ? undefined : snapshot(one.version, one.was),
    after: snapshot((one.version ?? 0) + 1, one.dueAt),
  })),
  { selector: (one) => one.member, minLength: 1 },
);
const events = fc.uniqueArray(
  fc
    .record({ member, id: small.map(String), data: text })
    .map(({ member, id, data }) => ({ ...event('a.b', Number(id), { id, data: { text: data } }), member })),
  { selector: (one) => `${one.member} ${one.id}`, minLength: 1, maxLength: 8 },
);

const operation = <Given>(
  says: string,
  given: fc.Arbitrary<Given>,
  run: (stores: Stores, given: Given) => Promise<unknown>,
): fc.Arbitrary<Operation> =>
  given.map((one) => ({ says: `${says} ${fc.stringify(one)}`, run: (stores) => run(stores, one) }));

const all = async <One>(pages: AsyncIterable<One[]>): Promise<One[]> => {
  const found: One[] = [];
  for await (const page of pages) found.push(...page);
  return found;
};
const byMember = <Value>(map: ReadonlyMap<string, Value>) => [...map].toSorted(([a], [b]) => (a < b ? -1 : 1));
const mail = fc.record({ member, effect: small.map(String) });
const state = fc.constantFrom('sent' as const, 'released' as const, 'unknown' as const);
const digest = fc.record({ owner: member, run: small });

/** Any operation of any store, on few keys, so that they meet. */
async function* each(pages: AsyncIterable<Due>) {
  for await (const { members, mails } of pages) yield [...members, ...mails];
}

export const operations: fc.Arbitrary<Operation> = fc.oneof(
  operation('put events', events, ({ members }, some) => members.putEvents(some)),
  operation('put events singly', events, ({ single }, some) => single.putEvents(some)),
  operation('write snapshots', writes, ({ members }, some) => members.writeSnapshots(some)),
  operation('write snapshots singly', writes, ({ single }, some) => single.writeSnapshots(some)),
  operation('read members', fc.array(member), async ({ members }, some) => byMember(await members.readMany(some))),
  operation('read ledger', member, ({ members }, one) => members.ledger(one)),
  operation('read due', small, ({ due }, power) => all(each(due(10 ** power)))),
  operation(
    'move',
    fc.record({ member, stage: fc.constantFrom('a', 'b', null), sequence: small }),
    ({ journeys }, { member, stage, sequence }) => {
      const head = { kind: 'move', id: 'id', journey: 'j', since: 1, decidedAt: 1, model: 1, from: null } as const;
      return journeys.move({ ...head, member, stage, sequence }, 7);
    },
  ),
  operation('read stage', fc.constantFrom('a', 'b'), ({ journeys }, stage) => all(journeys.membersIn('j', stage))),
  operation('page stage', fc.option(member, { nil: undefined }), ({ stages }, after) =>
    stages.inStage('j', 'a', { after, limit: 2 }),
  ),
  operation('read places', fc.uniqueArray(member), async ({ journeys }, some) =>
    byMember(await journeys.places(some, ['j', 'other'])),
  ),
  operation('claim mail', mail, ({ mails }, key) => mails.claim(key)),
  operation('mark mail', fc.tuple(mail, tokens, state), ({ mails }, [key, token, to]) =>
    mails.mark(key, token, to, 'd'),
  ),
  operation('read mails', member, ({ history }, one) => history.mails(one)),
  operation('claim digest', digest, ({ digests }, key) => digests.claims.claim(key)),
  operation('note digest', digest, ({ digests }, key) => digests.noteListed(key.owner, key.run)),
  operation('read digest', member, ({ digests }, owner) => digests.lastListed([owner])),
  operation('quarantine', fc.tuple(small, text), ({ quarantine }, [at, body]) =>
    quarantine.put({ at, reason: '', body }),
  ),
  operation('remove', fc.tuple(small, text), async ({ quarantine }, [at, body]) =>
    quarantine.remove({ id: await quarantine.put({ at: 2, reason: 'r', body }), at }),
  ),
  operation('list quarantine', small, async ({ quarantine }, some) => {
    const { next } = await quarantine.list({ limit: 1 });
    return quarantine.list({ after: some > 2 ? next : undefined, limit: some + 1 });
  }),
  operation('create source', fc.tuple(member, text), ({ config }, [id, secret]) => config.createSource(id, secret)),
  operation('add secret', fc.tuple(member, text), ({ config }, [id, secret]) => config.addSecret(id, secret, START)),
  operation('read sources', fc.constant(0), ({ config }) => config.sources()),
  operation('read models', small, ({ config }, limit) => config.models(limit + 1)),
);
