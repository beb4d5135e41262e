import { Model } from '../../shared/scoring/model.ts';
import type { Combined, Document, MemberTest, Stage } from './document.ts';
import { type Random, random } from './random.ts';

const days = (n: number) => `${n} days`;

const stages = (list: readonly Stage[]) => list;
const journeys = (list: Document['journeys']) => list;

/** Numbers that no sum of the points meets by accident, but some do on purpose. */
const drawDocument = (number: number, chance: Random): Document => {
  const { pick, chance: maybe } = chance;
  const silence = pick([14, 21, 30, 45]);
  const high = pick([20, 25, 30]);
  const halfLife = pick([undefined, '7 days', '20 days', '60 days']);
  const cap = { times: pick([1, 2, 3]), ...(maybe(0.8) ? { per: pick(['1 day', '7 days', '30 days']) } : {}) };
  const back: MemberTest = { since: 'activity', gte: days(silence) };
  const score = (id: string, halfLife: string | undefined) => ({ id, title: id, ...(halfLife ? { halfLife } : {}) });
  const atRisk: Stage = {
    id: 'at-risk',
    title: 'At risk',
    enter: pick<Combined<MemberTest>>([
      back,
      { all: [back, { score: 'engagement', lt: 12.5 }] },
      { any: [back, { score: 'engagement', lt: -4 }] },
      { all: [back, { not: { since: 'joining', lt: '20 days' } }] },
    ]),
    ...(maybe(0.5) ? { stay: { since: 'activity', gt: days(Math.floor(silence / 2)) } } : {}),
    alert: maybe(0.7),
    atRisk: true,
    ...(maybe(0.5) ? { message: 'miss-you' } : {}),
  };
  const text = (what: string) => ({ en: { subject: what, body: `<mj-text>${what} {{firstName}}</mj-text>` } });
  return {
    title: `A club ${number}`,
    staleAfter: pick(['1 day', '3 days', '15 days']),
    scores: [score('engagement', halfLife), score('interest', pick(['10 days', '30 days']))],
    rules: [
      { id: 'attended', title: 'Attended', on: 'event.attended', score: 'engagement', points: pick([9, 10, 20]) },
      {
        id: 'spoke',
        title: 'Spoke',
        on: 'event.attended',
        where: { field: 'role', in: ['speaker', 'organiser'] },
        score: 'engagement',
        points: 7,
        cap: { times: 1 },
      },
      { id: 'visited', title: 'Visited', on: 'site.visited', score: 'interest', points: 3, cap },
      {
        id: 'advice',
        title: 'Used advice',
        on: 'benefit.used',
        where: {
          any: [
            { field: 'benefit', eq: 'legal-advice' },
            { field: 'value', gte: 100 },
          ],
        },
        score: 'engagement',
        points: 15,
      },
      { id: 'unpaid', title: 'Did not pay', on: 'payment.failed', score: 'engagement', points: pick([-5, -15, -25]) },
      { id: 'said', title: 'Said something', on: 'survey.answered', score: 'interest', points: 0 },
    ],
    journeys: journeys([
      {
        id: 'lead',
        title: 'Lead',
        appliesTo: { attribute: 'status', eq: 'lead' },
        stages: [
          { id: 'cold', title: 'Cold' },
          { id: 'warm', title: 'Warm', enter: { score: 'interest', gte: 5 }, alert: maybe(0.5) },
        ],
      },
      {
        id: 'member',
        title: 'Member',
        appliesTo: { attribute: 'status', eq: 'member' },
        stages: stages([
          { id: 'passive', title: 'Passive', ...(maybe(0.5) ? { message: 'hello' } : {}) },
          { id: 'new', title: 'New', enter: { since: 'joining', lt: days(pick([5, 10])) }, message: 'hello' },
          {
            id: 'active',
            title: 'Active',
            enter: { score: 'engagement', gte: high },
            ...(maybe(0.7) ? { stay: { score: 'engagement', gte: 8.5 } } : {}),
            ...(maybe(0.5) ? { message: 'well-done' } : {}),
          },
          atRisk,
        ]).slice(0, pick([4, 4, 4, 3])),
      },
      {
        id: 'everyone',
        title: 'Everyone',
        appliesTo: { attribute: 'branch', exists: true },
        stages: [
          { id: 'known', title: 'Known' },
          { id: 'near', title: 'Near', enter: { score: 'interest', gt: 2, lte: 50 }, alert: maybe(0.3) },
          { id: 'gone', title: 'Gone', enter: { since: 'leaving', gte: '3 days' }, message: 'farewell' },
        ],
      },
    ]).slice(0, pick([2, 3, 3])),
    messages: [
      { id: 'hello', title: 'Hello', purpose: 'membership', templates: text('Hello') },
      { id: 'well-done', title: 'Well done', purpose: 'membership', templates: text('Well done') },
      { id: 'miss-you', title: 'We miss you', purpose: 'membership', templates: text('We miss you') },
      { id: 'farewell', title: 'Farewell', purpose: 'service', templates: text('Farewell') },
    ],
  };
};

const documents = new Map<number, Document>();
const models = new Map<number, Model>();

/** How many models there are. */
export const MODELS = 64;

/** One of the models as it is written; the same number gives the same one. */
export const documentOf = (number: number): Document => {
  const document = documents.get(number) ?? drawDocument(number, random(number, 'model'));
  documents.set(number, document);
  return document;
};

/** The same as the engine reads it. */
export const modelOf = (number: number): Model => {
  const model = models.get(number) ?? Model.parse(documentOf(number));
  models.set(number, model);
  return model;
};

/** By its title, which names its number. */
export const documentTitled = (title: unknown): Document => documentOf(Number(String(title).split(' ').at(-1)));
