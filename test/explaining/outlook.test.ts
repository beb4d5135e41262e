import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { activityOf } from '../../events/index.ts';
import { type Direction, type JourneyOutlook, outlook, type Way } from '../../shared/explaining/outlook.ts';
import { DAY } from '../../shared/kernel/duration.ts';
import { explain } from '../../shared/scoring/explain.ts';
import { Model } from '../../shared/scoring/model.ts';
import type { PublishedModel } from '../../shared/scoring/published-model.ts';
import { day, document, event } from '../support/given.ts';
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

/** Each event could be sent by a source. */
const couldHappen = ({ events }: Way) => {
  for (const { source: _, member, time, email: __, ...event } of events) {
    const sent = { ...event, member: { id: member }, time: new Date(time).toISOString() };
    expect(activityOf(event.type).safeParse(sent).error?.issues ?? []).toEqual([]);
  }
};

const comesTrue = (model: PublishedModel, life: Life) => {
  for (const found of outlookOf(model, life)) {
    expect(stageAfter(model, life, [], found.journey, life.at)).toBe(found.stage);
    for (const way of directions(found)) {
      const played = (more: Way['events'], at: number) => stageAfter(model, life, more, found.journey, at);
      expect(way.stage).not.toBe(found.stage);
      expect(way.at).toBeGreaterThan(life.at);
      expect(played(way.events, way.at)).toBe(way.stage);
      expect(played(way.events, way.at - 1)).not.toBe(way.stage);
      expect(way.deeds.flatMap(({ times }) => times)).toHaveLength(way.events.length);
      couldHappen(way);
      const [only] = way.events;
      if (way.by === undefined || !only) continue;
      const halfway = way.by - DAY * Math.floor((way.by - only.time) / DAY / 2);
      for (const time of [way.by, halfway]) expect(played([{ ...only, time }], time)).toBe(way.stage);
    }
  }
};

describe('what is foretold of 1,000 members comes true when it is played in', () => {
  it.each(sampleNames)('under the sample %s', { timeout: 180_000 }, (sample) => {
    const model = published(modelOf(sample));
    const lives = fc.property(lifeUnder(model.model), (life) => comesTrue(model, life));
    fc.assert(lives, { numRuns: 200, endOnFailure: true });
  });

  it('under any model', { timeout: 180_000 }, () => {
    const lives = anyModel.chain((model) => lifeUnder(model).map((life) => ({ model, life })));
    const property = fc.property(lives, ({ model, life }) => comesTrue(published(model), life));
    fc.assert(property, { numRuns: 200, endOnFailure: true });
  });
});

describe('a way up', () => {
  it('is hardly ever missing under the samples, where there is a stage further up', { timeout: 180_000 }, () => {
    const ups = sampleNames.flatMap((sample) => {
      const model = published(modelOf(sample));
      const lives = fc.sample(lifeUnder(model.model), { numRuns: 50, seed: 1 });
      return lives.flatMap((life) => outlookOf(model, life).map(({ up }) => ('none' in up ? up.none : 'found')));
    });
    const climbs = ups.filter((up) => up !== 'no-stage');
    expect(climbs.length).toBeGreaterThan(150);
    expect(climbs.filter((up) => up !== 'found').length / climbs.length).toBeLessThan(0.02);
  });
});

describe('the outlook of a member', () => {
  const club = published(Model.parse(document));
  const joined = event('member.joined', 0);
  const [quiet] = outlookOf(club, { events: [joined, event('event.attended', 1)], at: day(10) });
  const told = ({ stage, at, by, deeds }: Way) => ({
    stage,
    day: Math.floor((at - day(0)) / DAY),
    ...(by === undefined ? {} : { by: Math.floor((by - day(0)) / DAY) }),
    deeds: deeds.map(({ deed, times }) => [deed.kind === 'done' ? deed.title : deed.name, times.length]),
  });

  it('says how much more it takes for the next stage, and until when', () => {
    // 20 points of day 1 are worth 5 on day 61; with 20 more that is just enough for 25.
    expect(waysOf(quiet?.up ?? { ways: [] }).map(told)).toEqual([
      { stage: 'active', day: 10, by: 60, deeds: [['Attended an event', 1]] },
      { stage: 'active', day: 10, deeds: [['Used legal advice', 1]] },
    ]);
  });

  it('says when silence leads to another stage', () => {
    expect(waysOf(quiet?.down ?? { ways: [] }).map(told)).toEqual([{ stage: 'at-risk', day: 61, deeds: [] }]);
  });

  it('says that there is no stage further up, or down', () => {
    const events = [joined, event('benefit.used', 1, { data: { benefit: 'legal-advice' } })];
    expect(outlookOf(club, { events, at: day(2) })).toMatchObject([{ stage: 'active', up: { none: 'no-stage' } }]);
    expect(outlookOf(club, { events: [joined], at: day(70) })).toMatchObject([
      { stage: 'at-risk', down: { none: 'no-stage' } },
    ]);
  });

  it('says what has to be registered, where a stage asks for that', () => {
    const [member] = document.journeys.slice(1);
    const graduate = { id: 'graduate', title: 'Graduate', enter: { attribute: 'grade', eq: 'graduate' } };
    const journeys = [{ ...member, stages: [{ id: 'student', title: 'Student' }, graduate] }];
    const [found] = outlookOf(published(Model.parse({ ...document, journeys })), { events: [joined], at: day(1) });
    expect(waysOf(found?.up ?? { ways: [] }).map(told)).toEqual([
      { stage: 'graduate', day: 1, deeds: [['grade="graduate"', 1]] },
    ]);
  });

  it('admits that it found no way', () => {
    const core = { id: 'core', title: 'Core', enter: { score: 'engagement', gte: 100_000 } };
    const journeys = [{ ...document.journeys[1], stages: [{ id: 'quiet', title: 'Quiet' }, core] }];
    const hard = published(Model.parse({ ...document, journeys }));
    expect(outlookOf(hard, { events: [joined], at: day(1) })).toMatchObject([{ up: { none: 'not-found' } }]);
  });

  it('takes what a cap has left into account', () => {
    const rules = [{ ...document.rules[0], cap: { times: 1, per: '30 days' } }];
    const capped = published(Model.parse({ ...document, rules }));
    const [found] = outlookOf(capped, { events: [joined, event('event.attended', 1)], at: day(10) });
    expect(waysOf(found?.up ?? { ways: [] }).map(told)).toEqual([
      { stage: 'active', day: 31, by: 60, deeds: [['Attended an event', 1]] },
    ]);
  });
});
