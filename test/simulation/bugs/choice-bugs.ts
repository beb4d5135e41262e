import type { Bug } from './bug.ts';
import { deliverWith } from './deliver-with.ts';

const HOUR = 3_600_000;

/** What is asked of a key, and remembered for an hour. */
const remembered = <Answer>(ask: (key: string) => Promise<Answer>, now: () => number) => {
  const known = new Map<string, { readonly at: number; readonly answer: Promise<Answer> }>();
  return (key: string): Promise<Answer> => {
    const before = known.get(key);
    const one = before && now() - before.at < HOUR ? before : { at: now(), answer: ask(key) };
    known.set(key, one);
    return one.answer;
  };
};

/** What goes wrong with what members say themselves. */
export const choiceBugs: readonly Bug[] = [
  {
    name: 'asked-before-the-claim',
    says: 'what is known of a member and of their address was asked an hour before the claim, and is not asked under it',
    isRare: true,
    wiring: deliverWith(({ choices, addressRecord, snapshot, now }) => ({
      choices: remembered(choices, now),
      addressRecord: remembered(addressRecord, now),
      snapshot: remembered(snapshot, now),
    })),
  },
];
