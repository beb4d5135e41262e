import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynoxide, startDynoxide } from '../../infra/local/dynamodb/dynoxide.ts';
import { startDynalite } from '../../infra/local/dynamodb/start-dynalite.ts';
import { configStore } from '../../shared/aws/config-store.ts';
import { quarantineStore } from '../../shared/aws/quarantine-store.ts';
import { stageIndex } from '../../shared/aws/stage-index.ts';
import { Model } from '../../shared/scoring/model.ts';
import { around } from '../simulation/around.ts';
import { document } from '../support/given.ts';
import { NO_LETTERS } from '../support/plain-letters.ts';
import { openTables } from '../support/tables.ts';
import { emptyPartitions, placeInStage } from './table-rows.ts';

const MINUTE = 60_000;
const START = Date.parse('2026-03-02T12:00:00Z');
const titled = (title: string) => Model.parse({ ...document, title });
const program = dynoxide();

const inDynamoDb = (name: string, start: Parameters<typeof openTables>[0]) =>
  describe(name, () => {
    let tables: Awaited<ReturnType<typeof openTables>>;
    let now = START;
    beforeAll(async () => {
      tables = await openTables(start);
    });
    afterAll(() => tables.close());
    const open = async () => {
      now = START;
      await emptyPartitions(tables.client, tables.config);
      return store();
    };
    const store = () => configStore({ client: tables.client, table: tables.config, now: () => now });

    describe('models', () => {
      it('are none at first', async () => {
        const { currentModel, models, modelVersion } = await open();
        expect([await currentModel(), await models(), await modelVersion(1)]).toEqual([undefined, [], undefined]);
      });

      it('are all listed, however large: not as many as fill a page of the database', async () => {
        const { publishModel, models } = await open();
        const [hello] = document.messages;
        const body = `<mj-text>${'Hello. '.repeat(7_000)}</mj-text>`;
        const messages = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((id) => ({
          ...hello,
          id,
          templates: { en: { subject: 'Hello', preheader: 'From us', body } },
        }));
        const large = Model.parse({ ...document, journeys: document.journeys.slice(0, 1), messages });
        for (const _ of [1, 2, 3, 4, 5]) await publishModel(large, NO_LETTERS, { publishedAt: START });
        expect((await models()).map(({ version }) => version)).toEqual([5, 4, 3, 2, 1]);
        expect((await models(4)).map(({ version }) => version)).toEqual([5, 4, 3, 2]);
      });

      it('are numbered from 1, and each stays as it was published', async () => {
        const { publishModel, currentModel, modelVersion, models } = await open();
        expect(await publishModel(titled('one'), NO_LETTERS, { publishedAt: START })).toBe(1);
        expect(await publishModel(titled('two'), NO_LETTERS, { publishedAt: START + 1 })).toBe(2);
        expect(await currentModel()).toEqual({ version: 2, publishedAt: START + 1, model: titled('two') });
        expect((await modelVersion(1))?.model).toEqual(titled('one'));
        expect(await models()).toEqual([
          { version: 2, publishedAt: START + 1, current: true },
          { version: 1, publishedAt: START, current: false },
        ]);
      });

      it('are known by when they were in force', async () => {
        const { publishModel, versionAt } = await open();
        expect(await versionAt(START)).toBeUndefined();
        for (let i = 0; i < 23; i++)
          await publishModel(titled(`${i}`), NO_LETTERS, { publishedAt: START + i * MINUTE });
        const asked = [-1, 0, 0.5, 1, 2.9, 21, 22, 1000];
        const versions = asked.map((minutes) => versionAt(START + minutes * MINUTE));
        expect(await Promise.all(versions)).toEqual([undefined, 1, 1, 2, 3, 22, 23, 23]);
      });

      it('keep what was said of them', async () => {
        const { publishModel, currentModel, models, modelVersion } = await open();
        await publishModel(titled('one'), NO_LETTERS, { publishedAt: START });
        const notes = { author: 'Ingrid', hypothesis: 'More will come back', review: '2027-03-01', rollbackOf: 1 };
        await publishModel(titled('two'), NO_LETTERS, { publishedAt: START, ...notes });
        expect(await currentModel()).toMatchObject({ version: 2, ...notes });
        expect(await models()).toMatchObject([notes, { version: 1 }]);
        expect(await modelVersion(1)).not.toHaveProperty('author');
      });

      it('are seen by others within a minute, and are the same object as long as the version is', async () => {
        const { publishModel } = await open();
        await publishModel(titled('one'), NO_LETTERS, { publishedAt: START });
        const other = store();
        const first = await other.currentModel();
        await publishModel(titled('two'), NO_LETTERS, { publishedAt: START });
        now += MINUTE - 1;
        expect((await other.currentModel())?.model).toBe(first?.model);
        expect((await other.currentModel(0))?.version).toBe(2);
        now += 1;
        expect((await other.currentModel())?.version).toBe(2);
      });

      it('each get a number of their own when many publish at once, and the highest is in force', async () => {
        await open();
        const titles = Array.from({ length: 8 }, (_, i) => `model ${i}`);
        const versions = await Promise.all(
          titles.map((title) => store().publishModel(titled(title), NO_LETTERS, { publishedAt: START })),
        );
        expect(versions.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
        const current = await store().currentModel();
        expect(current?.version).toBe(8);
        expect(current?.model.title).toBe(titles[versions.indexOf(8)]);
      });

      it('are not in force before the last step: a crash leaves the old one, and the number is not used again', async () => {
        const { publishModel } = await open();
        await publishModel(titled('one'), NO_LETTERS, { publishedAt: START });
        const [send, crashing] = [tables.client.send.bind(tables.client), Object.create(tables.client)];
        crashing.send = async (command: Parameters<typeof send>[0]) => {
          if (command.constructor.name === 'UpdateItemCommand') throw new Error('crash');
          return send(command);
        };
        const broken = configStore({ client: crashing, table: tables.config, now: () => now });
        await expect(broken.publishModel(titled('two'), NO_LETTERS, { publishedAt: START })).rejects.toThrow('crash');
        expect((await store().currentModel())?.version).toBe(1);
        expect(await store().publishModel(titled('three'), NO_LETTERS, { publishedAt: START })).toBe(3);
        expect((await store().currentModel())?.model.title).toBe('three');
        expect((await store().models()).map(({ version, current }) => [version, current])).toEqual([
          [3, true],
          [2, false],
          [1, false],
        ]);
      });

      it('are refused when a table item could not hold them', async () => {
        const { publishModel, currentModel } = await open();
        const huge = { subject: 'x', body: 'x'.repeat(50_000) };
        const templates = Object.fromEntries(
          ['nb', 'sv', 'fi', 'en', 'da', 'se', 'nn', 'de'].map((one) => [one, huge]),
        );
        const [message] = document.messages;
        const model = Model.parse({ ...document, messages: [{ ...message, templates }] });
        await expect(publishModel(model, NO_LETTERS, { publishedAt: START })).rejects.toThrow(
          /^The model is 4\d{5} bytes long/,
        );
        expect(await currentModel()).toBeUndefined();
      });
    });

    describe('the staff', () => {
      const owner = { id: 'liisa', name: 'Liisa', email: 'liisa@example.org', language: 'fi' };

      it('is what was set last, to others within a minute', async () => {
        const { staff, putStaff } = await open();
        const other = store();
        expect(await staff()).toBeUndefined();
        await putStaff({ owners: [owner], fallback: 'liisa' });
        expect(await other.staff()).toEqual({ owners: [owner], fallback: 'liisa' });
        await putStaff({ owners: [{ ...owner, name: 'Liisa L.' }], fallback: 'liisa' });
        expect((await staff())?.owners[0]?.name).toBe('Liisa L.');
        now += MINUTE;
        expect((await other.staff())?.owners[0]?.name).toBe('Liisa L.');
      });
    });

    describe('sources', () => {
      it('are found from the moment when they are made', async () => {
        const { source, createSource, sources } = await open();
        expect(await source('crm')).toBeUndefined();
        expect(await createSource('crm', 's1')).toBe(true);
        expect(await createSource('crm', 's2')).toBe(false);
        expect((await source('crm'))?.secrets).toEqual([{ secret: 's1', createdAt: START }]);
        expect((await sources()).map(({ id }) => id)).toEqual(['crm']);
      });

      it('take a new secret beside the old ones, which end', async () => {
        const { source, createSource, addSecret } = await open();
        await createSource('crm', 's1');
        await addSecret('crm', 's2', START + 1000);
        now = START + 500;
        await addSecret('crm', 's3', START + 5000);
        expect((await source('crm', 0))?.secrets).toEqual([
          { secret: 's3', createdAt: START + 500 },
          { secret: 's2', createdAt: START, expiresAt: START + 5000 },
          { secret: 's1', createdAt: START, expiresAt: START + 1000 },
        ]);
        now = START + 5000;
        await addSecret('crm', 's4', START + 9000);
        expect((await source('crm', 0))?.secrets.map(({ secret }) => secret)).toEqual(['s4', 's3']);
        expect(await addSecret('other', 's', START)).toBe(false);
      });

      it('lose no secret when two are added at once', async () => {
        const { createSource } = await open();
        await createSource('crm', 's0');
        const added = ['s1', 's2', 's3', 's4'];
        await Promise.all(added.map((secret) => store().addSecret('crm', secret, START + MINUTE)));
        const secrets = (await store().source('crm'))?.secrets.map(({ secret }) => secret) ?? [];
        expect(secrets.toSorted()).toEqual(['s0', ...added]);
      });

      it('keep the secret that somebody was given while another one, who was given up, stood still', async () => {
        const { createSource, source } = await open();
        await createSource('crm', 's0');
        const standing = around(tables.client, async (command, send) => {
          if (command instanceof GetItemCommand) {
            now = START + 10 * MINUTE;
            await store().addSecret('crm', 'heard', START + 60 * MINUTE);
          }
          return send(command);
        });
        const late = configStore({ client: standing, table: tables.config, now: () => now });
        await expect(late.addSecret('crm', 'unheard', START + 5 * MINUTE)).rejects.toThrow('Too late');
        expect((await source('crm', 0))?.secrets).toMatchObject([
          { secret: 'heard' },
          { secret: 's0', expiresAt: START + 60 * MINUTE },
        ]);
        expect((await source('crm', 0))?.secrets[0]?.expiresAt).toBeUndefined();
      });
    });

    describe('quarantine', () => {
      it('lets go of what was read, but not of the same input come again', async () => {
        const { put, get, remove } = quarantineStore({ client: tables.client, table: tables.members });
        const body = `input for ${name}`;
        const id = await put({ at: START, reason: 'r', body });
        await put({ at: START + 1, reason: 'r', body });
        await remove({ id, at: START });
        expect(await get(id)).toEqual({ id, at: START + 1, reason: 'r', body });
        await remove({ id, at: START + 1 });
        expect(await get(id)).toBeUndefined();
      });
    });

    describe('quarantine of large inputs', () => {
      it('is listed to the end, though a page holds fewer than were asked for', async () => {
        const { put, list, remove } = quarantineStore({ client: tables.client, table: tables.members });
        const ids = await Promise.all(
          Array.from({ length: 8 }, (_, n) => put({ at: START, reason: 'r', body: `${n} ${'x'.repeat(300_000)}` })),
        );
        const found: string[] = [];
        let after: string | undefined;
        do {
          const { items, next } = await list({ after, limit: 100 });
          expect(items.length).toBeLessThan(8);
          found.push(...items.map(({ id }) => id));
          after = next;
        } while (after !== undefined);
        expect(found).toEqual(ids.toSorted());
        for (const id of ids) await remove({ id, at: START });
      });
    });

    describe('the index by stage', () => {
      it('gives the members of a stage by id, whatever shard they are in, page by page', async () => {
        const { inStage } = stageIndex({ client: tables.client, table: tables.members });
        const ids = Array.from({ length: 30 }, (_, i) => `m-${String(i).padStart(2, '0')}`);
        await Promise.all(ids.map((id) => placeInStage(tables.client, tables.members, id, 'member', 'active')));
        await placeInStage(tables.client, tables.members, 'm-99', 'member', 'at-risk');
        const paged: string[] = [];
        for (let after: string | undefined; ; after = paged.at(-1)) {
          const page = await inStage('member', 'active', { after, limit: 7 });
          if (page.length === 0) break;
          paged.push(...page);
        }
        expect(paged).toEqual(ids);
        expect(await inStage('member', 'at-risk', { limit: 7 })).toEqual(['m-99']);
      });
    });
  });

inDynamoDb('dynalite', startDynalite);
describe.runIf(program)('beside it', () => {
  inDynamoDb('dynoxide', (folder) => startDynoxide(program ?? '', folder));
});
