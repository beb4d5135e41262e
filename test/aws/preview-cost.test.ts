import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ActivityEvent } from '../../events/envelope.ts';
import { dynoxide, startDynoxide } from '../../infra/local/dynamodb/dynoxide.ts';
import { memberStore } from '../../shared/aws/dynamodb-member-store.ts';
import { journeyStore } from '../../shared/aws/journey-store.ts';
import { openBook } from '../../shared/preview/book.ts';
import { previewResult } from '../../shared/preview/result.ts';
import { current, draft } from '../preview/members.ts';
import { day, event } from '../support/given.ts';
import { metered } from '../support/metered.ts';
import { activity, scorer, tick } from '../support/pipeline.ts';
import { openTables } from '../support/tables.ts';

const program = dynoxide();
const DAYS = 80;
const MEMBERS = 30;
/** What a web site sends along. */
const visit = {
  url: 'https://union.example.org/en/membership/your-rights-at-work/working-hours',
  title: 'Working hours and rest periods',
  topic: 'rights-at-work',
  campaign: 'newsletter-2026-09',
  seconds: 84,
};

describe.runIf(program !== undefined)('what a preview says that it costs to bring everybody to the draft', () => {
  let tables: Awaited<ReturnType<typeof openTables>>;
  beforeAll(async () => {
    tables = await openTables((folder) => startDynoxide(program ?? '', folder));
  });
  afterAll(() => tables.close());

  it('is what the database counts when they are brought there', async () => {
    const meter = metered(tables.client);
    const store = memberStore({ client: tables.client, table: tables.members, pause: async () => {} });
    const { move } = journeyStore({ client: tables.client, table: tables.members, pause: async () => {} });
    const polku = scorer({ store, published: { version: 1, compiled: current.compiled } });
    // Some have much behind them, some little; those with an old visit to the lawyer are moved by the draft.
    const people = Array.from({ length: MEMBERS }, (_, n) => {
      const member = `6f1c2f3e-8a5b-4c0e-9d7a-52b1e0c4a${String(n).padStart(3, '0')}`;
      const of = (type: string, days: number, data: ActivityEvent['data']) =>
        event(type, days, { member, id: `0b9e6c1d-${type}-${days}-7d7e-4f0a-8f1f-3b7a2e9c5d10`, data });
      return [
        of('member.joined', 1, { attributes: { firstName: 'Maija', branch: 'care' } }),
        ...Array.from({ length: 2 * n }, (_, i) => of('site.visited', 2 + i / 2, visit)),
        ...(n % 3 === 0 ? [of('benefit.used', DAYS - 20, { benefit: 'legal-advice', channel: 'telephone' })] : []),
      ];
    });
    for (const events of people) await polku.on(DAYS, ...events.map(activity));
    await polku.on(DAYS, ...people.map(([first]) => tick(first?.member)));

    const book = openBook({ current, draft, span: { from: day(0), at: day(DAYS) }, zone: 'Europe/Oslo' });
    for (const events of people) book.add(events[0]?.member ?? '', events);
    const { cost, moved } = previewResult(book.tally(), { before: current.model, after: draft.model, months: 3 });
    expect(moved).toBeGreaterThan(5);

    polku.publish({ version: 2, compiled: draft.compiled });
    meter.read();
    await polku.on(DAYS, ...people.map(([first]) => tick(first?.member)));
    for (const effect of polku.effects) {
      if (effect.kind === 'move' && effect.model === 2) await move(effect, day(DAYS));
    }
    const { reads, writes, index } = meter.read();
    const { readUnits, writeUnits, dollars } = cost.rescore;
    expect(Math.abs(readUnits / reads - 1)).toBeLessThan(0.25);
    expect(Math.abs(writeUnits / (writes + index) - 1)).toBeLessThan(0.25);
    expect(dollars).toBeCloseTo((0.125 * readUnits + 0.625 * writeUnits) / 1e6, 4);
  });
});
