import type { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Move, SendDigest } from '../../events/effect.ts';
import { dynoxide, startDynoxide } from '../../infra/local/dynamodb/dynoxide.ts';
import { startDynalite } from '../../infra/local/dynamodb/start-dynalite.ts';

import type { ClaimKey } from '../../shared/aws/claim-key.ts';
import { claims } from '../../shared/aws/claims.ts';
import { digestClaims, heldDigests, lastListed, noteListed } from '../../shared/aws/digest-store.ts';
import { dueIndex } from '../../shared/aws/due-index.ts';
import { journeyStore } from '../../shared/aws/journey-store.ts';
import { mailStore } from '../../shared/aws/mail-store.ts';
import { memoryClaims } from '../support/memory-claims.ts';
import { openTables } from '../support/tables.ts';
import { claimsContract } from './claims.contract.ts';

type Tables = Awaited<ReturnType<typeof openTables>>;
const program = dynoxide();
const pause = async () => {};

claimsContract('memory', (world) => memoryClaims<ClaimKey>(world).claims);

const inDynamoDb = (name: string, start: Parameters<typeof openTables>[0]) =>
  describe(name, () => {
    let tables: Tables;
    beforeAll(async () => {
      tables = await openTables(start);
    });
    afterAll(() => tables.close());
    const tools = (now = 1_000) => ({ client: tables.client, table: tables.members, now: () => now, newToken });
    let tokens = 0;
    const newToken = () => `token-${tokens++}`;

    claimsContract(name, ({ now, newToken: token }) => {
      const own = () => claims({ client: tables.client, table: tables.members, now, newToken: token });
      return {
        claim: (key) => own().claim(key),
        mark: (...all) => own().mark(...all),
        hold: (...all) => own().hold(...all),
      };
    });

    it('finds its own claim when the SDK repeats the call', async () => {
      const key = { partition: 'member#maija', sort: 'mail#again' };
      const repeated = {
        ...tools(),
        client: Object.assign(Object.create(tables.client), {
          send: async (command: UpdateItemCommand) => {
            await tables.client.send(command);
            return tables.client.send(command);
          },
        }),
      };
      expect((await claims(repeated).claim(key)).kind).toBe('mine');
    });

    it('keeps the mails of a member apart from those of others', async () => {
      const store = mailStore(tools());
      expect((await store.claim({ member: 'a', effect: 'member#1#message' })).kind).toBe('mine');
      expect((await store.claim({ member: 'b', effect: 'member#1#message' })).kind).toBe('mine');
      expect((await store.claim({ member: 'a', effect: 'member#1#alert' })).kind).toBe('mine');
      expect((await store.claim({ member: 'a', effect: 'member#1#message' })).kind).toBe('busy');
    });

    it('keeps one digest for each owner and run, and when the last list was read', async () => {
      const digests = digestClaims(tools());
      expect((await digests.claim({ owner: 'kaisa', run: 7 })).kind).toBe('mine');
      expect((await digests.claim({ owner: 'kaisa', run: 7 })).kind).toBe('busy');
      expect((await digests.claim({ owner: 'kaisa', run: 8 })).kind).toBe('mine');
      expect((await digests.claim({ owner: 'ingrid', run: 7 })).kind).toBe('mine');
      const table = { client: tables.client, table: tables.members, pause };
      expect(await lastListed(table)(['kaisa', 'ingrid'])).toEqual(new Map());
      await noteListed(table)('kaisa', 50);
      await noteListed(table)('kaisa', 40);
      expect(await lastListed(table)(['kaisa', 'ingrid'])).toEqual(new Map([['kaisa', 50]]));
    });

    it('lets a digest wait with what it was asked for by, and finds it when its time has come', async () => {
      const digests = digestClaims(tools());
      const asked: SendDigest = {
        kind: 'digest',
        owner: 'aune#1',
        run: 9_000,
        at: 9_500,
        model: 1,
        news: [{ member: 'maija', journey: 'path', stage: 'wild', since: 5 }],
        known: [],
        count: 1,
        countNew: 1,
      };
      const key = { owner: asked.owner, run: asked.run, asked };
      const claim = await digests.claim(key);
      if (claim.kind !== 'mine') throw new Error('The claim is taken');
      await digests.hold(key, claim.token, { until: 20_000, why: 'RateBudget' });
      const table = { client: tables.client, table: tables.members };
      expect(await heldDigests(table)({ owner: 'aune#1', run: 9_000 })).toEqual(asked);
      const due: unknown[] = [];
      for await (const page of dueIndex(table)(20_000)) due.push(page);
      expect(due).toEqual([{ members: [], mails: [], digests: [{ owner: 'aune#1', run: 9_000 }] }]);
      // Whoever takes it up may die over it: until it has come to an end it is found again.
      const again = await digests.claim(key);
      if (again.kind !== 'mine') throw new Error('The claim is taken');
      expect(await heldDigests(table)({ owner: 'aune#1', run: 9_000 })).toEqual(asked);
      await digests.mark(key, again.token, 'sent', 'ses-1');
      expect(await heldDigests(table)({ owner: 'aune#1', run: 9_000 })).toBeUndefined();
    });

    describe('the lists by stage', () => {
      const lists = () => journeyStore({ client: tables.client, table: tables.members, pause });
      const move = (member: string, sequence: number, stage: string | null): Move => ({
        kind: 'move',
        id: `path#${sequence}#move`,
        member,
        journey: 'path',
        sequence,
        since: sequence * 10,
        decidedAt: sequence * 10,
        model: 1,
        from: null,
        stage,
      });
      const inStage = async (stage: string) => {
        const members: string[] = [];
        for await (const page of lists().membersIn('path', stage)) members.push(...page);
        return members.toSorted();
      };

      it('hold each member in the last stage told of', async () => {
        await lists().move(move('ann', 1, 'calm'), 100);
        await lists().move(move('bo', 1, 'calm'), 100);
        await lists().move(move('ann', 2, 'wild'), 200);
        expect(await inStage('calm')).toEqual(['bo']);
        expect(await inStage('wild')).toEqual(['ann']);
        expect((await lists().places(['ann', 'bo', 'cy'], ['path', 'other'])).get('ann')).toEqual([
          { journey: 'path', stage: 'wild', since: 20, toldAt: 200 },
        ]);
      });

      it('take no notice of what comes late or twice', async () => {
        await lists().move(move('dag', 2, 'wild'), 200);
        await lists().move(move('dag', 1, 'calm'), 300);
        await lists().move(move('dag', 2, 'wild'), 400);
        expect((await lists().places(['dag'], ['path'])).get('dag')).toEqual([
          { journey: 'path', stage: 'wild', since: 20, toldAt: 200 },
        ]);
      });

      it('let go whom the journey concerns no more', async () => {
        await lists().move(move('eva', 1, 'gone-soon'), 100);
        await lists().move(move('eva', 2, null), 200);
        expect(await inStage('gone-soon')).toEqual([]);
        expect((await lists().places(['eva'], ['path'])).get('eva')?.[0]?.stage).toBeUndefined();
      });

      it('give everybody of a big stage once', async () => {
        const all = Array.from({ length: 250 }, (_, i) => `many-${String(i).padStart(3, '0')}`);
        for (const member of all) await lists().move(move(member, 1, 'crowd'), 100);
        expect(await inStage('crowd')).toEqual(all);
        expect((await lists().places(all, ['path'])).size).toBe(250);
      });
    });
  });

inDynamoDb('dynalite', startDynalite);

describe.runIf(program !== undefined)('elsewhere', () => {
  inDynamoDb('dynoxide', (folder) => startDynoxide(program ?? '', folder));
});
