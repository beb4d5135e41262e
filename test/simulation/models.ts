import { Model } from '../../shared/scoring/model.ts';
import { withContact } from './contact.ts';
import type { Cap, Combined, Decay, Document, EventTest, MemberTest, Rule, Score, Stage } from './document.ts';
import { withFollowed } from './followed-models.ts';
import { withParticulars } from './particulars.ts';
import { type Random, random } from './random.ts';

const days = (n: number) => `${n} days`;

const stages = (list: readonly Stage[]) => list;
const journeys = (list: Document['journeys']) => list;

/** Terms of days by which half of the points, a quarter and so on are left to the last digit. */
const drawDecay = ({ pick }: Random): Decay =>
  pick<Decay>([
    'none',
    { linear: pick(['8 days', '16 days', '32 days']) },
    { expiry: pick(['7 days', '20 days', '40 days']) },
    {
      steps: [
        { after: '5 days', keep: 0.5 },
        { after: '21 days', keep: 0 },
      ],
    },
  ]);

const drawOwnDecay = (chance: Random): { decay?: Decay } => (chance.chance(0.25) ? { decay: drawDecay(chance) } : {});

const drawCap = ({ pick, chance: maybe }: Random): Cap | readonly Cap[] => {
  const times = {
    times: pick([1, 2, 3]),
    ...(maybe(0.8) ? { per: pick(['1 day', '7 days', '30 days', 'calendar day', 'calendar week'] as const) } : {}),
  };
  return maybe(0.3) ? [times, { points: pick([5, 8]), per: pick(['calendar month', '14 days'] as const) }] : times;
};

/** How long somebody stays or stays away, now and then. */
const drawTimes = ({ pick, chance: maybe }: Random): Pick<Stage, 'leastStay' | 'coolDown'> => ({
  ...(maybe(0.25) ? { leastStay: pick(['3 days', '12 days']) } : {}),
  ...(maybe(0.25) ? { coolDown: pick(['4 days', '25 days']) } : {}),
});

const drawScores = (halfLife: string | undefined, chance: Random): Score[] => {
  const { pick, chance: maybe } = chance;
  const limits = {
    ...(maybe(0.3) ? { floor: pick([0, -10]) } : {}),
    ...(maybe(0.3) ? { ceiling: pick([31, 47]) } : {}),
  };
  return [
    {
      id: 'engagement',
      title: 'engagement',
      ...(halfLife ? { halfLife } : maybe(0.5) ? { decay: drawDecay(chance) } : {}),
      ...limits,
      ...(maybe(0.2) ? { while: 'member' } : {}),
    },
    {
      id: 'interest',
      title: 'interest',
      halfLife: pick(['10 days', '30 days']),
      ...(maybe(0.3) ? { while: 'lead' } : {}),
    },
    {
      id: 'promise',
      title: 'promise',
      fit: [
        { id: 'care', title: 'Care', when: { attribute: 'branch', eq: 'care' }, points: 4 },
        { id: 'fresh', title: 'Fresh', when: { since: 'joining', lt: '17 days' }, points: -3 },
      ],
    },
    { id: 'total', title: 'total', sum: ['engagement', 'interest', 'promise'] },
  ];
};

const drawMoreRules = (shares: boolean, { chance: maybe }: Random): Rule[] => {
  const rules: Rule[] = [
    {
      id: 'first-visit',
      title: 'First visit',
      on: 'site.visited',
      where: { first: 'site.visited' },
      score: 'engagement',
      points: 6,
      ...(shares ? { capGroup: 'web' } : {}),
    },
    {
      id: 'followed-up',
      title: 'Followed up',
      on: 'survey.answered',
      where: {
        any: [
          { after: 'event.attended', within: '10 days' },
          { score: 'interest', gte: 5.5 },
        ],
      },
      score: 'engagement',
      points: 5,
    },
    {
      id: 'regular',
      title: 'Regular',
      on: 'event.attended',
      where: { count: 'event.attended', within: '21 days', gte: 1 },
      score: 'interest',
      points: 2,
      cap: { times: 1, per: 'calendar week' },
    },
  ];
  return rules.filter(() => maybe(0.4));
};

/** Numbers that no sum of the points meets by accident, but some do on purpose. */
const drawDocument = (number: number, chance: Random): Document => {
  const { pick, chance: maybe } = chance;
  const silence = pick([14, 21, 30, 45]);
  const shares = maybe(0.3);
  const high = pick([20, 25, 30]);
  const halfLife = pick([undefined, '7 days', '20 days', '60 days']);
  const cap = drawCap(chance);
  const back: MemberTest = { since: 'activity', gte: days(silence) };
  const where = (condition: Combined<EventTest>) => (maybe(0.3) ? { where: condition } : {});
  const atRisk: Stage = {
    id: 'at-risk',
    title: 'At risk',
    enter: pick<Combined<MemberTest>>([
      back,
      { all: [back, { score: 'engagement', lt: 12.5 }] },
      { any: [back, { score: 'engagement', lt: -4 }] },
      { all: [back, { not: { since: 'joining', lt: '20 days' } }] },
      { last: 'event.attended', gte: days(silence) },
      {
        all: [
          { since: 'activity', gte: '5 days' },
          { count: 'event.attended', within: days(silence), lt: 1 },
        ],
      },
      { all: [back, { journey: 'lead', in: ['warm'] }] },
    ]),
    ...(maybe(0.5) ? { stay: { since: 'activity', gt: days(Math.floor(silence / 2)) } } : {}),
    ...drawTimes(chance),
    alert: maybe(0.7),
    atRisk: true,
    ...(maybe(0.5) ? { message: 'miss-you' } : {}),
  };
  const text = (what: string) => ({ en: { subject: what, body: `<mj-text>${what} {{firstName}}</mj-text>` } });
  return {
    title: `A club ${number}`,
    ...(maybe(0.7) ? { timeZone: pick(['Europe/Helsinki', 'America/St_Johns', 'Pacific/Apia']) } : {}),
    staleAfter: pick(['1 day', '3 days', '15 days']),
    scores: drawScores(halfLife, chance),
    ...(shares ? { capGroups: [{ id: 'web', title: 'Web', cap: { points: 11, per: '7 days' } }] } : {}),
    rules: [
      {
        id: 'attended',
        title: 'Attended',
        on: 'event.attended',
        score: 'engagement',
        points: pick([9, 10, 20]),
        ...drawOwnDecay(chance),
        ...(maybe(0.2) ? { until: '2026-04-20' } : {}),
      },
      {
        id: 'spoke',
        title: 'Spoke',
        on: 'event.attended',
        where: { field: 'role', in: ['speaker', 'organiser'] },
        score: 'engagement',
        points: 7,
        cap: { times: 1 },
      },
      {
        id: 'visited',
        title: 'Visited',
        on: 'site.visited',
        ...where({ not: { journey: 'member', in: ['passive'] } }),
        score: 'interest',
        points: 3,
        cap,
        ...(shares ? { capGroup: 'web' } : {}),
        ...(maybe(0.2) ? { signOfLife: false } : {}),
      },
      ...drawMoreRules(shares, chance),
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
        points: maybe(0.5) ? 15 : { field: 'value', times: 0.125, atMost: 15 },
        ...(maybe(0.4) ? { cap: { oncePer: 'benefit', points: 20, per: 'calendar month' } } : {}),
      },
      {
        id: 'unpaid',
        title: 'Did not pay',
        on: 'payment.failed',
        score: 'engagement',
        points: pick([-5, -15, -25]),
        ...drawOwnDecay(chance),
        ...(maybe(0.2) ? { signOfLife: true } : {}),
      },
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
        ...(maybe(0.15) ? { ordered: true } : {}),
        stages: stages([
          { id: 'passive', title: 'Passive', ...(maybe(0.5) ? { message: 'hello' } : {}) },
          { id: 'new', title: 'New', enter: { since: 'joining', lt: days(pick([5, 10])) }, message: 'hello' },
          {
            id: 'active',
            title: 'Active',
            enter: pick<Combined<MemberTest>>([
              { score: 'engagement', gte: high },
              { score: 'engagement', gte: high },
              { score: 'total', gte: high },
              {
                any: [
                  { score: 'engagement', gte: high },
                  { streak: 'event.attended', periods: 1, per: 'week' },
                ],
              },
              { count: 'event.attended', gte: 2, within: '40 days' },
            ]),
            ...(maybe(0.7) ? { stay: { score: pick(['engagement', 'total']), gte: 8.5 } } : {}),
            ...drawTimes(chance),
            ...(maybe(0.2) ? { priority: 1 } : {}),
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
          {
            id: 'near',
            title: 'Near',
            enter: pick<Combined<MemberTest>>([
              { score: 'interest', gt: 2, lte: 50 },
              { score: 'interest', gt: 2, lte: 50 },
              { all: [{ score: 'total', gt: 5.5, lt: 40 }, { not: { journey: 'member', in: ['new'] } }] },
              { streak: 'site.visited', periods: 2, per: 'week' },
              { count: 'benefit.used', where: { field: 'benefit', eq: 'legal-advice' }, gte: 1 },
            ]),
            alert: maybe(0.3),
          },
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

/** How many models there are; and as many again, from this number on, that make something of opens and clicks. */
export const MODELS = 64;

/** One of the models as it is written; the same number gives the same one. */
export const documentOf = (number: number): Document => {
  const draw = () => {
    const plain = withContact(drawDocument(number, random(number, 'model')), random(number, 'contact'));
    const whole = withParticulars(plain, random(number, 'particulars'));
    return number < MODELS ? whole : withFollowed(whole, random(number, 'followed'));
  };
  const document = documents.get(number) ?? draw();
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
