import { describe, expect, it } from 'vitest';
import type { ActivityEvent } from '../../events/envelope.ts';
import { canonicalJson } from '../../shared/kernel/json.ts';
import { compile } from '../../shared/scoring/compile.ts';
import { fold } from '../../shared/scoring/fold.ts';
import { activity, scorer } from '../support/pipeline.ts';
import { START } from './batch.ts';
import { modelOf } from './models.ts';
import { type Random, random } from './random.ts';

const DAY = 86_400_000;
const MIXES = 20;
const EVENTS = 7;
const LONG = 240_000;

const TYPES = [
  ...['member.joined', 'event.attended', 'site.visited', 'benefit.used', 'payment.failed', 'member.left'],
  ...['lead.created', 'consent.given', 'member.updated', 'survey.answered'],
];

const eventOf = ({ pick, below }: Random, i: number): ActivityEvent => ({
  source: pick(['crm', 'crm-x']),
  id: `${i}`,
  member: 'maija',
  type: i === 0 ? 'member.joined' : pick(TYPES),
  // Some at the same instant.
  time: START + below(12) * 4 * DAY,
  data: { attributes: { branch: pick(['care', 'schools']) }, benefit: 'legal-advice', purpose: 'service' },
});

const mix = (number: number, count: number) => {
  const chance = random(number, 'orders');
  const compiled = compile(modelOf(number));
  return { chance, compiled, events: Array.from({ length: count }, (_, i) => eventOf(chance, i)) };
};

const orders = <T>(list: readonly T[]): T[][] =>
  list.length < 2
    ? [[...list]]
    : list.flatMap((one, i) => orders([...list.slice(0, i), ...list.slice(i + 1)]).map((rest) => [one, ...rest]));

const shuffled = <T>(list: readonly T[], { below }: Random): T[] => {
  const all = [...list];
  for (let i = all.length - 1; i > 0; i--) {
    const j = below(i + 1);
    const [one, other] = [all[i], all[j]];
    if (one === undefined || other === undefined) continue;
    all[i] = other;
    all[j] = one;
  }
  return all;
};

/** The mixes of which every order goes through the real commit, event by event; of the others, one order in twenty. */
const isWhole = (number: number) => number === 0;

describe('the order in which events come', () => {
  it.each(Array.from({ length: MIXES }, (_, i) => i))(
    'makes no difference: all 5,040 orders of mix %i',
    async (number) => {
      const { compiled, events } = mix(number, EVENTS);
      const expected = canonicalJson(fold(compiled, events));
      const all = orders(events);
      expect(all).toHaveLength(5040);
      for (const [i, order] of all.entries()) {
        if (canonicalJson(fold(compiled, order)) !== expected) expect(order).toBe('folded to the same');
        if (i % 20 !== 0 && !isWhole(number)) continue;
        const polku = scorer({ published: { version: 1, compiled } });
        for (const event of order) await polku.on(50, activity(event));
        const snapshot = await polku.store.read('maija');
        if (canonicalJson(snapshot?.standing ?? {}) !== expected) expect(order).toBe('committed to the same');
      }
    },
    LONG,
  );

  it(
    'makes none for 500 events in 10,000 orders either',
    () => {
      const { chance, compiled, events } = mix(1, 500);
      const expected = canonicalJson(fold(compiled, events));
      for (let i = 0; i < 10_000; i++) {
        if (canonicalJson(fold(compiled, shuffled(events, chance))) !== expected) expect(i).toBe('the same');
      }
    },
    LONG,
  );
});
