import * as z from 'zod';
import { iso } from '../../shared/api/instant.ts';
import { InLanguage, type MemberExplanation, MemberPath } from '../../shared/api/members.ts';
import { type Route, route } from '../../shared/api/route.ts';
import { type LocalText, localText } from '../../shared/kernel/text.ts';
import { type ExplainedEvent, explain } from '../../shared/scoring/explain.ts';
import { NO_MEMBER, NO_MODEL } from './answers.ts';
import type { Deps } from './deps.ts';

/** Why a member's scores are what they are now: event by event, rule by rule. */
export const showExplanation = ({ ledger, currentModel, language: fallback, now }: Deps): Route =>
  route(z.object({ params: MemberPath, query: InLanguage }), async ({ params: { id: member }, query }) => {
    const [published, events] = await Promise.all([currentModel(), ledger(member)]);
    if (events.length === 0) return NO_MEMBER;
    if (!published) return NO_MODEL;
    const { at, scores, transitions } = explain(published.compiled, events, now());
    const titled = (title: LocalText) => localText(title, query.language ?? fallback, fallback);
    type Part = { event: ExplainedEvent; rule: string; title: LocalText; points: number };
    const point = ({ event: { time, ...event }, rule, title, points }: Part) => ({
      at: iso(time),
      source: event.source,
      id: event.id,
      type: event.type,
      rule,
      title: titled(title),
      points,
    });
    const body: MemberExplanation = {
      member,
      at: iso(at),
      model: published.version,
      scores: scores.map(({ score, value, contributions, uncounted, facts, parts }) => {
        const { title = score } = published.model.scores.find(({ id }) => id === score) ?? {};
        return {
          score,
          title: titled(title),
          value,
          contributions: contributions.map((part) => ({
            ...point(part),
            pointsNow: part.pointsNow,
            decay: part.decay,
          })),
          uncounted: uncounted.map((part) => ({ ...point(part), reason: part.reason })),
          facts: facts.map((fact) => ({ ...fact, title: titled(fact.title) })),
          parts: [...parts],
        };
      }),
      transitions: transitions.map(({ at, journey, from, to }) => ({ at: iso(at), journey, from, to })),
    };
    return { status: 200, body };
  });
