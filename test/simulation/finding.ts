/** Something that is not as was promised: by which check, and what. */
export type Finding = { readonly check: Check; readonly says: string };

/** What is demanded. */
export const checks = {
  asked: 'nothing is asked of a service that is not modelled',
  secrets: 'what is signed with a secret that counts is let in, and nothing with one that has ended',
  converges: 'when nothing goes wrong any more, everything comes to rest',
  'nothing-lost': 'what was accepted is in the ledger',
  'nothing-foreign': 'the ledger holds what was sent, as it was sent, and nothing else',
  'append-only': 'what lies in the ledger stays as it is',
  refold: 'the snapshot is the fold of the ledger, byte for byte',
  'model-forwards': 'nobody folds back with an older model',
  'left-behind': 'a rescore that is done has left nobody behind',
  oracle: 'scores, stages and the person are as the definition of the model has them',
  due: 'the next change by time alone is known to the millisecond',
  index: 'the index finds everybody in time',
  announced: 'what was told last is what holds',
  told: 'every change was told, each with one content',
  list: 'the lists by stage show what was told last',
  letters: 'every entry into a stage asks for its mails',
  'given-back': 'what counts under a cap was sent, or may have been',
  hours: 'nobody is written to at an hour at which the contact policy has them left alone',
  caps: 'nobody is written to more often than the contact policy lets them be, in any time of that length',
  again: 'nobody gets once more what they are to get once, or not so soon',
  reason: 'what is put off or dropped is so for a reason that is true',
  reports: 'what is noted of addresses and mails follows from the set of the reports alone',
  settled: 'of every mail it is known what became of it',
  'sent-once': 'no mail is sent twice, and what is noted as sent was sent',
  heard: 'what SES tells of a mail is noted',
  'no-doubt': 'where nothing was doubtful, nothing is unknown',
  'not-skipped': 'no mail is skipped for a reason that cannot be',
  choices: 'what members said themselves holds for every mail that is claimed after it was answered',
  suppressed: 'nobody is written to whose address bounced for good, or who complained, once that was noted',
  consent: 'nobody is written to who has not agreed',
  followed: 'opens and clicks count of persons alone, who had agreed to it; once for each mail and link',
  firsts: 'when a mail was first opened and clicked is shown as it was noted',
  erased: 'of whoever was erased nothing is kept, and nobody writes to them',
  books: 'the points add up to the score',
  shown: 'what staff are shown is right at any moment',
  quarantine: 'what nobody can read is set aside, and nothing else',
  digest: 'every owner has one digest for each run',
} as const;
export type Check = keyof typeof checks;

export const findings = () => {
  const found: Finding[] = [];
  return {
    found: found as readonly Finding[],
    /** Notes it where the demand is not met. */
    demand: (met: boolean, check: Check, says: () => string): void => {
      if (!met) found.push({ check, says: says() });
    },
  };
};
export type Findings = ReturnType<typeof findings>;
