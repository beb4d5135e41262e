import type { Portrait } from '../../shared/risk/portrait.ts';
import { MONDAY } from './mail-samples.ts';

const DAY = 86_400_000;

/** Somebody whose every text is the same. */
export const portraitOf = (text: string): Portrait => ({
  member: text || 'x',
  profile: { attributes: { firstName: text, lastName: text }, consents: {}, email: 'ann@example.org' },
  stage: text,
  since: MONDAY - 3 * DAY,
  course: {
    score: 'engagement',
    title: text,
    points: [12, 8, 4, 0].map((weeksAgo) => ({ weeksAgo, value: weeksAgo })),
  },
  lastActivity: { at: MONDAY - 90 * DAY, title: text },
  reasons: [
    { kind: 'silent', days: 90 },
    { kind: 'did', title: text, times: 2, last: MONDAY - 90 * DAY },
  ],
  nextStep: text,
});
