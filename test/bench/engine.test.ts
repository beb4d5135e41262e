import { describe, expect, it } from 'vitest';
import type { ActivityEvent } from '../../events/envelope.ts';
import { compile } from '../../shared/scoring/compile.ts';
import { eventsOf, modelOf, rulesOf } from './engine/cases.ts';
import { folded } from './engine/compared.ts';
import { handWrittenFold } from './engine/hand-written.ts';
import { waysFor } from './engine/ways.ts';

const rules = rulesOf(60);
const events = eventsOf(400);

describe('what the benchmark compares', () => {
  it('finds the same matches in every way', async () => {
    const ways = await waysFor(rules);
    const found = await Promise.all(ways.map(async ({ name, run }) => [name, await run(events)] as const));
    const sums = found[0]?.[1];
    expect(sums?.interest).toBeGreaterThan(100);
    expect(found).toEqual(ways.map(({ name }) => [name, sums]));
  });

  it('takes no text and no null for a number, by hand either', async () => {
    const odd = events.flatMap((event): ActivityEvent[] =>
      [null, '500', true].map((amount) => ({ ...event, data: { ...event.data, amount, hours: amount } })),
    );
    const [ours, byHand] = (await waysFor(rules)).slice(0, 2).map(({ run }) => run(odd));
    expect(byHand).toEqual(ours);
  });

  it.each([1, 7, 50, 200, 400])('folds %i events to the same standing by hand, to the last bit', async (count) => {
    const model = compile(modelOf(rules, true));
    const byHand = await handWrittenFold(rules);
    const some = eventsOf(count);
    expect(byHand(some.toReversed())).toEqual(folded(model, some));
  });

  it('folds those too who leave and come back', async () => {
    const model = compile(modelOf(rules, true));
    const byHand = await handWrittenFold(rules);
    const turns = ['lead.created', 'member.joined', 'lead.created', 'member.left', 'member.joined'];
    const lives = eventsOf(60).map((event, i) => ({
      ...event,
      type: i % 11 === 5 ? (turns[(i - 5) / 11] ?? '') : event.type,
    }));
    for (let count = 1; count <= lives.length; count++) {
      expect(byHand(lives.slice(0, count))).toEqual(folded(model, lives.slice(0, count)));
    }
  });
});
