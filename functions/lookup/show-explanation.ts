import * as z from 'zod';
import { type ExplanationForMember, ExplanationQuery } from '../../shared/api/explanation.ts';
import { iso } from '../../shared/api/instant.ts';
import { MemberPath } from '../../shared/api/members.ts';
import { problem } from '../../shared/api/problem.ts';
import { type Route, route } from '../../shared/api/route.ts';
import { forMember } from '../../shared/explaining/for-member.ts';
import { speechFor } from '../../shared/explaining/speech.ts';
import { tellingOf } from '../../shared/explaining/telling.ts';
import { endOfDate } from '../../shared/kernel/calendar-period.ts';
import { NO_MEMBER, NO_MODEL } from './answers.ts';
import type { Deps } from './deps.ts';
import { staffExplanation } from './staff-explanation.ts';

const NOT_YET = problem(404, 'No scoring model was in force then; name a version to reckon by with `model`');
const NO_VERSION = problem(404, 'There is no such version of the scoring model, or it is not valid any more');
const NOTHING_THEN = problem(404, 'Nothing was known of this member by then');

/** A date means the end of that day. Epoch ms. */
const instantOf = (at: string, zone: string): number => (at.includes('T') ? Date.parse(at) : endOfDate(at, zone) - 1);

/**
 * Why a member's scores are what they are, event by event, rule by rule, and what would change their stage: now, or as of
 * any other time, under the model of that time. What counts is when things happened, not when they were heard of.
 */
export const showExplanation = (deps: Deps): Route => {
  const { ledger, currentModel, modelAt, modelVersion, language: fallback, zone, now } = deps;
  return route(z.object({ params: MemberPath, query: ExplanationQuery }), async ({ params: { id: member }, query }) => {
    const present = now();
    const at = query.at === undefined ? present : instantOf(query.at, zone);
    const modelOf = async () => {
      if (query.model !== undefined) return (await modelVersion(query.model)) ?? NO_VERSION;
      return at < present
        ? ((await modelAt(at)) ?? ((await currentModel()) ? NOT_YET : NO_MODEL))
        : await currentModel();
    };
    const [published = NO_MODEL, events] = await Promise.all([modelOf(), ledger(member)]);
    if (events.length === 0) return NO_MEMBER;
    if ('status' in published) return published;
    if (events.every(({ time }) => time > at)) return NOTHING_THEN;
    const telling = tellingOf(published, events, at, query.outlook === 'yes');
    const speech = speechFor({ language: query.language ?? fallback, fallback, zone });
    const explained = staffExplanation(member, telling, speech);
    if (query.audience === 'staff') return { status: 200, body: explained };
    const { language, words } = explained;
    const { scores, paths, moves } = forMember(telling, speech);
    const body: ExplanationForMember = {
      audience: 'member',
      at: iso(at),
      language,
      words,
      scores: scores.map((score) => ({ ...score, counted: [...score.counted] })),
      paths: paths.map((path) => ({ ...path, ahead: [...path.ahead] })),
      moves: [...moves],
    };
    return { status: 200, body };
  });
};
