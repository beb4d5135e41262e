import { type Act, actIn, actKey } from './acts.ts';
import { humanActs } from './human.ts';

/**
 * That the ledger is told of an act, as the first that a person did of its kind; before it machines had done the same so
 * many times. With their number no telling ever comes to hold again that has ceased to: more acts only make machines of
 * persons, or come before others. So what was taken back once need never be told again under the same name.
 */
export type Telling = { readonly act: Act; readonly machines: number };

/** One that was written down before the ledger was told. `link` as the event has it, without what may say of whom it is. */
export type Told = Telling & { readonly link: string | undefined };

/** A text for a telling. */
export const tellingKey = ({ act, machines }: Telling): string => `${machines}#${actKey(act)}`;

/** The telling that a text stands for; undefined where it stands for none. */
export const tellingIn = (key: string): Telling | undefined => {
  const [machines = '', ...rest] = key.split('#');
  const act = actIn(rest.join('#'));
  return act && { act, machines: Number(machines) };
};

/** What is done with a mail in an act: it is opened, or one of its links is followed. */
const thingOf = (act: Act): string => (act.kind === 'open' ? 'open' : `click#${act.link}`);

/** What the ledger should be told of all that was done with a mail. @param arrivedAt as for `humanActs` */
const tellingsOf = (acts: readonly Act[], arrivedAt: number): readonly Telling[] => {
  const firsts = new Map<string, Act>();
  for (const act of humanActs(acts, arrivedAt)) {
    const first = firsts.get(thingOf(act));
    if (!first || act.at < first.at) firsts.set(thingOf(act), act);
  }
  return [...firsts].map(([thing, act]) => ({
    act,
    machines: acts.filter((one) => thingOf(one) === thing && one.at < act.at).length,
  }));
};

/** What is to be done so that the ledger counts what persons did, and nothing else. */
export type Settlement = {
  readonly tell: readonly Told[];
  readonly takeBack: readonly Told[];
};

/**
 * What follows from all that was done with a mail, and all that was told of it. Told is what a person did of the kind that
 * is asked for, and of whatever kind something is taken back; the rest is judged when its own reports come again.
 * @param asked an act that was reported
 */
export const settlement = (
  { acts, told }: { readonly acts: readonly Act[]; readonly told: readonly Told[] },
  arrivedAt: number,
  asked?: Pick<Told, 'act' | 'link'>,
): Settlement => {
  const current = tellingsOf(acts, arrivedAt);
  const keys = new Set(current.map(tellingKey));
  const takeBack = told.filter((one) => !keys.has(tellingKey(one)));
  const links = new Map([...takeBack, ...(asked ? [asked] : [])].map(({ act, link }) => [thingOf(act), link]));
  return {
    tell: current.flatMap((one) => {
      const thing = thingOf(one.act);
      return links.has(thing) ? [{ ...one, link: links.get(thing) }] : [];
    }),
    takeBack,
  };
};
