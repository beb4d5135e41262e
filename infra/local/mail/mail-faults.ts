/**
 * What may happen between SES and whoever sends. `answer-lost`: the mail is taken, and the connection breaks before the
 * answer. `not-taken`: the connection breaks before the mail is taken.
 */
export const mailFaults = ['answer-lost', 'not-taken'] as const;
export type MailFault = (typeof mailFaults)[number];

/** The connection breaks, and whoever sends cannot know where it was. */
export class CutOff extends Error {
  override readonly name = 'CutOff';
}

/** Faults to come, for the mails that are sent next. */
export const faultsAhead = () => {
  const ahead: MailFault[] = [];
  return {
    /** Lets it happen to this many mails. */
    plan: (fault: MailFault, times: number): void => void ahead.push(...Array.from({ length: times }, () => fault)),
    next: (): MailFault | undefined => ahead.shift(),
  };
};
export type FaultsAhead = ReturnType<typeof faultsAhead>;
