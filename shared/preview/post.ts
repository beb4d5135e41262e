import type { Effect, SendMessage } from '../../events/effect.ts';
import { decide, freshAt } from '../journeys/decide.ts';
import { nextStay } from '../journeys/planned-messages.ts';
import type { Barred } from '../mailing/barred.ts';
import { barredAt, type Heard, isWithheld, NOTHING_HEARD, withGraves } from '../mailing/heard.ts';
import { mayWrite, type Refusal, stillSo } from '../mailing/may-write.ts';
import { HELD_OUT } from '../mailing/measuring/trials.ts';
import type { Hold, Verdict } from '../mailing/restraint/arbitrate.ts';
import { softBouncesOf } from '../mailing/restraint/contact-rules.ts';
import { isMeant } from '../mailing/restraint/is-meant.ts';
import { isUnruled, ruled, staleAnyway } from '../mailing/restraint/ruled.ts';
import { NO_TALLY, type Tally } from '../mailing/restraint/tally.ts';
import { advance } from '../scoring/advance.ts';
import { NOBODY } from '../scoring/evolve.ts';
import { earlier } from '../scoring/instants.ts';
import type { PublishedModel } from '../scoring/published-model.ts';
import type { Announced, Profile, Standing } from '../scoring/standing.ts';

/** Why a message would not have gone out. */
type Withheld = Refusal | Barred | 'not-meant' | typeof HELD_OUT | Extract<Verdict, { kind: 'drop' }>['why'];

/** What would have become of a message or of a notice to the owner, at an instant (epoch ms). */
export type Fate = { readonly at: number } & (
  | { readonly kind: 'alert'; readonly journey: string; readonly stage: string }
  | {
      readonly kind: 'sent';
      readonly message: string;
      /** What was known of the member then. */
      readonly profile: Profile;
      /** Why it had waited until then. */
      readonly waited?: Hold;
    }
  | { readonly kind: 'withheld'; readonly message: string; readonly why: Withheld }
  /** Not gone yet at the end. */
  | { readonly kind: 'waiting'; readonly message: string; readonly why: Hold }
);

export type Route = {
  readonly member: string;
  /** The organisation's IANA time zone. */
  readonly zone: string;
  readonly heard?: Heard;
};

/** What was told of a member, and what they were sent. */
export type Told = { readonly announced: Announced; readonly tally: Tally };
/** The same as deliver sees it, with what was decided last. */
type State = { announced: Announced; outbox: readonly Effect[]; tally: Tally; present: Standing };
type Waiting = { readonly effect: SendMessage; readonly until: number; readonly why: Hold };

/** Whether it may be written just now; the same questions as those before a real mail, in the same order. */
const judged = (
  side: Pick<PublishedModel, 'model' | 'compiled'>,
  effect: SendMessage,
  { announced, outbox, tally }: State,
  standing: Standing,
  now: number,
  { zone, heard = NOTHING_HEARD }: Route,
): { readonly tally: Tally; readonly result: Verdict | { readonly kind: 'drop'; readonly why: Withheld } } => {
  const drop = (why: Withheld) => ({ tally, result: { kind: 'drop', why } as const });
  const gone = stillSo(effect, standing, announced, now, staleAnyway(side, effect.message));
  if (gone) return drop(gone);
  const message = side.model.messages.find(({ id }) => id === effect.message);
  if (!message) return drop('not-meant');
  const permission = mayWrite(message.purpose, standing, now);
  if (!permission.may) return drop(permission.why);
  const bar = barredAt(message.purpose, heard, permission.to, softBouncesOf(side.model.contactPolicy), now);
  if (bar) return drop(bar);
  if (!isMeant(side, effect, standing, now)) return drop('not-meant');
  const heldOut = isWithheld(side.model, effect.message, heard);
  const said = isUnruled(side, effect)
    ? { tally, result: { kind: 'go' } as const }
    : ruled(effect, { model: side, standing, snapshot: { outbox, announced }, now, zone, heldOut }, tally);
  return heldOut && said.result.kind === 'go' ? { ...said, result: { kind: 'drop', why: HELD_OUT } } : said;
};

/**
 * The post of one member as a model would have had it, had every event been heard of at once and every tick come in
 * time: decides with the very functions that the real post uses. Told of the standings in the order of time.
 */
export const openPost = (
  side: Pick<PublishedModel, 'model' | 'compiled'>,
  route: Route,
  told: Told = { announced: {}, tally: NO_TALLY },
) => {
  const { compiled } = side;
  const { heard = NOTHING_HEARD } = route;
  const fates: Fate[] = [];
  const state: State = { ...told, outbox: [], present: NOBODY };
  let waiting: readonly Waiting[] = [];
  const staying = compiled.journeys.some(({ stages }) =>
    stages.some(({ plans }) => plans.some(({ stay }) => stay !== undefined)),
  );

  const carry = (effect: SendMessage, now: number, waited?: Hold): void => {
    const { message } = effect;
    const standing = { ...state.present, profile: withGraves(state.present.profile, heard) };
    const { tally, result } = judged(side, effect, state, standing, now, route);
    state.tally = tally;
    if (result.kind === 'wait') {
      waiting = [...waiting, { effect, until: result.until, why: waited ?? result.why }];
    } else if (result.kind === 'drop') fates.push({ at: now, kind: 'withheld', message, why: result.why });
    else {
      const { profile } = standing;
      fates.push({ at: now, kind: 'sent', message, profile, ...(waited === undefined ? {} : { waited }) });
    }
  };

  /** Looks at those that wait once more. */
  const recall = (which: (one: Waiting) => boolean, now: number): void => {
    const due = waiting.filter(which);
    waiting = waiting.filter((one) => !which(one));
    for (const { effect, why } of due) carry(effect, now, why);
  };

  /**
   * What follows from a standing as it is at an instant: told, and carried out.
   * @param byModel whether another model alone has changed it, and everybody is to hear of that
   */
  const look = (standing: Standing, now: number, byModel = false): void => {
    state.present = standing;
    const isNews = byModel ? () => true : freshAt(now, compiled);
    const decision = decide(compiled, state.announced, standing, {
      ...{ member: route.member, model: 0, now, isNews, byModel },
    });
    const sentAgain = new Set(state.outbox.map(({ id }) => id));
    state.announced = decision.announced;
    state.outbox = decision.effects;
    // A commit sends what the last one decided once more: what waits is looked at then.
    recall(({ effect }) => sentAgain.has(effect.id), now);
    for (const effect of decision.effects) {
      if (effect.kind === 'message') carry(effect, now);
      if (effect.kind === 'alert') fates.push({ at: now, kind: 'alert', journey: effect.journey, stage: effect.stage });
    }
  };

  /** The next instant at which somebody looks without anything happening, and whether only at what waits. */
  const next = (changes: readonly number[]): { readonly at: number; readonly looks: boolean } | undefined => {
    const stay = staying ? nextStay(compiled.journeys, state.announced, state.present) : undefined;
    const look = earlier(changes[0], stay);
    const held = waiting.reduce<number | undefined>((first, { until }) => earlier(first, until), undefined);
    const at = earlier(look, held);
    return at === undefined ? undefined : { at, looks: at === look };
  };

  return {
    look,
    /**
     * Lets time pass to just before an instant (epoch ms).
     * @param changes the instants on the way at which time alone changes a stage, ascending
     */
    pass(standing: Standing, changes: readonly number[], until: number): void {
      let left = changes;
      for (let now = next(left); now && now.at < until; now = next(left)) {
        const { at, looks } = now;
        left = left.filter((change) => change > at);
        const present = advance(compiled, standing, at).standing;
        if (looks) look(present, at);
        state.present = present;
        recall((one) => one.until <= at, at);
      }
    },
    told: (): Told => ({ announced: state.announced, tally: state.tally }),
    /** What has become of everything by an instant (epoch ms), in the order of time. */
    fates: (at: number): readonly Fate[] => [
      ...fates,
      ...waiting.map(({ effect: { message }, why }) => ({ at, kind: 'waiting', message, why }) as const),
    ],
  };
};
