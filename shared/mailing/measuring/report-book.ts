import type { ActivityEvent } from '../../../events/envelope.ts';
import { counter, key } from '../../census/counts.ts';
import type { Enrolment, MeasuredMail, Question } from './enrolment.ts';
import { type Follow, resultsAfter } from './outcomes.ts';

/** What is known of a member who has a part in what is asked. */
export type Participant = { readonly enrolment: Enrolment; readonly events: readonly ActivityEvent[] };

/** What became of a mail, in the words that are counted. */
const becameOf = ({ state, fates }: MeasuredMail): string[] => [
  state === 'skipped' ? 'withheld' : state === 'sent' ? 'sent' : 'unsent',
  ...Object.keys(fates),
];

/** Whether somebody followed a link in one of these mails, as far as they have agreed that it is known. */
const hasClicked = ({ enrolment: { mails } }: Participant): boolean =>
  mails.some(({ clicked }) => clicked !== undefined);

const dateOf = (instant: number): string => new Date(instant).toISOString().slice(0, 10);

/** Counts who got what and what came of it, member by member. Keeps numbers, and nobody's name. */
export const openReport = (question: Question, published: Follow['published'], until: number) => {
  const { count, counts } = counter();
  const after = resultsAfter({ published, success: question.success, until });
  return {
    /** A member who is not in the book yet; undefined for one who has no part in it. */
    add(_: string, participant: Participant | undefined): void {
      count('members');
      if (!participant) return;
      const { arm, at, mails } = participant.enrolment;
      count(key('people', arm));
      count(key('day', dateOf(at)));
      for (const mail of mails) for (const word of becameOf(mail)) count(key('mail', arm, word));
      if (hasClicked(participant)) count(key('mail', arm, 'clicked'));
      for (const [horizon, results] of after(at, participant.events)) {
        count(key('due', horizon, arm));
        for (const { kind, name } of results) count(key('hit', horizon, arm, kind, name));
      }
    },
    tally: counts,
  };
};
