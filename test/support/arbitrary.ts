import fc from 'fast-check';
import type { ActivityEvent } from '../../events/envelope.ts';
import { day } from './given.ts';

const types = [
  'member.joined',
  'member.left',
  'member.updated',
  'member.tagged',
  'member.untagged',
  'lead.created',
  'event.attended',
  'site.visited',
  'benefit.used',
  'payment.failed',
  'consent.given',
  'never.heard-of',
];

/** Few instants and ids, so that events meet, tie and come twice. */
const one: fc.Arbitrary<ActivityEvent> = fc.record({
  source: fc.constantFrom('crm', 'web'),
  id: fc.integer({ min: 0, max: 60 }).map(String),
  member: fc.constant('maija'),
  type: fc.constantFrom(...types),
  time: fc
    .record({ days: fc.integer({ min: 0, max: 200 }), hours: fc.constantFrom(0, 0, 1, 7.13) })
    .map(({ days, hours }) => day(days + hours / 24)),
  data: fc.constantFrom<ActivityEvent['data'][]>(
    {},
    { benefit: 'legal-advice' },
    { purpose: 'membership' },
    { attributes: { branch: 'north', language: 'fi' } },
    { attributes: { branch: null } },
    { attributes: { renewalDate: '2026-03-15', tags: ['board'] } },
    { attributes: { renewalDate: '2026-06-30T23:15:00Z' } },
    { attributes: { renewalDate: 'next spring' } },
    { tags: ['choir', 'Board'] },
    { tags: ['choir'], starts: '2026-03-01' },
  ),
});

/** Any history of one member: each event once, in any order. */
export const history = (maxLength = 40): fc.Arbitrary<ActivityEvent[]> =>
  fc.uniqueArray(one, { maxLength, selector: ({ source, id }) => `${source}#${id}` });
