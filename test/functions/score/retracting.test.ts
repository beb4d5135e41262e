import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ActivityEvent } from '../../../events/envelope.ts';
import { canonicalJson } from '../../../shared/kernel/json.ts';
import { evolve, NOBODY } from '../../../shared/scoring/evolve.ts';
import { fold } from '../../../shared/scoring/fold.ts';
import { comparePositions } from '../../../shared/scoring/position.ts';
import { notTakenBack } from '../../simulation/oracle-retractions.ts';
import { day, event, model } from '../../support/given.ts';
import { activity, scorer } from '../../support/pipeline.ts';
import { frontDoor, now, visit } from '../ingest/door.ts';

const club = model();

/** The scorer after these batches, one after the other. */
const after = async (...batches: readonly (readonly ActivityEvent[])[]) => {
  const polku = scorer({ published: { version: 1, compiled: club } });
  for (const batch of batches) expect(await polku.on(13, ...batch.map(activity))).toEqual(new Set());
  return polku;
};
const standingAfter = async (...batches: readonly (readonly ActivityEvent[])[]) =>
  (await (await after(...batches)).store.read('maija'))?.standing;

const takingBack = (id: string, days: number, rest: Partial<ActivityEvent> = {}): ActivityEvent =>
  event('event.retracted', days, { id: `${id}-back`, data: { id }, ...rest });

const joined = event('member.joined', 0, { email: 'maija@example.org', data: { attributes: { branch: 'care' } } });
const attended = event('event.attended', 2, { id: 'right' });
const wrong = event('event.attended', 3, { id: 'wrong' });
const life = [joined, attended];

describe('what its source has taken back', () => {
  it.each<[string, number]>([
    ['later', 4],
    ['at the same instant', 3],
    ['as of before it happened', 1],
  ])('counts as if it had never been sent: taken back %s, whichever comes first', async (_, days) => {
    const expected = fold(club, life);
    for (const batches of [
      [[...life, wrong, takingBack('wrong', days)]],
      [life, [wrong], [takingBack('wrong', days)]],
      [life, [takingBack('wrong', days)], [wrong]],
      [[takingBack('wrong', days)], [wrong], life],
    ])
      expect(await standingAfter(...batches)).toEqual(expected);
  });

  it('counts no more under any profile, consent or address either', async () => {
    const said = [
      event('member.left', 3, { id: 'left' }),
      event('consent.withdrawn', 4, { id: 'no', data: { purpose: 'membership' }, email: 'other@example.org' }),
      event('member.updated', 5, { id: 'moved', data: { attributes: { branch: 'schools' } } }),
    ];
    const all = [...said, ...said.map(({ id }) => takingBack(id, 6, { email: 'third@example.org' }))];
    expect(await standingAfter(life, all)).toEqual(fold(club, life));
    expect(await standingAfter(all.toReversed(), life)).toEqual(fold(club, life));
  });

  it('stays out, however often it comes or is taken back', async () => {
    const twice = [takingBack('wrong', 4), takingBack('wrong', 1, { id: 'again' })];
    expect(await standingAfter(life, twice, [wrong], twice, [wrong])).toEqual(fold(club, life));
  });

  it('cannot be brought back by taking back the retraction', async () => {
    const andForth = takingBack('wrong-back', 5);
    expect(await standingAfter([...life, wrong], [takingBack('wrong', 4)], [andForth])).toEqual(fold(club, life));
    expect(await standingAfter([andForth], [takingBack('wrong', 4)], [...life, wrong])).toEqual(fold(club, life));
  });

  it('is what the same source has said of the same member, and nothing else', async () => {
    const others = [takingBack('right', 4, { source: 'shop' }), takingBack('right', 4, { member: 'ola' })];
    expect((await standingAfter(life, others))?.scores).toEqual(fold(club, life).scores);
  });

  it('is a doubt only as long as it has not come', async () => {
    const polku = await after(life, [takingBack('wrong', 4)], [event('site.visited', 5)], [wrong]);
    expect(polku.counts).toMatchObject({ FastCommits: 1, SlowCommits: 3 });
    await polku.on(13, activity(event('site.visited', 6)));
    expect(polku.counts.FastCommits).toBe(2);
  });
});

const ids = fc.constantFrom('1', '2', '3', '4', '5', '6');
const drawn = fc.uniqueArray(
  fc.record({
    source: fc.constantFrom('crm', 'shop'),
    id: ids,
    type: fc.constantFrom(
      ...['member.joined', 'event.attended', 'site.visited', 'member.left', 'payment.failed'],
      ...['event.retracted', 'event.retracted', 'event.retracted'],
    ),
    of: ids,
    days: fc.integer({ min: 0, max: 4 }),
  }),
  { minLength: 1, maxLength: 10, selector: ({ source, id }) => `${source}#${id}` },
);

it('gives one standing for one set of events, in whatever order and batches they come, fast where that is allowed', async () => {
  let fast = 0;
  await fc.assert(
    fc.asyncProperty(drawn, fc.infiniteStream(fc.nat({ max: 99 })), async (some, dice) => {
      const events = some.map(({ type, days, of, ...rest }) => event(type, days, { ...rest, data: { id: of } }));
      const isInOrder = (dice.next().value ?? 0) < 50;
      const waiting = [...(isInOrder ? events.toSorted(comparePositions) : events), ...events.slice(0, 2)];
      const polku = scorer({ published: { version: 1, compiled: club } });
      const come = new Set<ActivityEvent>();
      const throwDie = () => dice.next().value ?? 0;
      while (waiting.length > 0) {
        const batch = Array.from({ length: 1 + (throwDie() % 3) }, () =>
          waiting.splice(isInOrder && throwDie() < 80 ? 0 : throwDie() % waiting.length, 1),
        ).flat();
        await polku.on(13, ...batch.map(activity));
        for (const one of batch) come.add(one);
        const stored = (await polku.store.read('maija'))?.standing;
        expect(canonicalJson(stored ?? {})).toBe(canonicalJson(fold(club, [...come])));
      }
      const { awaitsRetracted: _, ...standing } = fold(club, events);
      const plain = notTakenBack(events)
        .toSorted(comparePositions)
        .reduce((so, one) => evolve(club, so, one).standing, NOBODY);
      expect(canonicalJson(standing)).toBe(canonicalJson(plain));
      fast += polku.counts.FastCommits ?? 0;
    }),
    { numRuns: 1000 },
  );
  expect(fast).toBeGreaterThan(300);
}, 60_000);

it('comes through the front door like all else', async () => {
  const { deliver, queue } = frontDoor();
  const back = { type: 'event.retracted', data: { id: 'e-1' } };
  expect((await deliver([visit('e-1'), visit('e-2'), visit('e-3', back)])).status).toBe(202);
  expect(await deliver(visit('e-4', { ...back, data: {} }))).toMatchObject({ status: 400 });
  const polku = scorer();
  const records = queue.flatMap((message) => (message.kind === 'activity' ? [activity(message.event)] : []));
  await polku.on((now - day(0)) / 86_400_000, ...records);
  expect((await polku.store.ledger('m-1')).map(({ id }) => id)).toEqual(['e-2']);
  expect((await polku.store.wholeLedger('m-1')).map(({ id }) => id)).toEqual(['e-1', 'e-2', 'e-3']);
});
