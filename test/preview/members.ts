import fc from 'fast-check';
import type { ActivityEvent } from '../../events/envelope.ts';
import { openBook } from '../../shared/preview/book.ts';
import type { Tally } from '../../shared/preview/tally.ts';
import type { Side } from '../../shared/preview/walk.ts';
import { compile } from '../../shared/scoring/compile.ts';
import { Model } from '../../shared/scoring/model.ts';
import { history } from '../support/arbitrary.ts';
import { day, document } from '../support/given.ts';

export const side = (parts: object = {}): Side => {
  const model = Model.parse({ ...document, ...parts });
  return { model, compiled: compile(model) };
};

const [lead, member] = document.journeys;

/** The small model, and a draft of it in which advice is worth less, visits more, and risk begins earlier. */
export const current = side();
export const draft = side({
  rules: document.rules.map((rule) =>
    rule.id === 'legal-advice' ? { ...rule, points: 15 } : rule.id === 'visited' ? { ...rule, points: 6 } : rule,
  ),
  journeys: [
    lead,
    {
      ...member,
      stages: member?.stages.map((stage) =>
        stage.id === 'at-risk' ? { ...stage, enter: { since: 'activity', gte: '30 days' } } : stage,
      ),
    },
  ],
});

export const span = { from: day(100), at: day(220) };
export const comparison = { current, draft, span, zone: 'Europe/Helsinki' };

export type Person = readonly [member: string, events: readonly ActivityEvent[]];

/** Everybody consents now and then, and has an address. */
const withAddress = (events: readonly ActivityEvent[]): ActivityEvent[] =>
  events.map((event) => ({ ...event, email: 'maija@example.org' }));

/** Any few people with any history. */
export const people = (maxLength: number, minLength = 0): fc.Arbitrary<Person[]> =>
  fc
    .array(history(25), { minLength, maxLength })
    .map((histories) => histories.map((events, i): Person => [`m-${i}`, withAddress(events)]));

export const tallyOf = (persons: readonly Person[]): Tally => {
  const book = openBook(comparison);
  for (const [member, events] of persons) book.add(member, events);
  return book.tally();
};
