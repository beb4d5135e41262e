import type { Activity } from '../../../events/envelope.ts';
import type { Doing } from './habits.ts';
import type { Random } from './random.ts';

/** The part of an activity event that says what was done. */
export type Happening = Pick<Activity, 'type' | 'data'>;

const meetings = ['branch-meeting', 'pay-evening', 'may-day', 'open-house', 'study-circle'] as const;
const newsletters = ['newsletter', 'invitation', 'pay-survey'] as const;

const makers: Readonly<Record<Doing, (chance: Random) => Happening>> = {
  discount: (chance) => ({
    type: 'benefit.used',
    data: { benefit: chance.pick(['cinema', 'insurance', 'fuel', 'holiday-home', 'gym']) },
  }),
  course: (chance) => ({ type: 'benefit.used', data: { benefit: chance.pick(['course', 'career-coaching']) } }),
  'legal-advice': () => ({ type: 'benefit.used', data: { benefit: 'legal-advice' } }),
  meeting: (chance) => ({
    type: 'event.attended',
    data: {
      event: chance.pick(meetings),
      role: chance.weighted({ participant: 90, organiser: 7, speaker: 3 }),
    },
  }),
  visit: (chance) => ({
    type: 'site.visited',
    data: { topic: chance.pick(['news', 'benefits', 'contacts', 'working-hours', 'pension']) },
  }),
  'visit-joining': (chance) => ({
    type: 'site.visited',
    data: { topic: chance.pick(['joining', 'pay', 'unemployment-fund']) },
  }),
  click: (chance) => ({ type: 'email.clicked', data: { message: chance.pick(newsletters) } }),
  survey: (chance) => ({
    type: 'survey.answered',
    data: { survey: 'how-are-we-doing', rating: chance.between(3, 5) },
  }),
  'sad-survey': (chance) => ({
    type: 'survey.answered',
    data: { survey: 'how-are-we-doing', rating: chance.between(1, 2) },
  }),
  question: () => ({ type: 'form.submitted', data: { form: 'contact' } }),
  'join-help': () => ({ type: 'form.submitted', data: { form: 'join-help' } }),
  'failed-payment': (chance) => ({
    type: 'payment.failed',
    data: { amount: chance.pick([250, 395, 480]), currency: 'EUR' },
  }),
};

/** An activity as a source would report it. */
export const happening = (chance: Random, doing: Doing): Happening => makers[doing](chance);
