import type { SendMessage } from '../../events/effect.ts';
import { isTimeZone } from '../../shared/kernel/calendar-period.ts';
import { milliseconds } from '../../shared/kernel/duration.ts';
import { mayWrite, stillSo } from '../../shared/mailing/may-write.ts';
import { arbitrate, type Verdict, type Wish } from '../../shared/mailing/restraint/arbitrate.ts';
import { contactRules, NO_RULES } from '../../shared/mailing/restraint/contact-rules.ts';
import {
  counting,
  type Tally,
  type Waiting,
  withoutWaiting,
  withWaiting,
} from '../../shared/mailing/restraint/tally.ts';
import type { PublishedModel } from '../../shared/scoring/published-model.ts';
import type { Snapshot } from '../../shared/scoring/snapshot.ts';
import type { Standing } from '../../shared/scoring/standing.ts';

/** What a message is about to be sent in. */
export type Occasion = {
  readonly model: PublishedModel;
  readonly standing: Standing;
  readonly snapshot: Snapshot;
  /** Epoch ms. */
  readonly now: number;
  /** The organisation's IANA time zone. */
  readonly zone: string;
  /** Whether it is withheld in any case, to see what it does. */
  readonly heldOut: boolean;
};

const wishOf = ({ model }: PublishedModel, { id, message, decidedAt, again }: SendMessage): Wish | undefined => {
  const wanted = model.messages.find((one) => one.id === message);
  const { purpose, priority = 0 } = wanted ?? {};
  return purpose && { id, message, decidedAt, purpose, priority, ...(again === undefined ? {} : { again }) };
};

/** The member's own zone, where it is one. */
const zoneOf = ({ profile }: Standing, organisation: string): string => {
  const { timeZone } = profile.attributes;
  return typeof timeZone === 'string' && isTimeZone(timeZone) ? timeZone : organisation;
};

/** What was decided together with a message, and what waits and may go now. */
const rivalsOf = ({ model, snapshot, standing, now }: Occasion, { waiting }: Tally): readonly Wish[] => {
  const decided = snapshot.outbox.flatMap((effect) =>
    effect.kind === 'message' && !stillSo(effect, standing, snapshot.announced, now, model.compiled.staleAfter)
      ? (wishOf(model, effect) ?? [])
      : [],
  );
  const known = new Set(waiting.map(({ id }) => id));
  return [
    ...waiting.filter(({ until, staleAt }) => until <= now && staleAt >= now),
    ...decided.filter(({ id }) => !known.has(id)),
  ].filter(({ purpose }) => mayWrite(purpose, standing, now).may);
};

type Outlook = { readonly verdict: Verdict; readonly heldOut: boolean; readonly now: number; readonly horizon: number };

const afterwards = ({ verdict, heldOut, now, horizon }: Outlook, wish: Wish, tally: Tally): Tally => {
  const { id, message, purpose } = wish;
  switch (verdict.kind) {
    case 'go':
      return counting(tally, { id, message, purpose, at: now, ...(heldOut ? { heldOut } : {}) }, horizon);
    case 'wait': {
      const waiting: Waiting = { ...wish, until: verdict.until, staleAt: verdict.staleAt };
      return withWaiting(tally, waiting);
    }
    case 'drop':
      return tally.waiting.some((one) => one.id === id) ? withoutWaiting(tally, id) : tally;
  }
};

/** Whether any stage sends a message not each time: then it must be remembered whenever it is sent. */
const isOnceOnly = ({ model }: PublishedModel, message: string): boolean =>
  model.journeys.some(({ stages }) =>
    stages.some(({ messages = [] }) => messages.some((one) => one.message === message && one.again !== 'each time')),
  );

export type MayGoDeps = {
  /** Reads what a member was written, and writes what is to become of it; asks again if somebody else writes meanwhile. */
  readonly reckon: <Result>(
    member: string,
    ask: (tally: Tally) => { readonly tally: Tally; readonly result: Result },
  ) => Promise<Result>;
};

/**
 * Whether a message goes now, waits, or is dropped, by the model's contact policy. One that goes is counted; one that
 * would go but is withheld counts as received, and fills no place.
 */
export const mayGo = async ({ reckon }: MayGoDeps, effect: SendMessage, occasion: Occasion): Promise<Verdict> => {
  const { model, standing, now, zone, heldOut } = occasion;
  const policy = contactRules(model);
  const wish = wishOf(model, effect);
  if (!wish || (!policy && !isOnceOnly(model, effect.message))) return { kind: 'go' };
  // Without a policy nothing ranks and nothing waits, but what comes seldom is remembered.
  const rules = policy ?? NO_RULES;
  const own = model.model.messages.find(({ id }) => id === wish.message)?.staleAfter;
  const staleAfter = own === undefined ? model.compiled.staleAfter : milliseconds(own);
  return reckon(effect.member, (tally) => {
    const rivals = policy ? rivalsOf(occasion, tally) : [];
    const scene = { rules, tally, rivals, standing, now, staleAfter };
    const verdict = arbitrate({ ...scene, zone: zoneOf(standing, zone) }, wish);
    return { tally: afterwards({ verdict, heldOut, now, horizon: rules.horizon }, wish, tally), result: verdict };
  });
};
