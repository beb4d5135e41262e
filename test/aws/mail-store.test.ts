import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, it } from 'vitest';
import { SendDigest, SendMessage } from '../../events/effect.ts';
import { claimItem, tagOf } from '../../shared/aws/claim-key.ts';
import { digestClaims, heldDigests } from '../../shared/aws/digest-store.ts';
import { DIGESTS, digestKey, EXPIRY, mailKey, memberKey } from '../../shared/aws/keys.ts';
import { mailFinder } from '../../shared/aws/mail-finder.ts';
import { mailHistory } from '../../shared/aws/mail-history.ts';
import { heldMails, mailStore } from '../../shared/aws/mail-store.ts';
import { measuredMails } from '../../shared/aws/measured-mails.ts';
import { dynamodbClient, memoryTables } from '../simulation/cloud/tables.ts';
import { definitions } from '../support/definitions.ts';

it('what was drawn for a member stands in the record of the mail from the claim on, and stays', async () => {
  const client = dynamodbClient(memoryTables(definitions().tables), async (_, run) => run());
  let now = 1000;
  const store = mailStore({ client, table: 'members', now: () => now, newToken: () => `token-${now}` });
  const arms = { 'message.hello.1': 'short' };
  // The id of the effect of a stage's one message does not name it.
  const asked: SendMessage = {
    ...{ kind: 'message', id: 'member#1#message', member: 'maija', journey: 'member', stage: 'new', message: 'hello' },
    ...{ sequence: 1, since: 0, decidedAt: 0, model: 1 },
  };
  const key = { member: 'maija', effect: asked.id, asked, arms };
  const row = async () => {
    const Key = claimItem({ partition: memberKey(key.member), sort: mailKey(key.effect) });
    const { Item } = await client.send(new GetItemCommand({ TableName: 'members', Key }));
    return unmarshall(Item ?? {});
  };
  const claim = await store.claim(key);
  expect(await row()).toMatchObject({ state: 'claimed', arms, drawnAt: 1000 });
  now = 2000;
  if (claim.kind === 'mine') await store.mark(key, claim.token, 'sent', 'ses-1');
  expect(await row()).toMatchObject({ state: 'sent', at: 2000, arms, drawnAt: 1000 });
  expect(await mailHistory({ client, table: 'members' }).mails('maija')).toMatchObject([
    { what: 'hello', state: 'sent' },
  ]);
  const mails = measuredMails({ client, table: 'members' });
  expect(await mails('maija')).toEqual([{ message: 'hello', state: 'sent', why: 'ses-1', arms, at: 1000, fates: {} }]);
  await store.claim({ member: 'maija', effect: 'member#2#message#entry#another' });
  expect((await mails('maija')).map((mail) => [mail.message, mail.arms, mail.at])).toContainEqual([
    'another',
    {},
    2000,
  ]);
  expect(await row()).toMatchObject({ drawnAt: 1000 });
});

it('a mail that has waited is found again until it has come to an end', async () => {
  const client = dynamodbClient(memoryTables(definitions().tables), async (_, run) => run());
  let tokens = 0;
  const tools = { client, table: 'members', now: () => 1000, newToken: () => `token-${++tokens}` };
  const store = mailStore(tools);
  const asked = SendMessage.parse({
    ...{ kind: 'message', id: 'member#1#message', member: 'maija', journey: 'member', sequence: 1, since: 1 },
    ...{ decidedAt: 1, model: 1, stage: 'new', message: 'hello' },
  });
  const key = { member: 'maija', effect: asked.id, asked };
  const claimed = async () => {
    const claim = await store.claim(key);
    return claim.kind === 'mine' ? claim.token : '';
  };
  const token = await claimed();
  expect(await heldMails(tools)(key)).toBeUndefined();
  await store.hold(key, token, { until: 2000, why: 'capped' });
  expect(await heldMails(tools)(key)).toEqual(asked);
  // Whoever takes it up may die over it: the message that told of it comes again.
  const other = await claimed();
  expect(await heldMails(tools)(key)).toEqual(asked);
  await store.mark(key, other, 'released', 'Throttling');
  expect(await heldMails(tools)(key)).toEqual(asked);
  await store.mark(key, await claimed(), 'sent', 'ses-1');
  expect(await heldMails(tools)(key)).toBeUndefined();
});

it('so is a digest that has waited', async () => {
  const client = dynamodbClient(memoryTables(definitions().tables), async (_, run) => run());
  let tokens = 0;
  const tools = { client, table: 'members', now: () => 1000, newToken: () => `token-${++tokens}` };
  const store = digestClaims(tools);
  const list = { at: 1000, model: 1, news: [], known: [], count: 0, countNew: 0 };
  const asked = SendDigest.parse({ kind: 'digest', owner: 'aino', run: 1000, ...list });
  const key = { owner: 'aino', run: 1000, asked };
  const claimed = async () => {
    const claim = await store.claim(key);
    return claim.kind === 'mine' ? claim.token : '';
  };
  await store.hold(key, await claimed(), { until: 2000, why: 'RateBudget' });
  expect(await heldDigests(tools)(key)).toEqual(asked);
  const token = await claimed();
  expect(await heldDigests(tools)(key)).toEqual(asked);
  await store.mark(key, token, 'released', 'Throttling');
  expect(await heldDigests(tools)(key)).toEqual(asked);
  await store.mark(key, await claimed(), 'sent', 'ses-1');
  expect(await heldDigests(tools)(key)).toBeUndefined();
});

describe('a list of people that has come to an end is kept nowhere', () => {
  const asked = SendDigest.parse({
    ...{ kind: 'digest', owner: 'aino', run: 1000, at: 1000, model: 1, count: 1, countNew: 1, known: [] },
    news: [{ member: 'canary', journey: 'member', stage: 'at-risk', since: 5 }],
  });
  const key = { owner: 'aino', run: 1000, asked };

  const held = async () => {
    const client = dynamodbClient(memoryTables(definitions().tables), async (_, run) => run());
    const world = { now: 1000 };
    let tokens = 0;
    const tools = { client, table: 'members', now: () => world.now, newToken: () => `token-${++tokens}` };
    const store = digestClaims(tools);
    const claimed = async () => {
      const claim = await store.claim(key);
      return claim.kind === 'mine' ? claim.token : '';
    };
    await store.hold(key, await claimed(), { until: 2000, why: 'RateBudget' });
    const row = async () => {
      const Key = claimItem({ partition: DIGESTS, sort: digestKey('aino', new Date(1000).toISOString()) });
      return JSON.stringify(
        unmarshall((await client.send(new GetItemCommand({ TableName: 'members', Key }))).Item ?? {}),
      );
    };
    expect(await row()).toContain('canary');
    return { world, store, tools, claimed, row };
  };

  it.each(['sent', 'refused', 'skipped', 'unknown'] as const)('%s', async (state) => {
    const { store, claimed, row } = await held();
    await store.mark(key, await claimed(), state, 'why');
    expect(await row()).not.toContain('canary');
  });

  it('lost with its sender', async () => {
    const { world, store, claimed, row } = await held();
    await claimed();
    world.now += 3_600_000;
    expect((await store.claim(key)).kind).toBe('lost');
    expect(await row()).not.toContain('canary');
  });

  it('sent, as SES says, while its sender is silent', async () => {
    const { tools, claimed, row } = await held();
    await claimed();
    const sort = digestKey('aino', new Date(1000).toISOString());
    const found = await mailFinder(tools)(tagOf({ partition: DIGESTS, sort }));
    expect(await found?.taken('ses-1', 3000)).toBe('noted');
    expect(await row()).not.toContain('canary');
  });
});

describe('the claim of a digest', () => {
  const START = Date.parse('2026-03-02T07:00:00Z');
  const LATER = START + 90 * 86_400_000;
  const key = { owner: 'aino', run: START };

  const opened = () => {
    const tables = memoryTables(definitions().tables);
    const client = dynamodbClient(tables, async (_, run) => run());
    let tokens = 0;
    const tools = { client, table: 'members', now: () => START, newToken: () => `token-${++tokens}` };
    const store = digestClaims(tools);
    const claimed = async () => {
      const claim = await store.claim(key);
      if (claim.kind !== 'mine') throw new Error('The claim is taken');
      return claim;
    };
    const mayGoAt = () => tables.items('members').map((item) => unmarshall(item)[EXPIRY]);
    const found = mailFinder(tools);
    return { store, claimed, mayGoAt, found };
  };

  it.each(['sent', 'refused', 'skipped'] as const)('may go a season after it was %s', async (state) => {
    const { store, claimed, mayGoAt } = opened();
    await store.mark(key, (await claimed()).token, state, 'why');
    expect(mayGoAt()).toEqual([LATER / 1000]);
  });

  it.each(['released', 'unknown'] as const)('stays while it is %s: it has not come to an end', async (state) => {
    const { store, claimed, mayGoAt } = opened();
    await store.mark(key, (await claimed()).token, state, 'why');
    expect(mayGoAt()).toEqual([undefined]);
  });

  it.each([true, false])('may go a season after a person has settled a doubt: %s', async (sent) => {
    const { store, claimed, mayGoAt, found } = opened();
    const { token, tag } = await claimed();
    await store.mark(key, token, 'unknown', 'TimeoutError');
    expect(await (await found(tag))?.told(sent)).toBe('cleared');
    expect(mayGoAt()).toEqual([LATER / 1000]);
  });

  it('may go a season after SES has said that it took it, whoever is heard first', async () => {
    for (const isLate of [false, true]) {
      const { store, claimed, mayGoAt, found } = opened();
      const { token, tag } = await claimed();
      if (isLate) await store.mark(key, token, 'unknown', 'TimeoutError');
      await (await found(tag))?.taken('ses-1', START);
      if (!isLate) await store.mark(key, token, 'unknown', 'TimeoutError');
      expect(mayGoAt()).toEqual([LATER / 1000]);
    }
  });

  it('goes, while that of a member’s mail stays as long as the member does', async () => {
    const tables = memoryTables(definitions().tables);
    const client = dynamodbClient(tables, async (_, run) => run());
    const store = mailStore({ client, table: 'members', now: () => START, newToken: () => 'token' });
    const mail = { member: 'maija', effect: 'member#1#message' };
    const claim = await store.claim(mail);
    if (claim.kind === 'mine') await store.mark(mail, claim.token, 'sent', 'ses-1');
    expect(tables.items('members').map((item) => unmarshall(item))).toEqual([
      expect.not.objectContaining({ [EXPIRY]: expect.anything() }),
    ]);
  });
});
