import * as z from 'zod';
import { iso, isoIf } from '../../shared/api/instant.ts';
import { type MemberList, MembersQuery } from '../../shared/api/members.ts';
import { problem } from '../../shared/api/problem.ts';
import { type Route, route } from '../../shared/api/route.ts';
import { presentStanding } from '../../shared/risk/present.ts';
import type { PublishedModel } from '../../shared/scoring/published-model.ts';
import { scoreAt } from '../../shared/scoring/score.ts';
import type { Snapshot } from '../../shared/scoring/snapshot.ts';
import { NO_MODEL } from './answers.ts';
import { cursorOf, placeOf } from './cursor.ts';
import type { Deps } from './deps.ts';

const journeysWith = ({ model }: PublishedModel, stage: string, journey: string | undefined): string[] =>
  model.journeys
    .filter(({ id, stages }) => (journey === undefined || id === journey) && stages.some(({ id }) => id === stage))
    .map(({ id }) => id);

/**
 * Who is in a stage, by id, page by page. The index says where to look and lags a little; what is shown is how the
 * members stand now, so a page can be shorter than asked for.
 */
export const listMembers = ({ inStage, readMany, ledger, currentModel, now }: Deps): Route =>
  route(z.object({ query: MembersQuery }), async ({ query: { stage, limit, ...query } }) => {
    const published = await currentModel();
    if (!published) return NO_MODEL;
    const [journey, ...others] = journeysWith(published, stage, query.journey);
    if (journey === undefined) return problem(404, 'The model has no such stage');
    if (others.length > 0) {
      return problem(400, `Several journeys have this stage, name one: ${[journey, ...others].join(', ')}`);
    }
    const after = query.cursor === undefined ? undefined : placeOf(query.cursor);
    const members = await inStage(journey, stage, { after, limit });
    const snapshots = await readMany(members);
    const at = now();
    const present = async (member: string, snapshot: Snapshot | undefined) => {
      const standing = snapshot && (await presentStanding(published, snapshot, () => ledger(member), at));
      const here = standing?.stages[journey];
      if (!standing || here?.stage !== stage) return [];
      const scores = published.model.scores.map(
        ({ id }) => [id, scoreAt(published.compiled, standing, id, at)] as const,
      );
      return [
        {
          member,
          stage,
          since: iso(here.since),
          lastActivityAt: isoIf(standing.activeAt),
          scores: Object.fromEntries(scores),
        },
      ];
    };
    const shown = await Promise.all(members.map((member) => present(member, snapshots.get(member))));
    const last = members.at(-1);
    const body: MemberList = {
      journey,
      stage,
      members: shown.flat(),
      ...(last !== undefined && members.length === limit ? { next: cursorOf(last) } : {}),
    };
    return { status: 200, body };
  });
