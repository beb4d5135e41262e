import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynoxide, startDynoxide } from '../../infra/local/dynamodb/dynoxide.ts';
import { mailFinder } from '../../shared/aws/mail-finder.ts';
import { mailStore } from '../../shared/aws/mail-store.ts';
import { metered } from '../support/metered.ts';
import { openTables } from '../support/tables.ts';

const program = dynoxide();

describe.runIf(program !== undefined)('what a mail costs', () => {
  let tables: Awaited<ReturnType<typeof openTables>>;
  let meter: ReturnType<typeof metered>;
  beforeAll(async () => {
    tables = await openTables((folder) => startDynoxide(program ?? '', folder));
    meter = metered(tables.client);
  });
  afterAll(() => tables.close());

  const tools = () => ({ client: tables.client, table: tables.members, now: () => 1_000, newToken: () => 'token' });
  const taken = async (tag: string) => (await mailFinder(tools())(tag))?.taken('ses-1', 1_000);
  const claimed = async (effect: string) => {
    const store = mailStore(tools());
    const key = { member: 'maija', effect };
    const claim = await store.claim(key);
    if (claim.kind !== 'mine') throw new Error('The claim is taken');
    return { tag: claim.tag, mark: store.mark, key };
  };

  it('is two writes and one in an index: the claim, by which SES’s reports find it, and the mark', async () => {
    meter.read();
    const { mark, key } = await claimed('a');
    expect(meter.read()).toMatchObject({ requests: 1, writes: 1, index: 1 });
    await mark(key, 'token', 'sent', 'ses-1');
    expect(meter.read()).toMatchObject({ requests: 1, writes: 1, index: 0 });
  });

  it('is no write more for the reports of a mail that is known to be sent', async () => {
    const { mark, key, tag } = await claimed('b');
    await mark(key, 'token', 'sent', 'ses-1');
    meter.read();
    for (let i = 0; i < 3; i++) await taken(tag);
    expect(meter.read()).toMatchObject({ requests: 6, reads: 3, writes: 0 });
  });

  it('is one entry more in an index only while nobody knows whether it left', async () => {
    const { mark, key, tag } = await claimed('c');
    meter.read();
    await mark(key, 'token', 'unknown', 'TimeoutError');
    expect(meter.read()).toMatchObject({ writes: 1, index: 1 });
    await taken(tag);
    expect(meter.read()).toMatchObject({ writes: 1 });
  });
});
