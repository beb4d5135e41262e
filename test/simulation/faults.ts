import { type Random, random } from './random.ts';

/** The classes of faults. Each has a rate of its own in every seed. */
export const faultKinds = {
  duplicate: 'a message is handed out again while somebody holds it, or after it was dealt with',
  reorder: 'messages are handed out in another order than they came',
  delay: 'a message shows up to 14 days later',
  'late-event': 'a source sends an event up to 14 days late',
  correction: 'a source sends something else under a key that it has used',
  'answer-lost': 'a call is carried out, and its answer gets lost',
  'not-run': 'a call fails before it has any effect',
  throttled: 'a call is refused for the rate',
  outage: 'a service refuses all calls of an instance for a while',
  retried: 'an answer is lost, the SDK calls again, and the condition of the write does not hold any more',
  'partial-send': 'a part of a batch of messages is not taken',
  'partial-read': 'a part of a batch of keys is left unread',
  'partial-write': 'a part of a batch of statements is not carried out',
  'statement-lost': 'a statement of a batch is carried out, and its answer says that nobody knows',
  'crash-before': 'an instance dies before a call',
  'crash-after': 'an instance dies after a call',
  zombie: 'an instance stops past the visibility time-out, and goes on then',
  'time-jump': 'the clock jumps while functions run',
  skew: 'the clock of an instance is up to ten minutes off',
  'stale-index': 'an index shows what was, some changes ago',
  'double-schedule': 'a schedule starts its function twice at once',
  'late-schedule': 'a schedule starts its function late',
  'model-change': 'a new model is published in the middle of it all',
  'other-code': 'an instance runs code whose snapshots have another format',
  redrive: 'what was given up is sent once more',
  'mail-lost': 'SES takes a mail, and the answer never comes',
  'mail-refused': 'SES says no to a mail',
  'report-lost': 'SES never tells what became of a mail',
  'report-late': 'SES tells it up to three days later',
} as const;
export type FaultKind = keyof typeof faultKinds;
export const allFaults = Object.keys(faultKinds).filter((kind): kind is FaultKind => kind in faultKinds);

/** A fault that happened: the how-manieth time that one could have, and its kind. */
export type Fault = { readonly at: number; readonly kind: FaultKind };

export type Rates = Partial<Record<FaultKind, number>>;

/** Kinds that have few chances in a seed strike more readily. */
const readily: Rates = {
  'late-event': 3,
  correction: 3,
  skew: 4,
  'double-schedule': 4,
  'late-schedule': 4,
  'model-change': 8,
  'other-code': 3,
  redrive: 5,
  delay: 0.5,
  zombie: 0.3,
  outage: 0.2,
  'mail-lost': 300,
  'mail-refused': 40,
  'report-lost': 80,
  'report-late': 100,
};

/** There are few mails in a seed. */
const aboutMails = new Set<FaultKind>(['mail-lost', 'mail-refused', 'report-lost', 'report-late']);

/** Nothing would ever get done where more goes wrong; but for lost mails, which are not sent again. */
const highest = (kind: FaultKind): number => {
  if (kind === 'mail-lost') return 1;
  return aboutMails.has(kind) ? 0.8 : 0.6;
};

/** What can be drawn for a seed: nothing, one kind alone, or about half of them, each at a rate of its own. */
export const drawRates = (chance: Random): Rates => {
  const rates: Rates = {};
  const rate = () => chance.pick([0.01, 0.03, 0.08, 0.2]);
  const style = chance.next();
  if (style < 0.06) return rates;
  if (style < 0.3) {
    const kind = chance.pick(allFaults);
    return { [kind]: Math.min(0.6, chance.pick([0.03, 0.08, 0.2, 0.4]) * (readily[kind] ?? 1)) };
  }
  // Rare faults where many kinds come together, or nothing would ever get done.
  const few = chance.pick([0.25, 0.5, 1]);
  for (const kind of allFaults) {
    if (chance.chance(aboutMails.has(kind) ? 0.9 : 0.5))
      rates[kind] = Math.min(highest(kind), rate() * few * (readily[kind] ?? 1));
  }
  return rates;
};

export type FaultOptions = {
  readonly seed: number;
  readonly rates: Rates;
  /** Only these happen, whatever is drawn: to play a seed again with fewer of them. */
  readonly only?: readonly Fault[] | undefined;
  /** Only calls of this function are struck. */
  readonly within?: string | undefined;
};

/** Says when a fault happens, and keeps count. */
export const faults = ({ seed, rates, only, within = '' }: FaultOptions) => {
  const chosen = only && new Map(only.map(({ at, kind }) => [at, kind]));
  const dice = random(seed, 'faults');
  const happened: Fault[] = [];
  let chances = 0;
  let on = true;
  return {
    happened: happened as readonly Fault[],
    rates,
    /** Whether a fault of the kind happens here, to an instance or to nobody. If so: chance of its own, for the rest of what is to be said of it. */
    strike: (kind: FaultKind, actor = ''): Random | undefined => {
      const rate = rates[kind];
      if (!on || rate === undefined || !actor.startsWith(within)) return undefined;
      const at = chances++;
      const drawn = dice.next() < rate;
      if (chosen ? chosen.get(at) !== kind : !drawn) return undefined;
      happened.push({ at, kind });
      return random(seed * 65_537 + at, kind);
    },
    /** Nothing goes wrong from here on. */
    end: (): void => {
      on = false;
    },
    isOn: (): boolean => on,
    /** How often one could have happened. */
    chances: (): number => chances,
  };
};
export type Faults = ReturnType<typeof faults>;
