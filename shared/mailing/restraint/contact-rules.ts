import { Purpose } from '../../../events/purpose.ts';
import { milliseconds } from '../../kernel/duration.ts';
import type { CompiledModel } from '../../scoring/compile.ts';
import { type ContactPolicy, weekdays } from '../../scoring/contact-policy.ts';
import type { MemberTest } from '../../scoring/instants.ts';
import { memberTest } from '../../scoring/member-test.ts';
import type { PublishedModel } from '../../scoring/published-model.ts';
import type { SoftBounces } from '../feedback/suppression.ts';
import type { DecentHours } from '../hours/decent-hours.ts';

export type ContactCap = {
  readonly messages: number;
  /** ms */
  readonly per: number;
  readonly purposes: ReadonlySet<Purpose>;
  readonly when: MemberTest | undefined;
};

/** The contact policy, ready to be asked. */
export type ContactRules = {
  /** Undefined: every hour is as good as another. */
  readonly hoursFor: (purpose: Purpose) => DecentHours | undefined;
  readonly caps: readonly ContactCap[];
  /** ms */
  readonly gap: number;
  /** How far back anything is counted, ms. */
  readonly horizon: number;
};

export const SOFT_BOUNCES: SoftBounces = { times: 3, per: milliseconds('14 days') };

export const softBouncesOf = (policy: ContactPolicy | undefined): SoftBounces =>
  policy ? { times: policy.softBounces.times, per: milliseconds(policy.softBounces.per) } : SOFT_BOUNCES;

const HOUR = milliseconds('1 hour');
const MINUTE = milliseconds('1 minute');

const timeOfDay = (clock: string): number => {
  const [hours, minutes] = clock.split(':');
  return Number(hours) * HOUR + Number(minutes) * MINUTE;
};

const hoursOf = (hours: ContactPolicy['decentHours']): ContactRules['hoursFor'] => {
  if (!hours) return () => undefined;
  const held = new Set(hours.purposes ?? Purpose.options);
  const quiet = new Set(hours.quietJuly ?? []);
  const common = {
    from: timeOfDay(hours.from),
    until: timeOfDay(hours.until),
    weekdays: new Set(hours.weekdays.map((day) => weekdays.indexOf(day) + 1)),
    holidays: hours.holidays,
  };
  return (purpose) => (held.has(purpose) ? { ...common, quietJuly: quiet.has(purpose) } : undefined);
};

const rulesOf = (policy: ContactPolicy, compiled: CompiledModel): ContactRules => {
  const caps = policy.caps.map(({ messages, per, purposes, when }) => ({
    messages,
    per: milliseconds(per),
    purposes: new Set(purposes ?? Purpose.options),
    when: when && memberTest(when, compiled),
  }));
  const gap = milliseconds(policy.gap);
  return { hoursFor: hoursOf(policy.decentHours), caps, gap, horizon: Math.max(gap, ...caps.map(({ per }) => per)) };
};

const kept = new WeakMap<ContactPolicy, ContactRules>();

/** Where a model has no contact policy: nothing holds anything back. */
export const NO_RULES: ContactRules = { hoursFor: () => undefined, caps: [], gap: 0, horizon: 0 };

/** What the model's contact policy says; undefined where it has none. */
export const contactRules = ({
  model,
  compiled,
}: Pick<PublishedModel, 'model' | 'compiled'>): ContactRules | undefined => {
  const { contactPolicy } = model;
  if (!contactPolicy) return undefined;
  const rules = kept.get(contactPolicy) ?? rulesOf(contactPolicy, compiled);
  kept.set(contactPolicy, rules);
  return rules;
};
