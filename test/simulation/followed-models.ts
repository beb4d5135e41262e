import type { Document, Rule } from './document.ts';
import type { Random } from './random.ts';

/*
 * What else a model may say where members are followed in their mails: points for opens and clicks, conditions on them,
 * and a journey on which every visit brings a mail.
 */

const drawRules = ({ pick, chance: maybe }: Random): Rule[] => {
  const rules: Rule[] = [
    {
      id: 'opened',
      title: 'Opened a mail',
      on: 'email.opened',
      ...(maybe(0.4) ? { where: { field: 'message', in: ['letter', 'hello'] } } : {}),
      score: pick(['interest', 'engagement']),
      points: pick([1.5, 3]),
      ...(maybe(0.3) ? { cap: { oncePer: 'message', points: 5, per: '14 days' } } : {}),
      ...(maybe(0.3) ? { signOfLife: false } : {}),
    },
    {
      id: 'clicked',
      title: 'Followed a link',
      on: 'email.clicked',
      ...(maybe(0.3) ? { where: { after: 'email.opened', within: '2 days' } } : {}),
      score: pick(['interest', 'engagement']),
      points: pick([4, 12]),
      ...(maybe(0.3) ? { cap: { times: 1, per: 'calendar day' } } : {}),
    },
    {
      id: 'first-click',
      title: 'Followed the first link',
      on: 'email.clicked',
      where: { first: 'email.clicked' },
      score: 'engagement',
      points: 7,
    },
    {
      id: 'came-reading',
      title: 'Came after reading',
      on: 'site.visited',
      where: { count: 'email.opened', within: '10 days', gte: 1 },
      score: 'engagement',
      points: 2,
    },
  ];
  return rules.filter(() => maybe(0.7));
};

const letter = { en: { subject: 'Letter', body: '<mj-text>Letter {{firstName}}</mj-text>' } };

/** A model that makes something of opens and clicks, and writes more often than others. */
export const withFollowed = (document: Document, chance: Random): Document => {
  const { pick, chance: maybe } = chance;
  const { contactPolicy, ...rest } = document;
  return {
    ...rest,
    ...(contactPolicy && maybe(0.4) ? { contactPolicy } : {}),
    rules: [...document.rules, ...drawRules(chance)],
    journeys: [
      ...document.journeys,
      {
        id: 'reader',
        title: 'Reader',
        appliesTo: { attribute: 'status', exists: true },
        stages: [
          { id: 'away', title: 'Away' },
          { id: 'keen', title: 'Keen', enter: { last: 'email.clicked', lt: pick(['2 days', '9 days']) } },
          { id: 'here', title: 'Here', enter: { last: 'site.visited', lt: '20 hours' }, message: 'letter' },
        ],
      },
    ],
    messages: [
      ...document.messages,
      { id: 'letter', title: 'Letter', purpose: pick(['membership', 'marketing']), templates: letter },
    ],
  };
};
