import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Mail, Outcome } from '../../shared/mailing/mail.ts';
import { type Claims, sendOnce } from '../../shared/mailing/send-once.ts';
import { memoryClaims } from '../support/memory-claims.ts';

const mail: Mail = { to: 'maija@example.org', subject: 'Hello', html: '<p>Hello</p>', text: 'Hello' };
const MINUTE = 60_000;

const world = () => {
  const clock = { now: 1_000_000_000 };
  let tokens = 0;
  return { clock, ...memoryClaims<string>({ now: () => clock.now, newToken: () => `token-${tokens++}` }) };
};

const post = (outcomes: Outcome[] = []) => {
  const taken: string[] = [];
  const send = async (_: Mail, tag: string): Promise<Outcome> => {
    const outcome = outcomes.shift() ?? { kind: 'sent', messageId: `message-${taken.length}` };
    if (outcome.kind === 'sent') taken.push(tag);
    return outcome;
  };
  return { taken, send };
};

describe('a mail', () => {
  it('asked for twice goes once', async () => {
    const { claims, states } = world();
    const { taken, send } = post();
    const once = sendOnce({ claims, send });
    expect(await once('a', async () => mail)).toEqual({ kind: 'sent' });
    expect(await once('a', async () => mail)).toEqual({ kind: 'settled' });
    expect(taken).toHaveLength(1);
    expect(states()).toEqual(['sent']);
  });

  it('put off goes at the next try', async () => {
    const { claims } = world();
    const { taken, send } = post([{ kind: 'later', code: 'Throttling' }]);
    const once = sendOnce({ claims, send });
    expect(await once('a', async () => mail)).toEqual({ kind: 'later', code: 'Throttling' });
    expect(await once('a', async () => mail)).toEqual({ kind: 'sent' });
    expect(taken).toHaveLength(1);
  });

  it.each(['refused', 'unknown'] as const)('that is %s is never offered again', async (kind) => {
    const { claims, states, clock } = world();
    const { taken, send } = post([{ kind, code: 'Why' }]);
    const once = sendOnce({ claims, send });
    expect(await once('a', async () => mail)).toEqual({ kind, code: 'Why' });
    clock.now += 100_000 * MINUTE;
    expect(await once('a', async () => mail)).toEqual({ kind: 'settled' });
    expect(taken).toEqual([]);
    expect(states()).toEqual([kind]);
  });

  it('that is not to be sent stays unsent, though it were asked for again', async () => {
    const { claims } = world();
    const { taken, send } = post();
    const once = sendOnce({ claims, send });
    expect(await once('a', async () => ({ skip: 'no-consent' }))).toEqual({ kind: 'skipped', why: 'no-consent' });
    expect(await once('a', async () => mail)).toEqual({ kind: 'settled' });
    expect(taken).toEqual([]);
  });

  it('that could not be written is free for another try', async () => {
    const { claims } = world();
    const { taken, send } = post();
    const once = sendOnce({ claims, send });
    await expect(
      once('a', async () => {
        throw new Error('the table does not answer');
      }),
    ).rejects.toThrow('the table does not answer');
    expect(await once('a', async () => mail)).toEqual({ kind: 'sent' });
    expect(taken).toHaveLength(1);
  });

  it.each([
    ['skipped', { skip: 'no-consent' }, []],
    ['held', { hold: { until: 5, why: 'capped' } }, []],
    ['held', mail, [{ kind: 'later', code: 'RateBudget', until: 5 }]],
    ['released', mail, [{ kind: 'later', code: 'Throttling' }]],
    ['refused', mail, [{ kind: 'refused', code: 'MessageRejected' }]],
  ] as const)(
    'that is %s gives back what was counted of it while nobody else may take it up',
    async (end, prepared, outcomes) => {
      const { claims, states } = world();
      const seen: string[] = [];
      const giveBack = async (key: string) => void seen.push(key, ...states());
      await sendOnce({ claims, send: post([...outcomes]).send, giveBack })('a', async () => prepared);
      expect(seen).toEqual(['a', 'claimed']);
      expect(states()).toEqual([end]);
    },
  );

  it.each(['sent', 'unknown'] as const)('that is %s stays counted', async (kind) => {
    const { claims } = world();
    const outcome = kind === 'sent' ? { kind, messageId: 'm' } : { kind, code: 'TimeoutError' };
    const giveBack = () => Promise.reject(new Error('given back'));
    const once = sendOnce({ claims, send: async () => outcome, giveBack });
    expect(await once('a', async () => mail)).toMatchObject({ kind });
  });

  it('that could not be given back is free for another try', async () => {
    const { claims, states } = world();
    const giveBack = () => Promise.reject(new Error('the table does not answer'));
    const once = sendOnce({ claims, send: post().send, giveBack });
    await expect(once('a', async () => ({ skip: 'paused' }))).rejects.toThrow('the table does not answer');
    expect(states()).toEqual(['released']);
  });

  it('whose sender died in between becomes unknown, and is not sent', async () => {
    const { claims, states, clock } = world();
    const { taken, send } = post();
    const dying = sendOnce({ claims, send: () => new Promise<Outcome>(() => {}) });
    void dying('a', async () => mail);
    await Promise.resolve();
    const once = sendOnce({ claims, send });
    expect(await once('a', async () => mail)).toEqual({ kind: 'busy' });
    clock.now += 6 * MINUTE;
    expect(await once('a', async () => mail)).toEqual({ kind: 'lost' });
    expect(taken).toEqual([]);
    expect(states()).toEqual(['unknown']);
  });

  it('is looked at under the claim: consent withdrawn before it counts', async () => {
    const { claims } = world();
    const { taken, send } = post();
    let consent = true;
    const watched: Claims<string> = {
      ...claims,
      claim: async (key) => {
        consent = false;
        return claims.claim(key);
      },
    };
    await sendOnce({ claims: watched, send })('a', async () => (consent ? mail : { skip: 'no-consent' }));
    expect(taken).toEqual([]);
  });
});

/** What may go wrong at one step of one delivery. */
const fault = fc.constantFrom(
  'none',
  'none',
  'none',
  'crash-before',
  'crash-after',
  'lost-answer',
  'throttle',
  'refuse',
);
type Fault = 'none' | 'crash-before' | 'crash-after' | 'lost-answer' | 'throttle' | 'refuse';

class Crash extends Error {}

describe('whatever happens', () => {
  /** Deliveries of one mail: each with a fault at the claim, at the sending and at the noting, and time between them. */
  const delivery = fc.record({
    claim: fault,
    send: fault,
    mark: fault,
    minutes: fc.integer({ min: 0, max: 9 }),
    pause: fc.boolean(),
  });

  it('no mail is taken twice, and each doubtful one ends as unknown', () =>
    fc.assert(
      fc.asyncProperty(fc.array(delivery, { minLength: 1, maxLength: 8 }), async (deliveries) => {
        const { claims, states, clock } = world();
        let taken = 0;
        let doubtful = false;
        const zombies: (() => void)[] = [];

        const crashing = async <Value>(kind: Fault, work: () => Promise<Value>): Promise<Value> => {
          if (kind === 'crash-before') throw new Crash();
          const value = await work();
          if (kind === 'crash-after') throw new Crash();
          return value;
        };
        for (const { claim, send, mark, minutes, pause } of deliveries) {
          const faulty: Claims<string> = {
            claim: (key) => crashing(claim, () => claims.claim(key)),
            mark: (...all) => crashing(mark, () => claims.mark(...all)),
            hold: (...all) => crashing(mark, () => claims.hold(...all)),
          };
          const post = async (): Promise<Outcome> => {
            // A worker that stands still past its time, and goes on when another has looked already.
            if (pause) await new Promise<void>((resolve) => zombies.push(resolve));
            if (send === 'crash-before') throw new Crash();
            if (send === 'throttle') return { kind: 'later', code: 'Throttling' };
            if (send === 'refuse') return { kind: 'refused', code: 'MessageRejected' };
            taken += 1;
            if (send === 'crash-after') throw new Crash();
            if (send === 'lost-answer') {
              doubtful = true;
              return { kind: 'unknown', code: 'TimeoutError' };
            }
            return { kind: 'sent', messageId: 'm' };
          };
          const going = sendOnce({ claims: faulty, send: post })('a', async () => mail).catch((error: unknown) => {
            if (!(error instanceof Crash)) throw error;
          });
          if (pause) await Promise.race([going, new Promise((resolve) => setImmediate(resolve))]);
          else await going;
          clock.now += minutes * MINUTE;
        }
        for (const wake of zombies) wake();
        await new Promise((resolve) => setImmediate(resolve));

        // Faults off: it comes once more, late.
        clock.now += 10 * MINUTE;
        const calm = sendOnce({
          claims,
          send: async (): Promise<Outcome> => {
            taken += 1;
            return { kind: 'sent', messageId: 'm' };
          },
        });
        await calm('a', async () => mail);
        await calm('a', async () => mail);

        expect(taken).toBeLessThanOrEqual(1);
        const [state] = states();
        expect(['sent', 'refused', 'unknown']).toContain(state);
        if (taken === 0) expect(['refused', 'unknown']).toContain(state);
        if (doubtful) expect(state).toBe('unknown');
      }),
      { numRuns: 10_000 },
    ));

  it('without doubtful faults each mail goes', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 6 }), async (throttled) => {
        const { claims } = world();
        const { taken, send } = post(
          throttled.map((one) => (one ? { kind: 'later', code: 'Throttling' } : { kind: 'sent', messageId: 'm' })),
        );
        const once = sendOnce({ claims, send });
        for (const _ of [...throttled, false]) await once('a', async () => mail);
        expect(taken).toHaveLength(1);
      }),
    ));
});
