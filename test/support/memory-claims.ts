import { LOST_AFTER } from '../../shared/aws/claims.ts';
import type { Claim, Claims, MailState } from '../../shared/mailing/send-once.ts';

type Held = { state: MailState; token: string; at: number; detail: string };

/** Claims in memory, with the conditions of the real ones. Passes their contract tests. */
export const memoryClaims = <Key>({
  now,
  newToken,
  idOf = (key) => JSON.stringify(key),
}: {
  now: () => number;
  newToken: () => string;
  idOf?: (key: Key) => string;
}) => {
  const items = new Map<string, Held>();
  const claims: Claims<Key> = {
    async claim(key): Promise<Claim> {
      const id = idOf(key);
      const held = items.get(id);
      if (!held || held.state === 'released' || held.state === 'held') {
        const token = newToken();
        items.set(id, { state: 'claimed', token, at: now(), detail: '' });
        return { kind: 'mine', token, tag: Buffer.from(id).toString('base64url').slice(0, 40) };
      }
      if (held.state !== 'claimed') return { kind: 'settled' };
      if (held.at > now() - LOST_AFTER) return { kind: 'busy' };
      held.state = 'unknown';
      return { kind: 'lost' };
    },
    async hold(key, token, { why }) {
      const held = items.get(idOf(key));
      if (held?.state === 'claimed' && held.token === token)
        Object.assign(held, { state: 'held', detail: why, at: now() });
    },
    async mark(key, token, state, detail) {
      const held = items.get(idOf(key));
      const open = held?.state === 'claimed' || (held?.state === 'unknown' && state !== 'released');
      if (open && held.token === token) Object.assign(held, { state, detail, at: now() });
    },
  };
  return { claims, states: () => [...items.values()].map(({ state }) => state), items };
};
