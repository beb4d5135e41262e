import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { ActivityMessage } from '../../../events/activity-message.ts';
import { ItemResult } from '../../../shared/api/webhooks.ts';
import { frontDoor, visit } from './door.ts';

const Results = z.looseObject({ accepted: z.int().optional(), results: z.array(ItemResult).optional() });

/** An event with one part replaced by anything that JSON can say. */
const nearlyAnEvent = fc
  .record({
    part: fc.constantFrom('id', 'type', 'member', 'time', 'data', 'more'),
    value: fc.jsonValue({ maxDepth: 5 }),
    type: fc.constantFrom('site.visited', 'member.joined', 'consent.given', 'odd.thing'),
  })
  .map(({ part, value, type }) => ({ ...visit('e-1'), type, [part]: value }));

describe('whatever is signed', () => {
  const anything = fc.oneof(
    fc.jsonValue({ maxDepth: 6 }).map((value) => JSON.stringify(value)),
    nearlyAnEvent.map((event) => JSON.stringify(event)),
    fc.array(nearlyAnEvent, { maxLength: 5 }).map((events) => JSON.stringify(events)),
    fc.string({ unit: 'binary' }),
    fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  );

  it('is never our fault, and what is taken is what score can read', async () => {
    await fc.assert(
      fc.asyncProperty(anything, async (body) => {
        const { deliver, queue } = frontDoor();
        const { status, headers } = await deliver(body);
        expect([202, 207, 400, 413]).toContain(status);
        expect(headers['content-type']).toBe(status < 400 ? 'application/json' : 'application/problem+json');
        for (const message of queue)
          expect(ActivityMessage.parse(JSON.parse(JSON.stringify(message)))).toEqual(message);
      }),
      { numRuns: 5_000, seed: 11 },
    );
  });
});

describe('a queue that takes what it likes', () => {
  const batch = fc.record({
    good: fc.array(fc.boolean(), { minLength: 1, maxLength: 30 }),
    taken: fc.infiniteStream(fc.boolean()),
  });

  it('has every event that was called accepted, and no other was', async () => {
    await fc.assert(
      fc.asyncProperty(batch, async ({ good, taken }) => {
        const stored = new Set<string>();
        const { deliver } = frontDoor({
          send: async (messages) =>
            messages.map((message) => {
              const takes = taken.next().value === true;
              if (takes && message.kind === 'activity') stored.add(message.event.id);
              return takes;
            }),
        });
        const events = good.map((fine, i) => visit(`e-${i}`, fine ? {} : { time: 'noon' }));
        const { status, body } = await deliver(events);
        const { results } = Results.parse(body);
        const accepted = results
          ? results.filter((one) => one.status === 'accepted').map(({ id }) => id)
          : events.map(({ id }) => id);
        expect(new Set(accepted)).toEqual(stored);
        expect(status).toBe(
          stored.size === events.length ? 202 : stored.size > 0 ? 207 : good.includes(true) ? 503 : 400,
        );
        if (results) expect(results.map(({ index }) => index)).toEqual(events.map((_, i) => i));
      }),
      { numRuns: 2_000, seed: 12 },
    );
  });
});
