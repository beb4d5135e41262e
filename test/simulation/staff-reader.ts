import * as z from 'zod';
import { canonicalJson } from '../../shared/kernel/json.ts';
import { fold } from '../../shared/scoring/fold.ts';
import type { Findings } from './finding.ts';
import { request } from './front-door.ts';
import { consult } from './oracle.ts';
import { notTakenBack } from './oracle-retractions.ts';
import { type MemberRecord, membersIn, modelsIn } from './records.ts';
import type { SimulatedWorld } from './world.ts';

const NEAR = 1e-9;

const Explanation = z.object({
  at: z.iso.datetime(),
  model: z.int(),
  scores: z.array(
    z.object({
      score: z.string(),
      value: z.number(),
      contributions: z.array(z.object({ pointsNow: z.number() })),
      facts: z.array(z.object({ points: z.number() })),
      parts: z.array(z.object({ value: z.number() })),
    }),
  ),
  transitions: z.array(z.object({ journey: z.string(), to: z.string().nullable() })),
});
const Now = z.object({
  asOf: z.iso.datetime(),
  model: z.int(),
  scores: z.array(z.object({ score: z.string(), value: z.number() })),
  journeys: z.array(z.object({ journey: z.string(), stage: z.string() })),
});

type Shares = {
  readonly contributions: readonly { readonly pointsNow: number }[];
  readonly facts: readonly { readonly points: number }[];
  readonly parts: readonly { readonly value: number }[];
};

/** Whatever a score is made of: points, facts or other scores. */
export const sumShown = ({ contributions, facts, parts }: Shares): number =>
  [
    ...contributions.map(({ pointsNow }) => pointsNow),
    ...facts.map(({ points }) => points),
    ...parts.map(({ value }) => value),
  ].reduce((sum, one) => sum + one, 0);

/** What an answer shows of a member: as of an instant (epoch ms), under a model. */
type Shown = {
  readonly at: number;
  readonly model: number;
  readonly scores: readonly { readonly score: string; readonly value: number }[];
  readonly stages: ReadonlyMap<string, string>;
};

const routes = { explanation: 'GET /v1/members/{id}/explanation', member: 'GET /v1/members/{id}' } as const;

/** Staff who ask the handler itself about a member, at any moment, whatever is on its way. */
export const staffReader = (world: SimulatedWorld, { demand }: Findings) => {
  const { functions, cloud, trace } = world;
  const recordOf = (member: string) => membersIn(cloud).find((one) => one.member === member);

  const agrees = (record: MemberRecord, shown: Shown, what: string): void => {
    const { member, ledger } = record;
    const { document } = modelsIn(cloud).of(shown.model);
    const found = consult(
      document,
      notTakenBack(ledger).filter(({ time }) => time <= shown.at),
      shown.at,
    );
    if (found.close) return;
    for (const { score, value } of shown.scores) {
      const right = found.score(score, shown.at);
      demand(
        Math.abs(value - right) <= NEAR,
        'shown',
        () => `${what} of ${member}: ${score} is ${value}, not ${right}`,
      );
    }
    const [stages, right] = [shown.stages, new Map([...found.stages].map(([journey, { stage }]) => [journey, stage]))];
    const isSame = canonicalJson([...stages].sort()) === canonicalJson([...right].sort());
    demand(
      isSame,
      'shown',
      () => `${what} of ${member}: ${canonicalJson([...stages])}, not ${canonicalJson([...right])}`,
    );
  };

  /** Asks, and looks at the answer where nobody has changed the member's record meanwhile. */
  const ask = (member: string, route: string, check: (body: unknown, still: MemberRecord) => void): void => {
    if (!functions.lookup.isFree()) return;
    const before = recordOf(member);
    // What lies ahead is a search of its own, with tests of its own.
    const query = route === routes.explanation ? { outlook: 'no' } : {};
    void functions.lookup.invoke(request(route, { params: { id: member }, query })).then((outcome) => {
      const { statusCode = 0, body = '' } = outcome?.answer ?? {};
      trace.note(`staff hear ${statusCode} of ${route}`);
      const after = recordOf(member);
      const isStill = before?.ledger.length === after?.ledger.length;
      if (after && isStill && before?.snapshot?.version === after.snapshot?.version && statusCode === 200) {
        check(JSON.parse(body), after);
      }
    });
  };

  /** Asks for a list, which may be a moment old: it must be an answer. */
  const askFor = (route: string, parts: Parameters<typeof request>[1]): void => {
    if (!functions.lookup.isFree()) return;
    void functions.lookup.invoke(request(route, parts)).then((outcome) => {
      const { statusCode = 0, body = '' } = outcome?.answer ?? {};
      trace.note(`staff hear ${statusCode} of ${route}`);
      demand(statusCode !== 400, 'asked', () => `${route}: ${body}`);
    });
  };

  return (): void => {
    askFor('GET /v1/deliveries', { query: { state: 'unknown' } });
    askFor('GET /v1/members', { query: { journey: 'member', stage: 'passive' } });
    for (const { member } of membersIn(cloud)) {
      askFor('GET /v1/members/{id}/timeline', { params: { id: member } });
      ask(member, routes.explanation, (body, record) => {
        const { at, model, scores, transitions } = Explanation.parse(body);
        for (const { score, value, ...list } of scores) {
          const sum = sumShown(list);
          const isSum = Math.abs(sum - value) <= NEAR;
          demand(isSum, 'books', () => `${member}: ${score} is shown as ${value}, its points are ${sum}`);
        }
        const stages = new Map<string, string>();
        for (const { journey, to } of transitions) to === null ? stages.delete(journey) : stages.set(journey, to);
        agrees(record, { at: Date.parse(at), model, scores, stages }, 'the explanation');
      });
      ask(member, routes.member, (body, record) => {
        const { asOf, model, scores, journeys } = Now.parse(body);
        const { snapshot, ledger } = record;
        // In the midst of a commit it shows what was before.
        const whole = canonicalJson(fold(modelsIn(cloud).of(snapshot?.madeBy.model ?? 0).compiled, ledger));
        if (!snapshot || canonicalJson(snapshot.standing) !== whole) return;
        const stages = new Map(journeys.map(({ journey, stage }) => [journey, stage]));
        agrees(record, { at: Date.parse(asOf), model, scores, stages }, 'the page');
      });
    }
  };
};
