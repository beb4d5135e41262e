import type { SendMessage } from '../../../events/effect.ts';
import { isTimeZone } from '../../kernel/calendar-period.ts';
import { milliseconds } from '../../kernel/duration.ts';
import type { PublishedModel } from '../../scoring/published-model.ts';
import type { Snapshot } from '../../scoring/snapshot.ts';
import type { Standing } from '../../scoring/standing.ts';
import { mayWrite, stillSo } from '../may-write.ts';
import { arbitrate, type Verdict, type Wish } from './arbitrate.ts';
import { contactRules, NO_RULES } from './contact-rules.ts';
import { counting, type Tally, type Waiting, withoutWaiting, withWaiting } from './tally.ts';

type WithDocument = Pick<PublishedModel, 'model' | 'compiled'>;

/** What a message is about to be sent in. */
export type Occasion = {
  readonly model: WithDocument;
  readonly standing: Standing;
  /** What was decided last, and what was told. */
  readonly snapshot: Pick<Snapshot, 'outbox' | 'announced' | 'erasedAt'>;
  /** Epoch ms. */
  readonly now: number;
  /** The organisation's IANA time zone. */
  readonly zone: string;
  /** Whether it is withheld in any case, to see what it does. */
  readonly heldOut: boolean;
};

const wishOf = ({ model }: WithDocument, { id, message, decidedAt, again }: SendMessage): Wish | undefined => {
  const wanted = model.messages.find((one) => one.id === message);
  const { purpose, priority = 0 } = wanted ?? {};
  return purpose && { id, message, decidedAt, purpose, priority, ...(again === undefined ? {} : { again }) };
};

/** The member's own zone, where it is one. */
const zoneOf = ({ profile }: Standing, organisation: string): string => {
  const { timeZone } = profile.attributes;
  return typeof timeZone === 'string' && isTimeZone(timeZone) ? timeZone : organisation;
};

/** Whether what waits would still be sent, were it its turn. */
const isStillSo = ({ snapshot, standing, now }: Occasion, { of, decidedAt }: Waiting): boolean =>
  !of || !stillSo({ ...of, decidedAt }, standing, snapshot.announced, now, Number.POSITIVE_INFINITY);

/**
 * What was decided together with a message, and what waits and may go now. Whoever has waited has given way to what was
 * decided with it: that has been sent since, or waits too, or will never go, as what SES refused.
 */
const rivalsOf = (occasion: Occasion, { waiting }: Tally, { id: own }: Wish): readonly Wish[] => {
  const { model, snapshot, standing, now } = occasion;
  const hasWaited = waiting.some(({ id }) => id === own);
  const decided = (hasWaited ? [] : snapshot.outbox).flatMap((effect) =>
    effect.kind === 'message' && !stillSo(effect, standing, snapshot.announced, now, model.compiled.staleAfter)
      ? (wishOf(model, effect) ?? [])
      : [],
  );
  const known = new Set(waiting.map(({ id }) => id));
  return [
    ...waiting.filter((one) => one.until <= now && one.staleAt >= now && isStillSo(occasion, one)),
    ...decided.filter(({ id }) => !known.has(id)),
  ].filter(({ purpose }) => mayWrite(purpose, standing, now).may);
};

type Outlook = { readonly verdict: Verdict; readonly heldOut: boolean; readonly now: number; readonly horizon: number };

const changeOf = ({ journey, stage, sequence, on }: SendMessage): NonNullable<Waiting['of']> => ({
  journey,
  stage,
  sequence,
  ...(on === undefined ? {} : { on }),
});

const afterwards = (outlook: Outlook, wish: Wish, effect: SendMessage, tally: Tally): Tally => {
  const { verdict, heldOut, now, horizon } = outlook;
  const { id, message, purpose } = wish;
  switch (verdict.kind) {
    case 'go':
      return counting(tally, { id, message, purpose, at: now, ...(heldOut ? { heldOut } : {}) }, horizon);
    case 'wait': {
      const { until, staleAt } = verdict;
      return withWaiting(tally, { ...wish, until, staleAt, of: changeOf(effect) });
    }
    case 'drop':
      return withoutWaiting(tally, id);
  }
};

/** Whether any stage sends a message not each time: then it must be remembered whenever it is sent. */
const isOnceOnly = ({ model }: WithDocument, message: string): boolean =>
  model.journeys.some(({ stages }) =>
    stages.some(({ messages = [] }) => messages.some((one) => one.message === message && one.again !== 'each time')),
  );

/** Whether nothing can hold a message back, and nobody asks later whether it was sent. */
export const isUnruled = (model: WithDocument, { message }: SendMessage): boolean =>
  (!contactRules(model) && !isOnceOnly(model, message)) || !model.model.messages.some(({ id }) => id === message);

/** How long a message is worth sending, ms: its own time, or else as long as the change of stage is news. */
const worthFor = ({ model, compiled }: WithDocument, message: string): number => {
  const own = model.messages.find(({ id }) => id === message)?.staleAfter;
  return own === undefined ? compiled.staleAfter : milliseconds(own);
};

/** How long after the decision, ms, a message goes stale whatever its rules: where a policy may hold it back, they say. */
export const staleAnyway = (model: WithDocument, message: string): number =>
  contactRules(model) ? Number.POSITIVE_INFINITY : worthFor(model, message);

/** Whether a message goes now, waits, or is dropped, by the model's contact policy, and what is remembered of that. */
export const ruled = (
  effect: SendMessage,
  occasion: Occasion,
  tally: Tally,
): { readonly tally: Tally; readonly result: Verdict } => {
  const { model, standing, now, zone, heldOut } = occasion;
  const policy = contactRules(model);
  const wish = wishOf(model, effect);
  if (!wish) return { tally, result: { kind: 'go' } };
  // Without a policy nothing ranks and nothing waits, but what comes seldom is remembered.
  const rules = policy ?? NO_RULES;
  const staleAfter = worthFor(model, wish.message);
  const rivals = policy ? rivalsOf(occasion, tally, wish) : [];
  const verdict = arbitrate({ rules, tally, rivals, standing, now, staleAfter, zone: zoneOf(standing, zone) }, wish);
  return { tally: afterwards({ verdict, heldOut, now, horizon: rules.horizon }, wish, effect, tally), result: verdict };
};
