import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factInWords } from '../../shared/explaining/fact-words.ts';
import { moveInWords, reasonsInWords } from '../../shared/explaining/move-words.ts';
import { speechFor } from '../../shared/explaining/speech.ts';
import type { MemberLeaf } from '../../shared/scoring/condition.ts';
import { explain } from '../../shared/scoring/explain.ts';
import { fold } from '../../shared/scoring/fold.ts';
import { leafTest } from '../../shared/scoring/member-test.ts';
import { Model } from '../../shared/scoring/model.ts';
import type { Transition } from '../../shared/scoring/standing.ts';
import { day, document } from '../support/given.ts';
import { anyModel, lifeUnder, published } from './lives.ts';

const grade = { score: 'engagement', from: [30] };
const model = Model.parse({
  ...document,
  grades: [{ id: 'overall', title: 'Overall', letter: grade, number: grade }],
});
const speech = (language: string) => speechFor({ language, fallback: 'en', zone: 'Europe/Oslo' });
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/gu, ' ');
const fact = (leaf: MemberLeaf, language = 'en') => plain(factInWords(model, leaf, speech(language)));

const advice = { field: 'benefit', eq: 'legal-advice' };
/** Every way in which a stage may ask about somebody. */
const tests: readonly (readonly [MemberLeaf, string])[] = [
  [{ score: 'engagement', gte: 25 }, '“Engagement”: at least 25'],
  [{ score: 'engagement', gt: 1, lte: 2.5 }, '“Engagement”: more than 1 and at most 2.5'],
  [{ grade: 'overall', in: ['A1', 'A2'] }, '“Overall”: A1 or A2'],
  [{ since: 'activity', gte: '1 day' }, 'time since the last activity: at least 1 day'],
  [{ since: 'joining', lt: '2 weeks' }, 'time since joining: less than 2 weeks'],
  [{ since: 'leaving', lte: '90 days' }, 'time since leaving: at most 90 days'],
  [{ attribute: 'status', eq: 'lead' }, 'membership: not a member yet'],
  [{ attribute: 'status', in: ['member', 'left'] }, 'membership: member or has left'],
  [{ attribute: 'status', ne: 'member' }, 'membership: other than member'],
  [{ attribute: 'monthly', eq: true }, '“monthly”: yes'],
  [{ attribute: 'region', in: ['north', 'south'] }, '“region”: north or south'],
  [{ attribute: 'region', is: 'North' }, '“region”: North'],
  [{ attribute: 'region', exists: false }, '“region”: not registered'],
  [{ attribute: 'region', exists: true, ne: 'north' }, '“region”: other than north and registered'],
  [{ attribute: 'roles', contains: 'steward' }, '“roles”: contains steward'],
  [{ attribute: 'roles', containsAny: ['chair', 'steward'] }, '“roles”: contains chair or steward'],
  [{ attribute: 'roles', containsAll: ['chair', 'steward'] }, '“roles”: contains chair and steward'],
  [{ attribute: 'branch', startsWith: 'Os' }, '“branch”: begins with Os'],
  [{ attribute: 'renewalDate', withinNext: '30 days' }, '“renewalDate”: at most 30 days ahead'],
  [{ attribute: 'renewalDate', withinLast: '6 months' }, '“renewalDate”: less than 6 months ago'],
  [{ attribute: 'born', olderThan: '18 years' }, '“born”: at least 18 years ago'],
  [{ attribute: 'renewalDate', beyondNext: '1 year' }, '“renewalDate”: more than 1 year ahead'],
  [{ tag: 'choir' }, 'the tag “choir”'],
  [{ tag: ['board', 'committee'] }, 'the tag “board or committee”'],
  [{ count: 'event.attended', gte: 3 }, '“Attended an event”, number of times: at least 3'],
  [{ count: 'event.attended', within: '90 days', eq: 0 }, '“Attended an event”, number of times (within 90 days): 0'],
  [
    { last: 'benefit.used', where: advice, lt: '30 days' },
    'time since the last “Used legal advice”: less than 30 days',
  ],
  [
    { last: 'event.attended', where: { not: { field: 'role', in: ['host', 'guest'] } }, gt: '30 days' },
    'time since the last “Attended an event” (not: role: host or guest): more than 30 days',
  ],
  [{ streak: 'event.attended', periods: 3, per: 'month' }, '“Attended an event” in each of the 3 months before'],
  [{ streak: 'never.heard-of', periods: 1, per: 'week' }, '“never.heard-of” in the week before'],
  [
    { sequence: ['site.visited', 'form.submitted'], within: '14 days' },
    '“Visited the site” and “form.submitted” in this order, within 14 days',
  ],
  [
    { sequence: ['site.visited', { event: 'benefit.used', where: advice }], within: '14 days', lt: '90 days' },
    '“Visited the site” and “Used legal advice” in this order, within 14 days; time since then: less than 90 days',
  ],
  [{ journey: 'member', in: ['active', 'at-risk'] }, '“Member”: “Active” or “At risk”'],
];

describe('the reason for a change of stage', () => {
  it.each(tests)('can be told of %j', (test, words) => expect(fact(test)).toBe(words));

  it.each(['nb', 'sv', 'fi'])('can be told in %s of all that a stage may ask', (language) => {
    for (const [test, english] of tests) {
      const words = fact(test, language);
      expect(words).not.toMatch(/[{}]|undefined|NaN|\[object/);
      if (/at |less |more |time |ahead|ago|contains/.test(english)) expect(words).not.toBe(english);
    }
  });

  it('says what no longer holds of where somebody was, and what must not hold of where they come to', () => {
    const move: Transition = {
      journey: 'member',
      from: 'active',
      to: 'quiet',
      at: day(0),
      because: [
        { stage: 'active', test: { score: 'engagement', gte: 25 }, holds: false },
        { stage: 'active', test: { score: 'engagement', gte: 10 }, holds: false },
        { stage: 'quiet', test: { tag: 'guest' }, holds: false },
      ],
    };
    // Of entry and staying, staying held last.
    const reasons = reasonsInWords(model, move, speech('en'));
    expect(moveInWords(model, move, reasons, speech('en'))).toBe(
      '5 January 2026: Member, from “Active” to “Quiet”. Why: no longer: “Engagement”: at least 10; not: the tag “guest”',
    );
  });

  it('says that a journey ends because it applies no more', () => {
    const [left] = explain(
      published(model).compiled,
      ['member.joined', 'member.left'].map((type, i) => ({
        ...{ source: 'crm', id: type, member: 'maija', type, time: day(i), data: {} },
      })),
      day(2),
    ).transitions.slice(-1);
    const words = left && moveInWords(model, left, reasonsInWords(model, left, speech('en')), speech('en'));
    expect(words).toBe('6 January 2026: Member ends, “Quiet” being the last stage. Why: no longer: membership: member');
  });

  it('is there for every change, and true at its instant, whatever the model and the life', () =>
    fc.assert(
      fc.property(
        anyModel.chain((model) => fc.tuple(fc.constant(published(model)), lifeUnder(model))),
        ([{ compiled, model }, { events, at }]) => {
          const { transitions } = explain(compiled, events, at);
          for (const { because } of transitions) expect(because).not.toEqual([]);
          for (const { because, at: then } of transitions) {
            // What several events of one instant led to, in turn, cannot be asked of its end.
            if (events.filter(({ time }) => time === then).length > 1) continue;
            const known = fold(
              compiled,
              events.filter(({ time }) => time <= then),
            );
            for (const { test, holds } of because.filter(({ test }) => !('journey' in test)))
              expect([test, leafTest(test, { ...compiled, timeZone: model.timeZone }).holds(known, then)]).toEqual([
                test,
                holds,
              ]);
          }
        },
      ),
      { numRuns: 150 },
    ));
});
