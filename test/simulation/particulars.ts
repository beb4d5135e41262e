import type {
  AttributeTest,
  Combined,
  Document,
  Grade,
  MemberTest,
  Rule,
  SequenceTest,
  Stage,
  TagTest,
} from './document.ts';
import type { Random } from './random.ts';

/*
 * What else a model may ask: grades, tags, dates, texts and sequences. Drawn beside the rest of it, so that some models
 * have none of it.
 */

/** Bounds that no sum of the points meets by accident. */
const drawGrade = ({ pick }: Random): Grade => ({
  id: 'outlook',
  title: 'Outlook',
  letter: { score: pick(['total', 'promise']), from: pick([[3.5], [12.5, 0.5]]) },
  number: { score: 'engagement', from: pick([[20, 7.5], [15.5], [25.5, 9.5, 2.5]]) },
});

const drawDate = ({ pick }: Random): AttributeTest =>
  pick<AttributeTest>([
    { attribute: 'renews', withinNext: pick(['10 days', '2 weeks', '1 month']) },
    { attribute: 'renews', withinLast: pick(['5 days', '1 month']) },
    { attribute: 'renews', olderThan: pick(['3 days', '1 month']) },
    { attribute: 'renews', beyondNext: pick(['20 days', '2 months']) },
    { attribute: 'renews', withinLast: '8 days', exists: true },
    { attribute: 'born', olderThan: '26 years' },
  ]);

const drawTag = ({ pick }: Random): TagTest => ({ tag: pick([['Board', 'committee'], 'board', 'Committee']) });

const drawSequence = ({ pick, chance: maybe }: Random): SequenceTest => ({
  sequence: pick<SequenceTest['sequence']>([
    ['site.visited', 'event.attended'],
    ['event.attended', 'event.attended'],
    ['site.visited', { event: 'event.attended', where: { field: 'role', exists: false } }],
    [{ event: 'benefit.used', where: { field: 'value', gte: 50 } }, 'site.visited', 'event.attended'],
  ]),
  within: pick(['12 hours', '10 days', '20 days']),
  ...(maybe(0.7) ? pick([{ lt: '15 days' }, { gte: '4 days' }, { gt: '2 days', lte: '30 days' }] as const) : {}),
});

const drawTest = (graded: boolean, chance: Random): MemberTest =>
  chance.pick([
    () => drawDate(chance),
    () => drawDate(chance),
    () => drawTag(chance),
    () => drawSequence(chance),
    () => drawSequence(chance),
    () =>
      graded ? { grade: 'outlook', in: chance.pick([['A1'], ['A1', 'A2', 'B1'], ['B1', 'B2']]) } : drawTag(chance),
  ])();

/** A condition that asks for one thing more, or lets one thing more pass. */
const asking = (condition: Combined<MemberTest>, test: MemberTest, { pick }: Random): Combined<MemberTest> =>
  pick<Combined<MemberTest>>([
    { any: [condition, test] },
    { any: [condition, test] },
    { all: [condition, { not: test }] },
    { all: [condition, test] },
  ]);

const drawRules = (chance: Random): Rule[] => {
  const { pick, chance: maybe } = chance;
  const rules: Rule[] = [
    {
      id: 'first-speech',
      title: 'Spoke for the first time',
      on: 'event.attended',
      where: { first: 'event.attended', where: { field: 'role', is: 'SPEAKER' } },
      score: 'engagement',
      points: 4,
    },
    {
      id: 'soon',
      title: 'Comes to what begins soon',
      on: 'event.attended',
      where: {
        field: 'starts',
        ...pick([{ withinNext: '7 days' }, { beyondNext: '1 week' }, { withinLast: '1 day' }]),
      },
      score: 'interest',
      points: 2,
    },
    {
      id: 'pay',
      title: 'Cares for pay',
      on: 'survey.answered',
      where: { any: [{ field: 'topics', containsAny: ['PAY', 'pension'] }, { tag: 'board' }] },
      score: 'engagement',
      points: { field: 'rating', times: 2, atLeast: 1.5, atMost: 5 },
    },
    {
      id: 'after-speech',
      title: 'Came back after a speech',
      on: 'site.visited',
      where: { after: 'event.attended', where: { field: 'role', startsWith: 'speak' }, within: '9 days' },
      score: 'interest',
      points: 2,
    },
    {
      id: 'in-turn',
      title: 'One after the other',
      on: 'benefit.used',
      where: drawSequence(chance),
      score: 'engagement',
      points: 3,
    },
  ];
  return rules.filter(() => maybe(0.5));
};

/** A model with more conditions in its stages, facts and rules, and with grades; or as it was. */
export const withParticulars = (document: Document, chance: Random): Document => {
  const { chance: maybe } = chance;
  if (!maybe(0.7)) return document;
  const graded = maybe(0.7);
  const stageWith = (stage: Stage): Stage => ({
    ...stage,
    ...(stage.enter && maybe(0.35) ? { enter: asking(stage.enter, drawTest(graded, chance), chance) } : {}),
    ...(stage.stay && maybe(0.35) ? { stay: asking(stage.stay, drawTest(graded, chance), chance) } : {}),
  });
  const facts = [
    { id: 'renewing', title: 'Renewing', when: drawDate(chance), points: 5 },
    { id: 'trusted', title: 'Trusted', when: drawTag(chance), points: 3 },
  ].filter(() => maybe(0.5));
  return {
    ...document,
    scores: document.scores.map((score) => (score.fit ? { ...score, fit: [...score.fit, ...facts] } : score)),
    ...(graded ? { grades: [drawGrade(chance)] } : {}),
    rules: [...document.rules, ...drawRules(chance)],
    journeys: document.journeys.map((journey) => ({ ...journey, stages: journey.stages.map(stageWith) })),
  };
};
