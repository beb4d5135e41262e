import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ActivityEvent } from '../../events/envelope.ts';
import { dynoxide, startDynoxide } from '../../infra/local/dynamodb/dynoxide.ts';
import { memberStore } from '../../shared/aws/dynamodb-member-store.ts';
import { event } from '../support/given.ts';
import { metered } from '../support/metered.ts';
import { activity, scorer, tick } from '../support/pipeline.ts';
import { openTables } from '../support/tables.ts';

const program = dynoxide();

describe.runIf(program !== undefined)('what a commit costs', () => {
  let tables: Awaited<ReturnType<typeof openTables>>;
  let meter: ReturnType<typeof metered>;
  beforeAll(async () => {
    tables = await openTables((folder) => startDynoxide(program ?? '', folder));
    meter = metered(tables.client);
  });
  afterAll(() => tables.close());

  let members = 0;
  /** A scorer at work on somebody who joined and attended, so that the snapshot and its due entry are there. */
  const settled = async () => {
    const member = `somebody-${members++}`;
    const polku = scorer({
      store: memberStore({ client: tables.client, table: tables.members, pause: async () => {} }),
    });
    const of = (type: string, days: number, id = `${type}-${days}`): ActivityEvent => event(type, days, { member, id });
    await polku.on(1, activity(of('member.joined', 0)), activity(of('event.attended', 1)));
    meter.read();
    return { polku, of, member };
  };

  it('is a unit an event for the ledger, and one read and one write of the snapshot for all of them', async () => {
    const { polku, of } = await settled();
    const events = Array.from({ length: 10 }, (_, i) => activity(of('newsletter.read', 2, `read-${i}`)));
    await polku.on(2, ...events);
    expect(meter.read()).toEqual({ requests: 3, reads: 1, writes: 10 + 1, index: 0 });
  });

  it('is at most a tenth of a request an event in batches of a hundred', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, settled));
    meter.read();
    const events = all.flatMap(({ of }) => [2, 3, 4, 5, 6].map((days) => activity(of('site.visited', days))));
    const [first] = all;
    expect(await first?.polku.on(6, ...events)).toEqual(new Set());
    const { requests, ...units } = meter.read();
    expect(requests).toBeLessThanOrEqual(10);
    expect(units).toEqual({ reads: 20, writes: 100 + 20, index: 0 });
  });

  it('is an index write only where the due instant moves to an earlier one', async () => {
    const { polku, of } = await settled();
    await polku.on(2, activity(of('event.attended', 2)));
    expect(meter.read().index).toBe(0);
    await polku.on(3, activity(of('member.left', 3)));
    expect(meter.read().index).toBe(0);
  });

  it('is no write at all for a duplicate', async () => {
    const { polku, of, member } = await settled();
    const before = await polku.store.read(member);
    meter.read();
    expect(await polku.on(1, activity(of('event.attended', 1)))).toEqual(new Set());
    expect(meter.read().writes).toBe(0);
    expect(await polku.store.read(member)).toEqual(before);
  });

  it('is no write for a tick that finds nothing', async () => {
    const { polku, member } = await settled();
    const dueAt = (await polku.store.read(member))?.dueAt ?? 0;
    meter.read();
    await polku.on(2, tick(member));
    expect(meter.read()).toMatchObject({ writes: 0, index: 0 });
    expect((await polku.store.read(member))?.dueAt).toBe(dueAt);
  });
});
