import type { ActivityMessage } from '../../events/activity-message.ts';
import { SourceId } from '../../events/envelope.ts';
import { type Answer, problem, problemDetails } from '../../shared/api/problem.ts';
import { isJson, type RawRequest, type Route } from '../../shared/api/route.ts';
import { type ItemResult, MAX_BODY_BYTES, MAX_ITEMS } from '../../shared/api/webhooks.ts';
import type { Json } from '../../shared/kernel/json.ts';
import { jsonFaults, parseJson } from '../../shared/kernel/json-text.ts';
import { isAuthentic, type SigningSecret } from '../../shared/webhooks/standard-webhooks.ts';
import { readItem } from './read-item.ts';

export type Deps = {
  /** The source with its secrets, at most `maxAge` ms old. */
  readonly source: (id: string, maxAge: number) => Promise<{ readonly secrets: readonly SigningSecret[] } | undefined>;
  /** For each message whether the queue has it for certain. */
  readonly send: (messages: readonly ActivityMessage[]) => Promise<readonly boolean[]>;
  readonly count: (metric: string, value: number) => void;
  /** Epoch ms. */
  readonly now: () => number;
};

const SECRETS_MAX_AGE = 60_000;

/** The same for every reason, so that it tells nobody how near they came. */
const NOT_AUTHENTIC = problem(401);
const RETRY = { 'retry-after': '10' };

/** Known by a signature of ours. A secret added since we looked counts at once, so a refusal is never from memory. */
const authentic = async ({ source, now }: Deps, id: string, { headers, bytes: body }: RawRequest) => {
  for (const maxAge of [SECRETS_MAX_AGE, 0]) {
    const secrets = (await source(id, maxAge))?.secrets ?? [];
    if (isAuthentic({ headers, body, secrets, now: now() })) return true;
  }
  return false;
};

const isPlainJson = (headers: RawRequest['headers']): boolean =>
  isJson(headers['content-type']) && ['identity', undefined].includes(headers['content-encoding']);

const itemsIn = (body: Json): readonly Json[] => (Array.isArray(body) ? body : [body]);

const idOf = (item: Json | undefined): { id?: string } => {
  const id = item !== null && typeof item === 'object' && !Array.isArray(item) ? item.id : undefined;
  return typeof id === 'string' && id.length <= 128 ? { id } : {};
};

const take = async ({ send, now }: Deps, items: readonly Json[], source: string): Promise<ItemResult[]> => {
  const readings = items.map((item) => readItem(item, source, now()));
  const events = readings.flatMap((reading) => ('event' in reading ? [reading.event] : []));
  const sent = (await send(events.map((event) => ({ kind: 'activity', event })))).values();
  return readings.map((reading, index): ItemResult => {
    const item = { index, ...idOf(items[index]) };
    if ('refusal' in reading) return { ...item, status: 'refused', problem: reading.refusal };
    if (sent.next().value === true) return { ...item, status: 'accepted' };
    return { ...item, status: 'refused', problem: problemDetails(503, 'Not stored; send this event again') };
  });
};

const answerTo = (results: ItemResult[]): Answer => {
  const accepted = results.filter(({ status }) => status === 'accepted').length;
  const refused = results.length - accepted;
  if (refused === 0) return { status: 202, body: { accepted } };
  if (accepted > 0) return { status: 207, body: { accepted, refused, results } };
  const passing = results.some(({ problem }) => problem?.status === 503);
  if (passing) return problem(503, 'Nothing was stored; send it again', { results }, RETRY);
  return problem(400, 'No event was accepted', { results });
};

/**
 * Takes activity events from a source and answers when the queue has them. Nothing of a request is read, and nothing
 * but the source is looked up, before its signature holds.
 */
export const takeEvents =
  (deps: Deps): Route =>
  async (request) => {
    const id = SourceId.safeParse(request.params.source);
    if (!id.success || !(await deps.source(id.data, SECRETS_MAX_AGE))) return problem(404, 'There is no such source');
    if (request.bytes.length > MAX_BODY_BYTES) return problem(413, `The body may have ${MAX_BODY_BYTES} bytes`);
    if (!isPlainJson(request.headers)) return problem(415, 'Send application/json, not compressed');
    if (!(await authentic(deps, id.data, request))) {
      deps.count('RequestsNotAuthentic', 1);
      return NOT_AUTHENTIC;
    }
    const body = parseJson(request.bytes);
    if ('fault' in body) return problem(400, jsonFaults[body.fault]);
    const items = itemsIn(body.value);
    if (items.length === 0) return problem(400, 'There is no event in the batch');
    if (items.length > MAX_ITEMS) return problem(413, `A batch may have ${MAX_ITEMS} events`);
    const results = await take(deps, items, id.data);
    deps.count('EventsAccepted', results.filter(({ status }) => status === 'accepted').length);
    deps.count('EventsRefused', results.filter(({ status }) => status === 'refused').length);
    return answerTo(results);
  };
