import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { activityOf } from '../../events/index.ts';
import { type Direction, type JourneyOutlook, outlook, type Way } from '../../shared/explaining/outlook.ts';
import { DAY } from '../../shared/kernel/duration.ts';
import { explain } from '../../shared/scoring/explain.ts';
import type { Model } from '../../shared/scoring/model.ts';
import type { PublishedModel } from '../../shared/scoring/published-model.ts';
import { modelOf, sampleNames } from '../support/sample.ts';
import { anyModel, type Life, lifeUnder, published } from './lives.ts';

const outlookOf = (model: PublishedModel, { events, at }: Life) =>
  outlook(model, events, explain(model.compiled, events, at).standing, at);

const waysOf = (direction: Direction): readonly Way[] => ('ways' in direction ? direction.ways : []);
const directions = ({ up, down }: JourneyOutlook) => [...waysOf(up), ...waysOf(down)];

/** The stage in a journey once some events are added to a life and time has passed: by the whole fold, from nothing. */
const stageAfter = ({ compiled }: PublishedModel, life: Life, more: Way['events'], journey: string, at: number) => {
  const events = [...life.events.filter(({ time }) => time <= life.at), ...more];
  return explain(compiled, events, at).standing.stages[journey]?.stage;
};

const holdsUnder = (model: PublishedModel, life: Life) => {
  for (const found of outlookOf(model, life)) {
    expect(stageAfter(model, life, [], found.journey, life.at)).toBe(found.stage);
    for (const way of directions(found)) {
      const played = (more: Way['events'], at: number) => stageAfter(model, life, more, found.journey, at);
      expect(way.stage).not.toBe(found.stage);
      expect(way.at).toBeGreaterThan(life.at);
      expect(played(way.events, way.at)).toBe(way.stage);
      expect(played(way.events, way.at - 1)).not.toBe(way.stage);
      expect(way.deeds.flatMap(({ times }) => times)).toHaveLength(way.events.length);
      for (const { source: _, member, time, ...event } of way.events) {
        const sent = { ...event, member: { id: member }, time: new Date(time).toISOString() };
        expect(activityOf(event.type).safeParse(sent).error?.issues ?? []).toEqual([]);
      }
      const [only, ...others] = way.events;
      if (way.by === undefined || !only) continue;
      expect(others).toEqual([]);
      for (const time of [way.by, way.by - DAY * Math.floor((way.by - only.time) / DAY / 2)]) {
        expect(played([{ ...only, time }], way.at + time - only.time)).toBe(way.stage);
      }
    }
  }
};

const RUNS = { samples: 150, others: 400 };

describe('what is foretold comes true when it is played in', () => {
  it.each(sampleNames)('under the sample %s', { timeout: 120_000 }, (sample) => {
    const model = published(modelOf(sample));
    fc.assert(
      fc.property(lifeUnder(model.model), (life) => holdsUnder(model, life)),
      { numRuns: RUNS.samples, endOnFailure: true },
    );
  });

  it('under any model', { timeout: 120_000 }, () => {
    const lived = anyModel.chain((model: Model) => lifeUnder(model).map((life) => ({ model, life })));
    fc.assert(
      fc.property(lived, ({ model, life }) => holdsUnder(published(model), life)),
      { numRuns: RUNS.others, endOnFailure: true },
    );
  });
});
