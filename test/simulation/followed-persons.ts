import type { PostedAct } from './followed-acts.ts';
import type { Happening } from './reports.ts';

/*
 * Which acts pass for those of a person, reckoned anew from what is written about it (docs/deliverability.md).
 */

const MINUTE = 60_000;
const AT_ONCE = 5_000;
export type Act = Pick<PostedAct, 'key' | 'at'>;

const isOpen = ({ key }: Act) => key === 'open';
const near = (one: Act, other: Act) => Math.abs(one.at - other.at) < AT_ONCE;

/** Whether an act passes for a person's, in a mail that arrived at an instant (epoch ms), beside all of these. */
export const isPersons = (act: Act, acts: readonly Act[], arrivedAt: number): boolean => {
  if (act.at - arrivedAt < MINUTE) return false;
  const clicks = acts.filter((one) => !isOpen(one));
  const isTried = (one: Act) => clicks.some((other) => other.key !== one.key && near(one, other));
  if (!isOpen(act)) return !isTried(act);
  return !clicks.some((one) => near(one, act) && isTried(one));
};

/** Whether SES tells of a look at a mail, as it does of any mail: too soon for a person. */
export const isLook = ({ type }: Happening): boolean => type === 'Open' || type === 'Click';

/** The acts that a claim shows, as it was read. */
export const actsIn = (row: object): Act[] =>
  Object.keys(row).flatMap((name) => {
    const [prefix, kind = '', at, link] = name.split('#');
    return prefix === 'act' ? [{ key: kind === 'open' ? kind : (link ?? ''), at: Number(at) }] : [];
  });

/** When the mail arrived, as the claim has it, epoch ms. */
export const arrivalIn = (row: object): number | undefined => {
  const arrived = Object.entries(row).find(([name]) => name === 'fate#delivered')?.[1];
  return arrived ? Number(arrived.N) : undefined;
};

export const isSame = (one: Act, other: Act) => one.key === other.key && one.at === other.at;
