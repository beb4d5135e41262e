import type { ActivityEvent } from '../../events/envelope.ts';
import { milliseconds } from '../../shared/kernel/duration.ts';
import { type CompiledModel, compile } from '../../shared/scoring/compile.ts';
import { Model } from '../../shared/scoring/model.ts';

/** Noon of a winter's day: the instant that "day 0" means in the tests of the core. */
export const START = Date.parse('2026-01-05T12:00:00Z');
const DAY = milliseconds('1 day');

/** The instant so many days after the start. */
export const day = (days: number): number => START + Math.round(days * DAY);

/** An event of Maija's, made from what matters about it. */
export const event = (type: string, days: number, rest: Partial<ActivityEvent> = {}): ActivityEvent => ({
  source: 'crm',
  id: `${type}@${days}`,
  member: 'maija',
  type,
  time: day(days),
  data: {},
  ...rest,
});

/** A small model in which every part has a say; tests replace the part that they are about. */
export const document = {
  title: 'A club',
  scores: [{ id: 'engagement', title: 'Engagement', halfLife: '30 days' }],
  rules: [
    { id: 'attended', title: 'Attended an event', on: 'event.attended', score: 'engagement', points: 20 },
    {
      id: 'visited',
      title: 'Visited the site',
      on: 'site.visited',
      score: 'engagement',
      points: 2,
      cap: { times: 3, per: '7 days' },
    },
    {
      id: 'legal-advice',
      title: 'Used legal advice',
      on: 'benefit.used',
      where: { field: 'benefit', eq: 'legal-advice' },
      score: 'engagement',
      points: 40,
    },
    { id: 'payment-failed', title: 'A payment failed', on: 'payment.failed', score: 'engagement', points: -15 },
  ],
  journeys: [
    {
      id: 'lead',
      title: 'Lead',
      appliesTo: { attribute: 'status', eq: 'lead' },
      stages: [
        { id: 'cold', title: 'Cold' },
        { id: 'ready', title: 'Ready', enter: { score: 'engagement', gte: 30 }, alert: true },
      ],
    },
    {
      id: 'member',
      title: 'Member',
      appliesTo: { attribute: 'status', eq: 'member' },
      stages: [
        { id: 'quiet', title: 'Quiet', message: 'hello' },
        {
          id: 'active',
          title: 'Active',
          enter: { score: 'engagement', gte: 25 },
          stay: { score: 'engagement', gte: 10 },
        },
        {
          id: 'at-risk',
          title: 'At risk',
          enter: {
            all: [
              { since: 'activity', gte: '60 days' },
              { score: 'engagement', lt: 10 },
            ],
          },
          stay: { since: 'activity', gte: '30 days' },
          alert: true,
          atRisk: true,
        },
      ],
    },
  ],
  messages: [
    {
      id: 'hello',
      title: 'Hello',
      purpose: 'membership',
      templates: { en: { subject: 'Hello', preheader: 'From us', body: '<mj-text>Hello</mj-text>' } },
    },
  ],
};

/** The small model, compiled, with some of its parts replaced. */
export const model = (parts: object = {}): CompiledModel => compile(Model.parse({ ...document, ...parts }));
