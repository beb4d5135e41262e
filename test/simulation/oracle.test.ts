import { describe, expect, it } from 'vitest';
import { Activity, type ActivityEvent } from '../../events/envelope.ts';
import { advance } from '../../shared/scoring/advance.ts';
import { compile } from '../../shared/scoring/compile.ts';
import { fold } from '../../shared/scoring/fold.ts';
import { START } from './batch.ts';
import { agrees } from './check-standing.ts';
import { type Combined, type Document, type MemberTest, nothing } from './document.ts';
import { drawsOf } from './event-data.ts';
import { faults } from './faults.ts';
import { findings } from './finding.ts';
import { drawWords } from './following.ts';
import { documentOf, MODELS, modelOf } from './models.ts';
import { consult } from './oracle.ts';
import { random } from './random.ts';
import { drawEvents } from './scenario.ts';

const DAY = 86_400_000;
const NUMBERS = 400;
const LIVES = 5;
const LONG = 240_000;

type Told = { readonly source: string; readonly item: Activity };

/** What sources tell of somebody who may be followed. */
const wordsOf = (seed: number): Told[] =>
  drawWords(random(seed, 'words'), 'maija', 50 * DAY).flatMap(({ source, items }) =>
    items.map((item) => ({ source, item: Activity.parse(item) })),
  );

/** What one member did, as it lies in the ledger. */
const lifeOf = (seed: number, isFollowed: boolean): ActivityEvent[] => {
  const quiet = faults({ seed, rates: {} });
  const plain: Told[] = drawEvents(drawsOf(seed, 'life'), quiet, ['maija'], 50 * DAY);
  return [...plain, ...(isFollowed ? wordsOf(seed) : [])].map(({ source, item }) => ({
    source,
    id: item.id,
    type: item.type,
    member: item.member.id,
    ...(item.member.email === undefined ? {} : { email: item.member.email }),
    time: Date.parse(item.time),
    data: item.data ?? {},
  }));
};

/** What single tests ask with. */
const asked = ['grade', 'tag', 'sequence', 'withinNext', 'withinLast', 'olderThan', 'beyondNext', 'startsWith', 'is'];

const keysIn = (value: unknown): string[] =>
  value instanceof Object ? Object.entries(value).flatMap(([key, inner]) => [key, ...keysIn(inner)]) : [];

describe('the drawn models', () => {
  it.each(asked)('ask often enough with %s', (key) => {
    const numbers = Array.from({ length: NUMBERS }, (_, i) => i);
    expect(numbers.filter((number) => keysIn(documentOf(number)).includes(key)).length).toBeGreaterThan(NUMBERS / 20);
  });
});

/** A path of two stages, the second of which is for those of whom a condition holds. */
const pathTo = (enter: Combined<MemberTest>): Document => ({
  ...nothing,
  title: 'A path',
  timeZone: 'Europe/Helsinki',
  scores: [
    { id: 'fit', title: 'Fit', fit: [{ id: 'near', title: 'Near', when: { tag: 'near' }, points: 30 }] },
    { id: 'engagement', title: 'Engagement', halfLife: '10 days' },
  ],
  grades: [
    {
      id: 'grade',
      title: 'Grade',
      letter: { score: 'fit', from: [30, 10] },
      number: { score: 'engagement', from: [40, 15] },
    },
  ],
  rules: [{ id: 'came', title: 'Came', on: 'event.attended', score: 'engagement', points: 30 }],
  journeys: [
    {
      id: 'path',
      title: 'Path',
      appliesTo: { attribute: 'status', eq: 'member' },
      stages: [
        { id: 'out', title: 'Out' },
        { id: 'in', title: 'In', enter },
      ],
    },
  ],
});

const HELSINKI = '+03:00';
const joined = (attributes: ActivityEvent['data']): ActivityEvent => ({
  ...{ source: 'crm', id: 'joined', type: 'member.joined', member: 'maija' },
  time: Date.parse(`2026-04-20T12:00:00${HELSINKI}`),
  data: { attributes },
});
const on = (type: string, date: string): ActivityEvent => ({
  ...{ source: 'crm', id: `${type} ${date}`, type, member: 'maija', data: {} },
  time: Date.parse(`${date}T12:00:00${HELSINKI}`),
});
const near = joined({ tags: ['Near'] });
const both = { sequence: ['site.visited', 'event.attended'], within: '14 days' };

describe('the oracle', () => {
  const cases: readonly (readonly [string, Combined<MemberTest>, ActivityEvent[], string | undefined, string])[] = [
    [
      'eighteen years after a birth',
      { attribute: 'born', olderThan: '18 years' },
      [joined({ born: '2008-05-17' })],
      `2026-05-17T00:00:00${HELSINKI}`,
      'in',
    ],
    [
      'thirty days before a date',
      { attribute: 'renews', withinNext: '30 days' },
      [joined({ renews: '2026-05-31' })],
      `2026-05-01T00:00:00${HELSINKI}`,
      'in',
    ],
    [
      'on the last day of a month too short for the date',
      { attribute: 'renews', olderThan: '1 month' },
      [joined({ renews: '2026-05-30T23:30:00Z' })],
      `2026-06-30T00:00:00${HELSINKI}`,
      'in',
    ],
    [
      'never for what is no date',
      { attribute: 'renews', withinNext: '30 days' },
      [joined({ renews: 'soon' })],
      undefined,
      '',
    ],
    ['never for a tag that they have', { tag: ['far', 'NEAR'] }, [near], undefined, ''],
    [
      'when a sequence is long enough ago',
      { ...both, gte: '90 days' },
      [near, on('site.visited', '2026-05-01'), on('event.attended', '2026-05-15')],
      `2026-08-13T12:00:00${HELSINKI}`,
      'in',
    ],
    [
      'never for a sequence that took too long',
      { ...both, gte: '90 days' },
      [near, on('site.visited', '2026-05-01'), on('event.attended', '2026-05-16')],
      undefined,
      '',
    ],
    [
      'when a grade falls',
      { grade: 'grade', in: ['A3'] },
      [near, on('event.attended', '2026-05-01')],
      `2026-05-11T12:00:00.001${HELSINKI}`,
      'in',
    ],
  ];

  it.each(cases)('foretells a change of stage %s', (_, enter, ledger, due, stage) => {
    const document = pathTo(enter);
    const last = Math.max(...ledger.map(({ time }) => time));
    expect(consult(document, ledger).due).toBe(due === undefined ? undefined : Date.parse(due));
    if (due === undefined) return;
    const then = consult(document, ledger, Date.parse(due));
    expect(then.stages.get('path')).toEqual({ stage, since: Date.parse(due) });
    expect(consult(document, ledger, last).stages.get('path')?.stage).toBe('out');
  });

  it('grades by what two scores reach', () => {
    const { grade } = consult(pathTo({ tag: 'near' }), [near, on('event.attended', '2026-05-01')]);
    const at = (date: string) => grade('grade', Date.parse(`${date}T12:00:00${HELSINKI}`));
    expect([at('2026-05-01'), at('2026-05-11'), at('2026-05-12')]).toEqual(['A2', 'A2', 'A3']);
  });
});

describe('the engine and the oracle', () => {
  it.each(Array.from({ length: 8 }, (_, i) => i))(
    `say the same of every member under every model, at whatever instant (part %i)`,
    (part) => {
      let decided = 0;
      let asked = 0;
      for (let number = part; number < NUMBERS; number += 8) {
        const document = documentOf(number);
        const published = { document, compiled: compile(modelOf(number)) };
        for (let life = 0; life < LIVES; life++) {
          const seed = number * LIVES + life;
          const ledger = lifeOf(seed, number >= MODELS);
          const standing = fold(published.compiled, ledger);
          const { below } = random(seed, 'instants');
          const last = Math.max(...ledger.map(({ time }) => time));
          for (const at of [last, last + below(DAY), last + below(60 * DAY), last + below(400 * DAY)]) {
            const notes = findings();
            agrees(
              notes,
              published,
              { member: 'maija', ledger },
              advance(published.compiled, standing, at).standing,
              at,
            );
            expect(notes.found, `model ${number}, life ${seed}, at ${at - START}`).toEqual([]);
            asked++;
            if (!consult(document, ledger, at).close) decided++;
          }
        }
      }
      // Hardly ever do the last digits of a number decide.
      expect(decided / asked).toBeGreaterThan(0.88);
    },
    LONG,
  );
});
