import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ActivityEvent } from '../../events/envelope.ts';
import type { PreviewResult } from '../../shared/api/previews.ts';
import { previewResult } from '../../shared/preview/result.ts';
import type { Side } from '../../shared/preview/walk.ts';
import { advance } from '../../shared/scoring/advance.ts';
import { explain } from '../../shared/scoring/explain.ts';
import { fold } from '../../shared/scoring/fold.ts';
import { day } from '../support/given.ts';
import { current, draft, type Person, people, span, tallyOf } from './members.ts';

const until = (events: readonly ActivityEvent[], at: number) => events.filter(({ time }) => time <= at);
const stageOf = ({ compiled }: Side, events: readonly ActivityEvent[], journey: string) =>
  advance(compiled, fold(compiled, until(events, span.at)), span.at).standing.stages[journey]?.stage ?? null;
const worth = ({ compiled }: Side, events: readonly ActivityEvent[]) =>
  explain(compiled, events, span.at).scores.find(({ score }) => score === 'engagement')?.value ?? Number.NaN;

/**
 * What somebody was told of: looks at each instant with a change of stage once all of it has happened, and at who they
 * were then. What began and ended within one instant is told to nobody.
 */
const letters = (side: Side, [, events]: Person) => {
  const changes = explain(side.compiled, events, span.at).transitions.filter(({ journey }) => journey === 'member');
  let told: string | null = null;
  return [...new Set(changes.map(({ at }) => at))].flatMap((at) => {
    const { standing } = advance(side.compiled, fold(side.compiled, until(events, at)), at);
    const [before, after] = [told, standing.stages.member?.stage ?? null];
    told = after;
    if (at < span.from || after !== 'quiet' || before === 'quiet') return [];
    const { consents, email } = standing.profile;
    return consents.membership?.given && email ? ['sent'] : ['withheld'];
  });
};

const joining = (id: string, type: string, days: number): ActivityEvent => ({
  ...{ source: 'crm', id, member: 'm-0', type, time: day(days), data: {}, email: 'maija@example.org' },
});
const joinedAndLeftAtOnce: Person = ['m-0', [joining('0', 'member.joined', 135), joining('1', 'member.left', 135)]];
/** In the draft, 30 days of silence are a risk: it begins and ends at the instant of the second event. */
const joinedAgainAsRiskBegan: Person = [
  'm-0',
  [joining('0', 'member.joined', 110), joining('1', 'member.joined', 140)],
];

const resultOf = (persons: readonly Person[]): PreviewResult =>
  previewResult(tallyOf(persons), { before: current.model, after: draft.model, months: 4 });

const count = (list: readonly unknown[], one: unknown) => list.filter((other) => other === one).length;

describe('the result of a preview says what reckoning it by hand says', () => {
  it('of who stands where', () =>
    fc.assert(
      fc.property(people(10), (persons) => {
        const { members, journeys, moved } = resultOf(persons);
        expect(members).toBe(persons.length);
        const pairs = persons.map(([, events]) =>
          journeys.map(({ journey }) => [stageOf(current, events, journey), stageOf(draft, events, journey)] as const),
        );
        expect(moved).toBe(pairs.filter((person) => person.some(([from, to]) => from !== to)).length);
        for (const [i, { stages, moves }] of journeys.entries()) {
          const its = pairs.map((person) => person[i] ?? [null, null]);
          for (const { stage, before, after } of stages.filter((one) => one.stage !== null)) {
            expect(before).toBe(its.filter(([from]) => from === stage).length);
            expect(after).toBe(its.filter(([, to]) => to === stage).length);
          }
          for (const { from, to, members } of moves)
            expect(members).toBe(its.filter((pair) => pair[0] === from && pair[1] === to).length);
          expect(moves.reduce((sum, move) => sum + move.members, 0)).toBe(its.filter(([a, b]) => a !== b).length);
        }
      }),
    ));

  it('of the scores', () =>
    fc.assert(
      fc.property(people(10), (persons) => {
        const [engagement] = resultOf(persons).scores;
        for (const [side, shown] of [
          [current, engagement?.before],
          [draft, engagement?.after],
        ] as const) {
          const values = persons
            .map(([, events]) => worth(side, events))
            .filter((value) => Math.abs(value) >= 0.01)
            .sort((a, b) => a - b);
          expect(shown?.members).toBe(values.length);
          const median = values[Math.floor((values.length - 1) / 2)];
          if (median !== undefined)
            expect(Math.abs((shown?.quantiles?.p50 ?? Number.NaN) - median)).toBeLessThanOrEqual(
              0.011 * Math.abs(median) + 0.005,
            );
          for (const { from, members } of shown?.classes ?? []) {
            if (from < 1) continue;
            const next = String(from).startsWith('2') ? 2.5 * from : 2 * from;
            expect(members).toBe(values.filter((value) => value >= from && value < next).length);
          }
        }
      }),
    ));

  it('of the points that the rules gave', () =>
    fc.assert(
      fc.property(people(6), (persons) => {
        const all = persons.flatMap(([, events]) =>
          explain(draft.compiled, events, span.at).scores.flatMap(({ contributions }) => contributions),
        );
        for (const { rule, after } of resultOf(persons).rules) {
          const its = all.filter((one) => one.rule === rule && one.event.time >= span.from && one.points !== 0);
          expect(after?.times).toBe(its.length);
          expect(after?.points).toBeCloseTo(
            its.reduce((sum, { points }) => sum + points, 0),
            2,
          );
        }
      }),
    ));

  it('of the messages that would have gone out, and of those that nobody had agreed to', () =>
    fc.assert(
      fc.property(people(10), (persons) => {
        const [hello] = resultOf(persons).messages;
        for (const [which, side] of [
          ['before', current],
          ['after', draft],
        ] as const) {
          const fates = persons.flatMap((person) => letters(side, person));
          expect(hello?.[which]).toBe(count(fates, 'sent'));
          expect(hello?.weeks.reduce((sum, week) => sum + week[which], 0)).toBe(count(fates, 'sent'));
          const { 'no-consent': refused = 0, 'no-address': lost = 0 } = hello?.withheld[which] ?? {};
          expect(refused + lost).toBe(count(fates, 'withheld'));
        }
      }),
      { examples: [[[joinedAndLeftAtOnce]], [[joinedAgainAsRiskBegan]]] },
    ));

  it('of who changed most: nobody who is not named changed more', () =>
    fc.assert(
      fc.property(people(25), (persons) => {
        const changes = persons.map(([member, events]) => ({
          member,
          moved: ['lead', 'member'].filter((one) => stageOf(current, events, one) !== stageOf(draft, events, one))
            .length,
          by: Math.abs(worth(draft, events) - worth(current, events)),
        }));
        const named = resultOf(persons).mostChanged.map(({ member }) => member);
        expect(named.length).toBeLessThanOrEqual(10);
        const rank = ({ moved, by }: (typeof changes)[number]) => moved * 1e6 + (by >= 0.05 ? by : 0);
        const least = Math.min(...changes.filter(({ member }) => named.includes(member)).map(rank));
        const others = changes.filter(({ member }) => !named.includes(member)).map(rank);
        expect(others.filter((one) => one > least + 1e-6)).toEqual([]);
        if (named.length < 10) expect(others.filter((one) => one > 0)).toEqual([]);
      }),
    ));
});

it('names the rules that make the difference', () => {
  const advice: Person = [
    'm-1',
    [
      { source: 'crm', id: '1', member: 'm-1', type: 'member.joined', time: span.from, data: {} },
      { source: 'crm', id: '2', member: 'm-1', type: 'benefit.used', time: span.at, data: { benefit: 'legal-advice' } },
    ],
  ];
  expect(resultOf([advice]).mostChanged).toEqual([
    {
      member: 'm-1',
      journeys: [{ journey: 'member', from: 'active', to: 'quiet' }],
      scores: [
        { score: 'engagement', before: 40, after: 15, rules: [{ rule: 'legal-advice', before: 40, after: 15 }] },
      ],
    },
  ]);
});
