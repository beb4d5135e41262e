import * as z from 'zod';
import type { ActivityEvent } from '../../events/envelope.ts';
import { iso, isoIf } from '../../shared/api/instant.ts';
import { InLanguage, type MemberNow, MemberPath } from '../../shared/api/members.ts';
import { type Route, route } from '../../shared/api/route.ts';
import { reasonsInWords } from '../../shared/explaining/move-words.ts';
import { speechFor } from '../../shared/explaining/speech.ts';
import { DAY } from '../../shared/kernel/duration.ts';
import { localText } from '../../shared/kernel/text.ts';
import { portrait } from '../../shared/risk/portrait.ts';
import { presentStanding } from '../../shared/risk/present.ts';
import { reasonInWords, staffLanguage } from '../../shared/risk/words.ts';
import { bandOf } from '../../shared/scoring/band-of.ts';
import { explain } from '../../shared/scoring/explain.ts';
import type { PublishedModel } from '../../shared/scoring/published-model.ts';
import { scoreAt } from '../../shared/scoring/score.ts';
import type { Announced, Standing, Transition } from '../../shared/scoring/standing.ts';
import { NO_MEMBER, NO_MODEL } from './answers.ts';
import type { Deps } from './deps.ts';

type View = Pick<Deps, 'zone'> & {
  readonly member: string;
  readonly published: PublishedModel;
  readonly standing: Standing;
  readonly announced: Announced;
  /** Every change of stage so far. */
  readonly transitions: readonly Transition[];
  readonly ledger: readonly ActivityEvent[];
  readonly at: number;
  readonly language: string;
  readonly fallback: string;
};

/** What brought the member to where they stand in a journey. */
const becauseOf = ({ published, transitions, language, fallback, zone }: View, journey: string, stage: string) => {
  const move = transitions.findLast((one) => one.journey === journey);
  if (move?.to !== stage) return [];
  return [...reasonsInWords(published.model, move, speechFor({ language, fallback, zone }))];
};

/** A stage that a later model does not know any more is not shown: the next event or tick moves the member. */
const stagesNow = (view: View) => {
  const { member, published, standing, announced, ledger, at, zone, language, fallback } = view;
  return published.model.journeys.flatMap((journey) => {
    const here = standing.stages[journey.id];
    const stage = journey.stages.find(({ id }) => id === here?.stage);
    if (!here || !stage) return [];
    const told = announced[journey.id];
    const place = { journey, stage, since: here.since };
    const { reasons } = stage.atRisk ? portrait(published, member, ledger, place, at, zone) : { reasons: [] };
    const reader = { language: staffLanguage(language, fallback), fallback, zone };
    return {
      journey: journey.id,
      title: localText(journey.title, language, fallback),
      stage: stage.id,
      stageTitle: localText(stage.title, language, fallback),
      since: iso(here.since),
      byModel: told?.stage === stage.id ? told.byModel : undefined,
      because: becauseOf(view, journey.id, stage.id),
      atRisk: stage.atRisk,
      reasons: reasons.map((reason) => reasonInWords(reason, reader)),
      ...(stage.nextStep ? { nextStep: localText(stage.nextStep, language, fallback) } : {}),
    };
  });
};

const memberNow = (view: View): MemberNow => {
  const { member, published, standing, at, language, fallback } = view;
  const { email, attributes, consents, preferences, joinedAt, leftAt } = standing.profile;
  const tenure =
    joinedAt !== undefined && attributes.status === 'member' ? Math.floor((at - joinedAt) / DAY) : undefined;
  return {
    member,
    asOf: iso(at),
    model: published.version,
    email,
    attributes: { ...attributes },
    consents: Object.entries(consents).map(([purpose, { at, ...said }]) => ({ purpose, ...said, at: iso(at) })),
    ...(preferences
      ? { preferences: { language: preferences.language, pausedUntil: isoIf(preferences.pausedUntil) } }
      : {}),
    joinedAt: isoIf(joinedAt),
    leftAt: isoIf(leftAt),
    tenureDays: tenure,
    lastActivityAt: isoIf(standing.activeAt),
    scores: published.model.scores.map((score) => {
      const value = scoreAt(published.compiled, standing, score.id, at);
      const band = bandOf(score, value);
      return {
        score: score.id,
        title: localText(score.title, language, fallback),
        value,
        ...(band ? { band: localText(band.title, language, fallback) } : {}),
      };
    }),
    journeys: stagesNow(view),
  };
};

/** Where a member stands now. */
export const showMember = ({ read, ledger: readLedger, currentModel, language: fallback, zone, now }: Deps): Route =>
  route(z.object({ params: MemberPath, query: InLanguage }), async ({ params: { id: member }, query }) => {
    const [published, snapshot, ledger] = await Promise.all([currentModel(), read(member), readLedger(member)]);
    if (!snapshot) return NO_MEMBER;
    if (!published) return NO_MODEL;
    // A source's clock may be ahead of ours: what has counted has happened.
    const at = ledger.reduce((latest, { time }) => Math.max(latest, time), now());
    const standing = await presentStanding(published, snapshot, async () => ledger, at);
    const language = query.language ?? fallback;
    const body: MemberNow = memberNow({
      member,
      published,
      standing,
      announced: snapshot.announced,
      transitions: explain(published.compiled, ledger, at).transitions,
      ledger,
      at,
      zone,
      language,
      fallback,
    });
    return { status: 200, body };
  });
