import { describe, expect, it } from 'vitest';
import type { ClaimKey } from '../../shared/aws/claim-key.ts';
import type { Claims } from '../../shared/mailing/send-once.ts';

const MINUTE = 60_000;

export type ClaimWorld = { readonly now: () => number; readonly newToken: () => string };

/** What sending at most once needs of claims, wherever they are kept. */
export const claimsContract = (name: string, open: (world: ClaimWorld) => Claims<ClaimKey>): void => {
  let mails = 0;
  const aMail = (): ClaimKey => ({ partition: 'member#maija', sort: `mail#${name}#${mails++}` });
  const world = () => {
    const clock = { now: 1_000_000_000 };
    let tokens = 0;
    const claims = open({ now: () => clock.now, newToken: () => `${name}-${tokens++}` });
    return { clock, claims };
  };
  const mine = async (claims: Claims<ClaimKey>, key: ClaimKey) => {
    const claim = await claims.claim(key);
    if (claim.kind !== 'mine') throw new Error(`expected the claim, it is ${claim.kind}`);
    return claim;
  };

  describe(`claims in ${name}`, () => {
    it('are given to one alone', async () => {
      const { claims } = world();
      const key = aMail();
      const all = await Promise.all(Array.from({ length: 10 }, () => claims.claim(key)));
      expect(all.map(({ kind }) => kind).toSorted()).toEqual([...Array.from({ length: 9 }, () => 'busy'), 'mine']);
    });

    it('carry a tag of letters, digits, hyphens and underscores that names nobody', async () => {
      const { tag } = await mine(world().claims, aMail());
      expect(tag).toMatch(/^[A-Za-z0-9_-]{10,64}$/);
      expect(tag).not.toContain('maija');
    });

    it.each(['sent', 'refused', 'unknown', 'skipped'] as const)('that are %s are settled for good', async (state) => {
      const { claims, clock } = world();
      const key = aMail();
      const { token } = await mine(claims, key);
      await claims.mark(key, token, state, 'why');
      expect(await claims.claim(key)).toEqual({ kind: 'settled' });
      clock.now += 1_000 * MINUTE;
      expect(await claims.claim(key)).toEqual({ kind: 'settled' });
    });

    it('that are held can be had again; nobody holds what is not theirs', async () => {
      const { claims } = world();
      const key = aMail();
      const first = await mine(claims, key);
      await claims.hold(key, 'of another', { until: 2_000_000_000, why: 'quiet-hours' });
      expect(await claims.claim(key)).toEqual({ kind: 'busy' });
      await claims.hold(key, first.token, { until: 2_000_000_000, why: 'quiet-hours' });
      const second = await mine(claims, key);
      await claims.mark(key, first.token, 'sent', 'ses-1');
      await claims.hold(key, first.token, { until: 2_000_000_000, why: 'quiet-hours' });
      expect(await claims.claim(key)).toEqual({ kind: 'busy' });
      await claims.mark(key, second.token, 'sent', 'ses-1');
      await claims.hold(key, second.token, { until: 2_000_000_000, why: 'quiet-hours' });
      expect(await claims.claim(key)).toEqual({ kind: 'settled' });
    });

    it('that are released can be had again', async () => {
      const { claims } = world();
      const key = aMail();
      const first = await mine(claims, key);
      await claims.mark(key, first.token, 'released', 'Throttling');
      const second = await mine(claims, key);
      expect(second.token).not.toBe(first.token);
      expect(second.tag).toBe(first.tag);
    });

    it('of which no word comes are lost in time: told once, never to be had again', async () => {
      const { claims, clock } = world();
      const key = aMail();
      await mine(claims, key);
      clock.now += 4 * MINUTE;
      expect(await claims.claim(key)).toEqual({ kind: 'busy' });
      clock.now += MINUTE;
      expect(await claims.claim(key)).toEqual({ kind: 'lost' });
      expect(await claims.claim(key)).toEqual({ kind: 'settled' });
      clock.now += 1_000 * MINUTE;
      expect(await claims.claim(key)).toEqual({ kind: 'settled' });
    });

    it('that were lost can still be settled by whoever held them', async () => {
      const { claims, clock } = world();
      const key = aMail();
      const { token } = await mine(claims, key);
      clock.now += 5 * MINUTE;
      await claims.claim(key);
      await claims.mark(key, token, 'sent', 'message-1');
      expect(await claims.claim(key)).toEqual({ kind: 'settled' });
    });

    it('that were lost are not released: the message that would try again may be gone', async () => {
      const { claims, clock } = world();
      const key = aMail();
      const { token } = await mine(claims, key);
      clock.now += 5 * MINUTE;
      expect(await claims.claim(key)).toEqual({ kind: 'lost' });
      await claims.mark(key, token, 'released', 'Throttling');
      expect(await claims.claim(key)).toEqual({ kind: 'settled' });
    });

    it('are not released by a late answer to one who held them before', async () => {
      const { claims } = world();
      const key = aMail();
      const first = await mine(claims, key);
      await claims.mark(key, first.token, 'released', 'Throttling');
      await mine(claims, key);
      await claims.mark(key, first.token, 'released', 'Throttling');
      expect(await claims.claim(key)).toEqual({ kind: 'busy' });
    });

    it('that were never made cannot be settled', async () => {
      const { claims } = world();
      const key = aMail();
      await claims.mark(key, 'no such token', 'sent', 'message-1');
      expect((await claims.claim(key)).kind).toBe('mine');
    });
  });
};
