import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynoxide, startDynoxide } from '../../infra/local/dynamodb/dynoxide.ts';
import { startDynalite } from '../../infra/local/dynamodb/start-dynalite.ts';
import { claimItem } from '../../shared/aws/claim-key.ts';
import { claims } from '../../shared/aws/claims.ts';
import { digestClaims } from '../../shared/aws/digest-store.ts';
import { mailFinder } from '../../shared/aws/mail-finder.ts';
import { mailStore } from '../../shared/aws/mail-store.ts';
import { isInDoubt, mailsInState } from '../../shared/aws/mails-in-doubt.ts';
import { tallyStore } from '../../shared/aws/tally-store.ts';
import type { FoundMail } from '../../shared/mailing/hearsay.ts';
import { counting, NO_TALLY } from '../../shared/mailing/restraint/tally.ts';
import type { Claims } from '../../shared/mailing/send-once.ts';
import { around } from '../simulation/around.ts';
import { openTables } from '../support/tables.ts';

const MINUTE = 60_000;
const program = dynoxide();

const inDynamoDb = (name: string, start: Parameters<typeof openTables>[0]) =>
  describe(name, () => {
    let tables: Awaited<ReturnType<typeof openTables>>;
    beforeAll(async () => {
      tables = await openTables(start);
    });
    afterAll(() => tables.close());

    let mails = 0;
    const clock = { now: 1_000_000 };
    const tools = () => ({
      client: tables.client,
      table: tables.members,
      now: () => clock.now,
      newToken: () => `token-${mails++}`,
      pause: async () => {},
    });
    const find = (tag: string) => mailFinder(tools())(tag);

    const mine = async <Key>(store: Claims<Key>, key: Key) => {
      const claim = await store.claim(key);
      if (claim.kind !== 'mine') throw new Error(`expected the claim, it is ${claim.kind}`);
      return claim;
    };
    /** A claimed mail, and what can be said of it. */
    const aMail = async () => {
      const key = { partition: 'member#maija', sort: `mail#member#${mails++}#message` };
      const { token, tag } = await mine(claims(tools()), key);
      const row = async () => {
        const { Item } = await tables.client.send(
          new GetItemCommand({ TableName: tables.members, Key: claimItem(key), ConsistentRead: true }),
        );
        return Item && unmarshall(Item);
      };
      const heard = {
        'SES took it': async () => (await find(tag))?.taken('ses-1', 900_000),
        'SES delivered it': async () => (await find(tag))?.taken('ses-1', 900_000),
        'the sender says sent': () => claims(tools()).mark(key, token, 'sent', 'ses-1'),
        'the sender says unknown': () => claims(tools()).mark(key, token, 'unknown', 'TimeoutError'),
        'a person says sent': async () => (await find(tag))?.told(true),
        'a person says not sent': async () => (await find(tag))?.told(false),
        'the sender is dead': async () => {
          clock.now += 6 * MINUTE;
          await claims(tools()).claim(key);
        },
      };
      return { key, tag, row, heard };
    };
    type Word = keyof Awaited<ReturnType<typeof aMail>>['heard'];

    const orders = <One>(words: readonly One[]): One[][] =>
      words.length < 2
        ? [[...words]]
        : words.flatMap((word, i) => orders(words.toSpliced(i, 1)).map((rest) => [word, ...rest]));

    describe('what SES says of a mail', () => {
      it.each<Word>([
        'the sender says sent',
        'the sender says unknown',
        'the sender is dead',
        'a person says sent',
        'a person says not sent',
      ])('holds in any order, doubled, when %s', async (word) => {
        for (const order of orders<Word>([word, 'SES took it', 'SES delivered it'])) {
          const { heard, row, tag } = await aMail();
          for (const one of order) {
            await heard[one]();
            await heard[one]();
          }
          expect([order, await row()]).toEqual([order, expect.objectContaining({ state: 'sent', detail: 'ses-1' })]);
          expect(await isInDoubt(tools())(tag)).toBe(false);
        }
      });

      it('holds in any order when the sender was cut off, and people were of two minds', async () => {
        for (const order of orders<Word>([
          'the sender says unknown',
          'SES took it',
          'a person says not sent',
          'a person says sent',
        ])) {
          const { heard, row } = await aMail();
          for (const one of order) await heard[one]();
          expect([order, await row()]).toEqual([order, expect.objectContaining({ state: 'sent', detail: 'ses-1' })]);
        }
      });

      it('tells what it came to', async () => {
        const { heard, tag } = await aMail();
        await heard['the sender says unknown']();
        expect(await heard['SES took it']()).toBe('cleared');
        expect(await heard['SES delivered it']()).toBe('known');
        expect(await (await aMail()).heard['SES took it']()).toBe('noted');
        expect(await find(`${tag}-of-another`)).toBeUndefined();
      });

      it('keeps the mail from being sent again', async () => {
        const { heard, key } = await aMail();
        await heard['SES took it']();
        clock.now += 60 * MINUTE;
        expect(await claims(tools()).claim(key)).toEqual({ kind: 'settled' });
      });
    });

    describe('the place of a message under the caps', () => {
      /** Two messages to a member, who count both; and what can be said of the first. */
      const aMessage = async () => {
        const member = `sari-${mails++}`;
        const asked = {
          ...{ kind: 'message' as const, id: 'member#7#hello', member, message: 'hello', model: 1 },
          ...{ journey: 'member', stage: 'new', sequence: 7, since: 0, decidedAt: 0 },
        };
        const key = { member, effect: asked.id, asked };
        const store = mailStore(tools());
        const { token, tag } = await mine(store, key);
        const { reckon } = tallyStore(tools());
        const common = { message: 'hello', purpose: 'membership' as const };
        const both = [
          { ...common, id: asked.id, at: 1_000 },
          { ...common, id: 'member#8#hello', at: 2_000 },
        ];
        await reckon(member, () => ({
          tally: both.reduce((tally, one) => counting(tally, one, 10_000), NO_TALLY),
          result: undefined,
        }));
        return {
          tag,
          both,
          tally: () => reckon(member, (tally) => ({ tally, result: tally })),
          heard: {
            ...{ unknown: () => store.mark(key, token, 'unknown', 'TimeoutError') },
            sent: async () => (await find(tag))?.taken('ses-1', 900_000),
            rejected: async () => (await find(tag))?.became('rejected', 900_000),
            delivered: async () => (await find(tag))?.became('delivered', 900_000),
            'a yes': async () => (await find(tag))?.told(true),
            'a no': async () => (await find(tag))?.told(false),
          },
        };
      };
      type Said = keyof Awaited<ReturnType<typeof aMessage>>['heard'];
      const tallied = async (...said: Said[]) => {
        const { heard, tally, both } = await aMessage();
        for (const one of said) await heard[one]();
        const { counted, ...rest } = await tally();
        return { counted: counted.map(({ id }) => both.findIndex((one) => one.id === id)), rest };
      };
      const kept = { counted: [0, 1], rest: { waiting: [] } };
      const withdrawn = {
        counted: [1],
        rest: { waiting: [], unsent: [{ id: 'member#7#hello', message: 'hello', purpose: 'membership', at: 1_000 }] },
      };
      it('is given back when a person says that it was not sent', async () => {
        expect(await tallied('unknown', 'a no')).toEqual(withdrawn);
        expect(await tallied('unknown', 'a no', 'a no', 'a yes')).toEqual(withdrawn);
        expect(await tallied('unknown', 'a yes', 'a no')).toEqual(kept);
        expect(await tallied('a no')).toEqual(kept);
      });

      it('is kept where SES knows better, before or after that word', async () => {
        for (const order of orders<Said>(['a no', 'sent', 'delivered'])) {
          const doubled = order.flatMap((one) => [one, one]);
          expect([order, await tallied('unknown', ...doubled)]).toEqual([order, kept]);
        }
      });

      it('is given back when SES rejected it, in whatever order that is heard', async () => {
        for (const order of orders<Said>(['rejected', 'sent', 'unknown'])) {
          expect([order, await tallied(...order, ...order)]).toEqual([order, withdrawn]);
        }
      });

      it('is settled by whoever hears the same again, where the first died before', async () => {
        const { heard, tally, tag } = await aMessage();
        await heard.unknown();
        const dying = around(tables.client, async (command, send) => {
          if (Object(command).constructor.name === 'PutItemCommand') throw new Error('cut off');
          return send(command);
        });
        const said = async (word: (mail: FoundMail) => Promise<unknown>, client = tables.client) => {
          const mail = await mailFinder({ ...tools(), client })(tag);
          if (mail) await word(mail);
        };
        await expect(said((mail) => mail.told(false), dying)).rejects.toThrow('cut off');
        expect((await tally()).counted).toHaveLength(2);
        await said((mail) => mail.told(false));
        expect((await tally()).counted).toHaveLength(1);
        await expect(said((mail) => mail.taken('ses-1', 1), dying)).rejects.toThrow('cut off');
        expect((await tally()).counted).toHaveLength(1);
        await said((mail) => mail.taken('ses-1', 1));
        expect(await tally()).toMatchObject({ counted: [{ at: 1_000 }, { at: 2_000 }] });
      });
    });

    describe('a mail in doubt', () => {
      it('is settled by a person for good, whatever the sender says after', async () => {
        for (const [word, state] of [
          ['a person says sent', 'sent'],
          ['a person says not sent', 'refused'],
        ] as const) {
          const { heard, row, key } = await aMail();
          await heard['the sender is dead']();
          expect(await heard[word]()).toBe('cleared');
          expect(await heard['a person says not sent']()).toBe('known');
          await heard['the sender says unknown']();
          expect(await row()).toMatchObject({ state });
          expect(await claims(tools()).claim(key)).toEqual({ kind: 'settled' });
        }
      });

      it('is the only one that a person can settle', async () => {
        const { heard, row } = await aMail();
        expect(await heard['a person says not sent']()).toBe('known');
        expect(await row()).toMatchObject({ state: 'claimed' });
      });

      it('is listed, of a member or a digest, the oldest first, until it is settled', async () => {
        const list = () => mailsInState(tools())({ state: 'unknown', limit: 100 });
        for (const { tag } of (await list()).mails) await (await find(tag))?.told(false);
        expect(await list()).toEqual({ mails: [] });

        const store = mailStore(tools());
        const digests = digestClaims(tools());
        const letter = { member: 'bo#1', effect: 'member#7#message' };
        const digest = { owner: 'kaisa', run: 1_000 };
        const first = await mine(store, letter);
        const second = await mine(digests, digest);
        await store.mark(letter, first.token, 'unknown', 'TimeoutError');
        clock.now += MINUTE;
        await digests.mark(digest, second.token, 'unknown', 'socket hang up');
        expect((await list()).mails).toEqual([
          {
            kind: 'mail',
            member: 'bo#1',
            id: 'member#7#message',
            tag: first.tag,
            at: clock.now - MINUTE,
            why: 'TimeoutError',
          },
          {
            kind: 'digest',
            owner: 'kaisa',
            run: '1970-01-01T00:00:01.000Z',
            tag: second.tag,
            at: clock.now,
            why: 'socket hang up',
          },
        ]);
        expect(await isInDoubt(tools())(first.tag)).toBe(true);

        await (await find(first.tag))?.taken('ses-2', clock.now);
        await digests.mark(digest, second.token, 'sent', 'ses-3');
        expect(await list()).toEqual({ mails: [] });
        expect(await isInDoubt(tools())(first.tag)).toBe(false);
      });

      it('is found page by page', async () => {
        const tags = [];
        for (let i = 0; i < 5; i++) {
          const { heard, tag } = await aMail();
          await heard['the sender says unknown']();
          tags.push(tag);
        }
        const found: string[] = [];
        let after: string | undefined;
        do {
          const page = await mailsInState(tools())({ state: 'unknown', after, limit: 2 });
          found.push(...page.mails.map(({ tag }) => tag));
          after = page.next;
        } while (after);
        expect(found.toSorted()).toEqual(tags.toSorted());
      });
    });
  });

inDynamoDb('dynalite', startDynalite);

describe.runIf(program !== undefined)('elsewhere', () => {
  inDynamoDb('dynoxide', (folder) => startDynoxide(program ?? '', folder));
});
