import * as z from 'zod';
import { iso } from '../../shared/api/instant.ts';
import { type Answer, problem } from '../../shared/api/problem.ts';
import {
  NewRescore,
  RescoreChange,
  type RescoreList,
  RescorePath,
  type ShownRescore,
} from '../../shared/api/rescores.ts';
import { type Route, route } from '../../shared/api/route.ts';
import type { Rescore, RescoreChanges } from '../../shared/model/rescore.ts';
import type { Deps } from './deps.ts';

type Tools = Pick<
  Deps,
  'currentVersion' | 'rescore' | 'rescores' | 'startRescore' | 'changeRescore' | 'countBehind' | 'now'
>;

/** Whom this version has left behind are all there are. */
const NEWEST = Number.MAX_SAFE_INTEGER;

const OPEN = ['running', 'paused'] as const;
const isOpen = ({ state }: Rescore): boolean => state === 'running' || state === 'paused';

/** One that was not ended when another version came into force has ended with that. */
const shown = (rescore: Rescore, current: number | undefined): ShownRescore => {
  const { version, state, pace, total, behind, startedAt, changedAt } = rescore;
  return {
    ...{ version, pace, total, behind, startedAt: iso(startedAt), changedAt: iso(changedAt) },
    state: isOpen(rescore) && version !== current ? 'superseded' : state,
  };
};

const none = problem(404, 'There is no such rescore');

/** The rescore that a path names, and the version in force. */
const found = async ({ currentVersion, rescore }: Tools, named: string) => {
  const current = await currentVersion();
  const version = named === 'current' ? current : Number(named);
  const it = version === undefined ? undefined : await rescore(version);
  return it && { rescore: it, current };
};

const show = async (tools: Tools, named: string, status = 200): Promise<Answer> => {
  const it = await found(tools, named);
  if (!it) return none;
  const { rescore, current } = it;
  // One that was cancelled has brought some along, and others follow by themselves.
  const behind = rescore.version === current ? await tools.countBehind(rescore.version) : rescore.behind;
  return { status, body: shown({ ...rescore, behind }, current) };
};

/** Changes one that is under way. */
const change = async (tools: Tools, named: string, changes: RescoreChanges): Promise<Answer> => {
  const it = await found(tools, named);
  if (!it) return none;
  const { version } = it.rescore;
  const changed = version === it.current && (await tools.changeRescore(version, OPEN, changes, tools.now()));
  return changed ? show(tools, String(version)) : problem(409, 'This rescore is not under way any more');
};

/** How silent members are brought to the model in force. The sweep does it; here it is steered. */
export const rescoreRoutes = (tools: Tools): Readonly<Record<string, Route>> => ({
  'GET /v1/rescores': route(z.object({}), async () => {
    const [current, rescores] = [await tools.currentVersion(), await tools.rescores()];
    const members = await tools.countBehind(NEWEST);
    const body: RescoreList = { members, rescores: rescores.map((one) => shown(one, current)) };
    return { status: 200, body };
  }),
  'GET /v1/rescores/{version}': route(z.object({ params: RescorePath }), ({ params }) => show(tools, params.version)),
  'POST /v1/rescores': route(z.object({ body: NewRescore }), async ({ body: { pace } }) => {
    const version = await tools.currentVersion();
    if (version === undefined) return problem(404, 'No model has been published yet');
    const total = await tools.countBehind(version);
    const started = await tools.startRescore({ version, pace, total }, tools.now());
    return started
      ? show(tools, String(version), 201)
      : problem(409, 'The rescore of this version is under way already');
  }),
  'PATCH /v1/rescores/{version}': route(z.object({ params: RescorePath, body: RescoreChange }), ({ params, body }) =>
    change(tools, params.version, { ...body, ...(body.state === 'running' ? { fruitless: 0 } : {}) }),
  ),
  'DELETE /v1/rescores/{version}': route(z.object({ params: RescorePath }), ({ params }) =>
    change(tools, params.version, { state: 'cancelled' }),
  ),
});
