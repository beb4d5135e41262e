import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ActivityEvent } from '../../events/envelope.ts';
import { startDynalite } from '../../infra/local/dynamodb/start-dynalite.ts';
import { memberStore } from '../../shared/aws/dynamodb-member-store.ts';
import { snapshotAttributes, snapshotKey, snapshotOf } from '../../shared/aws/member-rows.ts';
import { packed, unpacked } from '../../shared/aws/packed.ts';
import { deedsFor } from '../../shared/explaining/deeds.ts';
import { nextSnapshot } from '../../shared/journeys/next-snapshot.ts';
import { canonicalJson } from '../../shared/kernel/json.ts';
import { compile } from '../../shared/scoring/compile.ts';
import { evolve, NOBODY } from '../../shared/scoring/evolve.ts';
import type { CompiledVersion } from '../../shared/scoring/published-model.ts';
import type { Snapshot } from '../../shared/scoring/snapshot.ts';
import { bytesOf } from '../simulation/cloud/attribute-values.ts';
import { event } from '../support/given.ts';
import { modelOf, sampleNames } from '../support/sample.ts';
import { openTables } from '../support/tables.ts';

const member = '6f1c2f3e-8a5b-4c0e-9d7a-52b1e0c4a917';
const of = (type: string, days: number, data: ActivityEvent['data'], n: number): ActivityEvent => ({
  ...event(type, days, { member, data, id: `evt_${(1e12 + n * 7919).toString(36)}` }),
  ...(n === 0 ? { email: 'maija.esimerkki-malli@example.org' } : {}),
});

/** Somebody of whom all is known that the samples ask about, and who agreed to everything, by its own wording. */
const known: readonly ActivityEvent[] = [
  of(
    'lead.created',
    0,
    {
      attributes: {
        ...{ firstName: 'Maija', lastName: 'Esimerkki-Malli', language: 'fi', region: 'helsinki', branch: 'care' },
        ...{ volunteer: true, donor: true, monthly: true, grade: 'professional', season: 'on', owner: 'aino' },
      },
    },
    0,
  ),
  ...['service', 'membership', 'marketing', 'fundraising'].map((purpose, i) =>
    of('consent.given', 1 + i / 100, { purpose, wording: '2026-01' }, 1 + i),
  ),
  of('member.joined', 30, { attributes: { renewalDate: '2027-02-01' } }, 5),
];

/** Ten years in which something happens every week, of every kind that the model asks about, in any order. */
const tenBusyYears = (sample: string, seed: number): readonly ActivityEvent[] => {
  const model = modelOf(sample);
  const deeds = model.journeys.flatMap((journey) => deedsFor(model, journey, []));
  const [choices = []] = fc.sample(
    fc.array(fc.record({ deed: fc.constantFrom(...deeds), hours: fc.integer({ min: 1, max: 160 }) }), {
      minLength: 520,
      maxLength: 520,
    }),
    { numRuns: 1, seed },
  );
  return [
    ...known,
    ...choices.map(({ deed, hours }, i) =>
      of(deed.type, 31 + 7 * i + hours / 24, deed.data(i % 12, '2026-01-05'), 6 + i),
    ),
  ];
};

/** Every snapshot that is written over a life, with the effects in it, each event in a commit of its own. */
function* written(version: CompiledVersion, life: readonly ActivityEvent[]): Generator<Snapshot> {
  let before: Snapshot | undefined;
  let standing = NOBODY;
  for (const one of life) {
    for (let now = before?.dueAt; now !== undefined && now < one.time; ) {
      before = nextSnapshot(version, { member, now, events: [], ticked: true }, before, standing);
      yield before;
      now = before.dueAt === now ? undefined : before.dueAt;
    }
    standing = evolve(version.compiled, standing, one).standing;
    before = nextSnapshot(version, { member, now: one.time, events: [one], ticked: false }, before, standing);
    yield before;
  }
}

const versionOf = (sample: string): CompiledVersion => ({ version: 17, compiled: compile(modelOf(sample)) });

describe('a snapshot as it is stored', () => {
  let tables: Awaited<ReturnType<typeof openTables>>;
  beforeAll(async () => {
    tables = await openTables(startDynalite);
  });
  afterAll(() => tables.close());

  const stored = async (client: DynamoDBClient) =>
    (await client.send(new GetItemCommand({ TableName: tables.members, Key: snapshotKey(member) }))).Item ?? {};

  it.each(sampleNames)(
    'of a member of the sample %s is under 1 KB as an item, with keys, names and effects',
    async (sample) => {
      const store = memberStore({ client: tables.client, table: tables.members, pause: async () => {} });
      const sizes: number[] = [];
      for (const seed of [1, 2, 3]) {
        let largest: Snapshot | undefined;
        let size = 0;
        for (const snapshot of written(versionOf(sample), tenBusyYears(sample, seed))) {
          const bytes = bytesOf(snapshotAttributes(snapshot));
          if (bytes <= size) continue;
          [largest, size] = [snapshot, bytes];
        }
        if (!largest) throw new Error('Nothing was written');
        const before = await store.read(member);
        const after = { ...largest, version: (before?.version ?? 0) + 1 };
        expect(await store.writeSnapshots([{ member, before, after }])).toEqual(['written']);
        expect(await store.read(member)).toEqual(after);
        sizes.push(bytesOf(await stored(tables.client)));
      }
      expect(Math.max(...sizes)).toBeLessThan(1024);
    },
  );

  it('can be read where it was written as plain text', () => {
    const [snapshot] = written(versionOf('trade-union'), known);
    if (!snapshot) throw new Error('Nothing was written');
    const { standing, announced, outbox } = snapshot;
    const row = { ...snapshotAttributes(snapshot), body: { S: canonicalJson({ standing, announced, outbox }) } };
    expect(snapshotOf(row)).toEqual(snapshotOf(snapshotAttributes(snapshot)));
  });
});

describe('a packed text', () => {
  it('comes back as it was, whatever it is', () =>
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => void expect(unpacked(packed(text))).toBe(text))));

  it('is known again for ever: rows that were written yesterday are read tomorrow', () => {
    const row = Buffer.from('AatGrQWRtGGrqaDlVa0OooKKrQUA', 'base64');
    expect(unpacked(row)).toBe('{"announced":{"member":{"sequence":1,"stage":"quiet"}},"outbox":[]}');
  });

  it('is refused where it was packed in a way that is not known', () =>
    expect(() => unpacked(Uint8Array.of(2, 1, 0, 0, 255, 255))).toThrow('does not know'));
});
