import type { ContactCap, ContactPolicy, DecentHours, Document, Plan, Stage } from './document.ts';
import type { Random } from './random.ts';

/*
 * Which messages stages plan, and when members may be written to: drawn beside the rest of a model, so that some have
 * none of it.
 */

const text = (what: string) => ({ en: { subject: what, body: `<mj-text>${what} {{firstName}}</mj-text>` } });
const care = { attribute: 'branch', eq: 'care' } as const;

const drawHours = ({ pick, chance: maybe }: Random): DecentHours => ({
  from: pick(['08:00', '09:30', '00:00']),
  until: pick(['20:00', '16:15', '24:00']),
  ...(maybe(0.5)
    ? {
        weekdays: pick([
          ['sat', 'sun'],
          ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
        ] as const),
      }
    : {}),
  ...(maybe(0.3) ? { quietJuly: ['marketing'] } : {}),
  ...(maybe(0.3) ? { purposes: ['membership', 'marketing'] } : {}),
});

const drawCap = ({ pick, chance: maybe }: Random): ContactCap => ({
  messages: maybe(0.1) ? 0 : pick([1, 1, 2]),
  per: pick(['12 hours', '3 days', '14 days', '30 days']),
  ...(maybe(0.4) ? { purposes: pick([['membership'], ['marketing'], ['membership', 'marketing']]) } : {}),
  ...(maybe(0.3) ? { when: pick([care, { since: 'joining', lt: '17 days' }] as const) } : {}),
});

const drawPolicy = (chance: Random): ContactPolicy => {
  const { pick, chance: maybe, below } = chance;
  return {
    ...(maybe(0.75) ? { decentHours: drawHours(chance) } : {}),
    caps: Array.from({ length: below(3) }, () => drawCap(chance)),
    ...(maybe(0.6) ? { gap: pick(['4 hours', '1 day', '1 minute']) } : {}),
    ...(maybe(0.5) ? { softBounces: { times: pick([1, 2]), per: pick(['14 days', '40 days']) } } : {}),
  };
};

const drawAgain = ({ pick, chance: maybe }: Random): Pick<Plan, 'again'> =>
  maybe(0.6) ? { again: pick(['never', 'never', '20 days', '2 months', 'each time']) } : {};

const plansOf = (stage: string, chance: Random): readonly Plan[] => {
  const { pick, chance: maybe } = chance;
  const again = () => drawAgain(chance);
  const when = () =>
    maybe(0.3) ? { when: pick([care, { not: care }, { since: 'joining', lt: '17 days' }] as const) } : {};
  switch (stage) {
    case 'passive':
      return [{ on: 'stay', after: pick(['2 days', '6 hours']), message: 'tips', ...again(), ...when() }];
    case 'new':
      return [
        { message: 'tips', ...again(), ...when() },
        { on: 'exit', message: 'offer', ...again(), ...when() },
      ];
    case 'active':
      return [
        { on: 'entry', message: 'offer', ...again(), ...when() },
        { on: 'stay', after: '3 days', message: 'offer', ...again() },
        { on: 'exit', message: 'miss-you', ...again() },
      ];
    case 'at-risk':
      return [{ on: 'stay', after: pick(['1 day', '12 hours']), message: 'tips', ...again(), ...when() }];
    case 'near':
      return [
        { message: 'tips', ...again(), ...when() },
        { on: 'exit', message: 'offer', ...again() },
      ];
    default:
      return [];
  }
};

const withPlans = (stage: Stage, chance: Random): Stage => {
  const messages = plansOf(stage.id, chance).filter(() => chance.chance(0.7));
  const forward = stage.message !== undefined && chance.chance(0.2) ? { onlyForward: true } : {};
  return { ...stage, ...forward, ...(messages.length > 0 ? { messages } : {}) };
};

const drawMessages = ({ messages }: Document, { pick, chance: maybe }: Random): Document['messages'] =>
  [
    ...messages,
    { id: 'tips', title: 'Tips', purpose: 'membership', templates: text('Tips') },
    { id: 'offer', title: 'Offer', purpose: 'marketing', templates: text('Offer') },
  ].map((message) => ({
    ...message,
    ...(maybe(0.4) ? { priority: pick([-1, 1, 2]) } : {}),
    ...(maybe(0.3) ? { staleAfter: pick(['12 hours', '2 days', '20 days']) } : {}),
  }));

/** A model with plans of messages and a contact policy; with one of them, or with neither. */
export const withContact = (document: Document, chance: Random): Document => {
  const { chance: maybe } = chance;
  const plans = maybe(0.6);
  const policy = maybe(0.6);
  const journeys = document.journeys.map((journey) => ({
    ...journey,
    stages: journey.stages.map((stage) => withPlans(stage, chance)),
  }));
  return {
    ...document,
    ...(plans ? { journeys } : {}),
    messages: drawMessages(document, chance),
    ...(policy ? { contactPolicy: drawPolicy(chance) } : {}),
  };
};
