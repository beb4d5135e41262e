import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { ActivityEvent } from '../../../events/envelope.ts';
import { activityOf } from '../../../events/index.ts';
import { type LifeKind, YEAR } from '../../../infra/local/demo/lives.ts';
import { HISTORY_DAYS } from '../../../infra/local/demo/play.ts';
import { year } from '../../../infra/local/demo/year.ts';
import { DAY } from '../../../shared/kernel/duration.ts';
import { compile } from '../../../shared/scoring/compile.ts';
import { explain } from '../../../shared/scoring/explain.ts';
import { Model } from '../../../shared/scoring/model.ts';

const file = new URL('../../../samples/trade-union/model.yaml', import.meta.url);
const model = compile(Model.parse(parse(readFileSync(file, 'utf8'))));
const start = Date.UTC(2026, 0, 5);
const today = start + HISTORY_DAYS * DAY;
const end = start + YEAR * DAY;
const { people, events } = year({ seed: 1, people: 400, start });
const eventsOf = Map.groupBy(events, ({ member }) => member.id);

const asEvent = ({ id, type, member, time, data }: (typeof events)[number]): ActivityEvent => ({
  source: 'demo',
  ...{ id, type, member: member.id, time: Date.parse(time), data },
});
const lived = people.map(({ id, kind }) => ({
  kind,
  ...explain(model, (eventsOf.get(id) ?? []).map(asEvent), end),
}));
const stagesOf = (kind?: LifeKind): Record<string, number> => {
  const stages: Record<string, number> = {};
  for (const one of lived.filter((life) => kind === undefined || life.kind === kind)) {
    for (const [journey, { stage }] of Object.entries(one.standing.stages)) {
      stages[`${journey} ${stage}`] = (stages[`${journey} ${stage}`] ?? 0) + 1;
    }
  }
  return stages;
};

describe('the year under the model of the sample', () => {
  it('is made of events that the front door takes', () => {
    for (const event of events) expect(activityOf(event.type).safeParse(event).success).toBe(true);
  });

  it('has people in every stage that lasts', () => {
    const stages = stagesOf();
    for (const stage of ['lead cold', 'lead warming', 'member quiet', 'member active', 'member ambassador']) {
      expect(stages[stage], stage).toBeGreaterThan(2);
    }
  });

  it('has nobody at risk who uses the membership every month', () => {
    expect(stagesOf('steady')['member at-risk'] ?? 0).toBe(0);
    expect(stagesOf('keen')['member at-risk'] ?? 0).toBe(0);
  });

  it('has nearly all at risk who fell silent, and a minority of all', () => {
    const silent = stagesOf('falls-silent');
    const all = Object.values(silent).reduce((sum, count) => sum + count, 0);
    expect(silent['member at-risk']).toBeGreaterThan(all * 0.75);
    expect(stagesOf()['member at-risk']).toBeLessThan(people.length / 4);
  });

  it('has news to send in the weeks that are lived', () => {
    const reached = lived.flatMap(({ transitions }) => transitions.filter(({ at }) => at >= today).map(({ to }) => to));
    for (const stage of ['warming', 'ready', 'new', 'ambassador', 'at-risk']) expect(reached, stage).toContain(stage);
  });
});
