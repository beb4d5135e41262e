import { expect, it } from 'vitest';
import type { Limit, Offered } from '../../shared/mailing/mail.ts';
import { paced, type Turn } from '../../shared/mailing/paced.ts';

const mail = { to: 'maija@example.org', subject: 'Hello', html: '<p>Hello</p>', text: 'Hello' };
const sent: Offered = { kind: 'sent', messageId: 'ses-1' };

/** A sender whose turns come after so many ms, or not until then; and what SES answers. */
const sender = (turns: readonly Turn[], answers: readonly Offered[]) => {
  const clock = { now: 0 };
  const [left, says] = [[...turns], [...answers]];
  const offeredAt: number[] = [];
  const slowed: Limit[] = [];
  const send = paced(
    async () => {
      offeredAt.push(clock.now);
      return says.shift() ?? sent;
    },
    {
      turn: async () => left.shift() ?? { kind: 'full', until: clock.now + 4_000 },
      slowDown: async (limit) => void slowed.push(limit),
      sleep: async (ms) => {
        clock.now += Math.max(0, ms);
      },
      now: () => clock.now,
    },
  );
  return { send: () => send(mail, 'tag'), clock, offeredAt, slowed };
};

it('offers a mail when its turn comes', async () => {
  const { send, offeredAt, slowed } = sender([{ kind: 'at', at: 700 }], []);
  expect(await send()).toEqual(sent);
  expect([offeredAt, slowed]).toEqual([[700], []]);
});

it('offers it again at a further turn where SES has enough of it for the moment, and all slow down', async () => {
  const { send, offeredAt, slowed } = sender(
    [
      { kind: 'at', at: 100 },
      { kind: 'at', at: 900 },
    ],
    [{ kind: 'throttled', limit: 'second' }],
  );
  expect(await send()).toEqual(sent);
  expect([offeredAt, slowed]).toEqual([[100, 900], ['second']]);
});

it('waits a little where there is no turn soon, and then gives the mail back until later', async () => {
  const { send, offeredAt, clock } = sender([], []);
  const outcome = await send();
  expect(outcome).toMatchObject({ kind: 'later', code: 'RateBudget' });
  expect('until' in outcome && outcome.until).toBeGreaterThan(clock.now);
  expect(clock.now).toBeGreaterThan(0);
  expect(clock.now).toBeLessThanOrEqual(6_000);
  expect(offeredAt).toEqual([]);
});

it('does not wait for another day', async () => {
  const { send, clock } = sender([{ kind: 'full', until: 3_600_000 }], []);
  expect(await send()).toEqual({ kind: 'later', code: 'RateBudget', until: 3_600_000 });
  expect(clock.now).toBe(0);
});

it('gives a mail back that SES throttles for long, to be tried later and not at once', async () => {
  const throttled: Offered = { kind: 'throttled', limit: 'second' };
  const turns = Array.from({ length: 20 }, (_, i): Turn => ({ kind: 'at', at: 500 * (i + 1) }));
  const { send, offeredAt, clock } = sender(turns, Array(20).fill(throttled));
  const outcome = await send();
  expect(outcome).toMatchObject({ kind: 'later', code: 'RateBudget' });
  expect('until' in outcome && outcome.until).toBeGreaterThanOrEqual(clock.now + 4_000);
  expect(offeredAt.length).toBeGreaterThan(3);
  expect(clock.now).toBeLessThanOrEqual(7_000);
});
