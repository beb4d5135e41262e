import { createHash } from 'node:crypto';
import type { ActivityMessage } from '../../../events/activity-message.ts';
import type { ActivityEvent } from '../../../events/envelope.ts';
import type { Purpose } from '../../../events/purpose.ts';
import { type Deps, preferencesRoutes } from '../../../functions/preferences/handler.ts';
import { pageHeaders } from '../../../functions/preferences/page/headers.ts';
import { STYLE } from '../../../functions/preferences/page/style.ts';
import type { Choices } from '../../../shared/mailing/choices.ts';
import { comparePositions } from '../../../shared/scoring/position.ts';
import { NO_PROFILE, withEvent } from '../../../shared/scoring/profile.ts';
import { sealed } from '../../../shared/sealing/sealed-reference.ts';
import { unsealedBy } from '../../../shared/sealing/unsealed-by.ts';
import { day } from '../../support/given.ts';
import { client } from '../../support/http.ts';

const key = { id: 'c0ffee01', key: new Uint8Array(32).fill(5) };
export const tokenFor = (purpose: Purpose, member = 'maija') => sealed(key, { member, purpose });
export const UNSUBSCRIBE = '/v1/unsubscribe/{token}';
export const PREFERENCES = '/v1/preferences/{token}';

/** The pages over stores in memory: a member with a ledger, what she has chosen, and what the queue was told. */
export const desk = (ledger: readonly ActivityEvent[], parts: Partial<Deps> = {}) => {
  const world = { now: day(10), ledger: [...ledger], writes: 0, reads: 0, queueFails: 0, conflicts: 0 };
  const chosen = new Map<string, Choices>();
  const told: ActivityMessage[] = [];
  const refused: string[] = [];
  const counts: Record<string, number> = {};
  const routes = preferencesRoutes({
    open: unsealedBy(async () => [key]),
    person: async (member) => {
      world.reads += 1;
      const own = world.ledger.filter((event) => event.member === member).sort(comparePositions);
      return own.length > 0 ? { profile: own.reduce(withEvent, NO_PROFILE) } : undefined;
    },
    choices: async (member) => chosen.get(member),
    writeChoices: async (member, choices) => {
      world.writes += 1;
      if (world.conflicts > 0) {
        world.conflicts -= 1;
        return false;
      }
      if ((chosen.get(member)?.revision ?? 0) !== choices.revision - 1) return false;
      chosen.set(member, choices);
      return true;
    },
    send: async (messages) => {
      if (world.queueFails > 0) {
        world.queueFails -= 1;
        return messages.map(() => false);
      }
      told.push(...messages);
      return messages.map(() => true);
    },
    erasedAt: async () => new Map(),
    removeChoices: async () => {},
    refuse: async (member, purpose) => void refused.push(`${member} ${purpose}`),
    purposes: async () => ['membership', 'marketing', 'service'],
    tracks: true,
    organisation: 'The Club',
    language: 'en',
    zone: 'Europe/Helsinki',
    headers: pageHeaders(createHash('sha256').update(STYLE).digest('base64')),
    count: (metric, value) => {
      counts[metric] = (counts[metric] ?? 0) + value;
    },
    now: () => world.now,
    ...parts,
  });
  return {
    world,
    chosen,
    told,
    counts,
    refused,
    ask: client(routes),
    /** What the queue was told, in short. */
    news: () =>
      told.splice(0).flatMap((message) => {
        if (message.kind !== 'activity') return [];
        const { type, data } = message.event;
        return [[type, data.purpose].filter(Boolean).join(' ')];
      }),
    /** Lets the ledger take what the queue was told. */
    score: () => {
      for (const message of told.splice(0)) if (message.kind === 'activity') world.ledger.push(message.event);
    },
  };
};
