import type { ActivityEvent } from '../../../events/envelope.ts';
import { type ScoreDeps, score } from '../../../functions/score/handler.ts';
import { scoreDeps } from '../../../functions/score/wiring.ts';
import type { MemberStore } from '../../../shared/aws/member-store.ts';
import type { World } from '../../../shared/aws/world.ts';
import { queueHandler } from '../../../shared/lambda/queue-handler.ts';
import { quiet, realWiring, settings, type Wiring } from '../wiring.ts';

const depsIn = (outside: World): ScoreDeps => scoreDeps(settings, outside, quiet);

/** The scorer with something else in place of some of what it is handed. */
export const scoreWith = (change: (deps: ScoreDeps, outside: World) => Partial<ScoreDeps>): Pick<Wiring, 'score'> => ({
  score: (outside) => {
    const deps = depsIn(outside);
    return queueHandler(score({ ...deps, ...change(deps, outside) }), quiet);
  },
});

/** The scorer over another store. */
export const storeWith = (change: (store: MemberStore, outside: World) => Partial<MemberStore>) =>
  scoreWith(({ store }, outside) => ({ store: { ...store, ...change(store, outside) } }));

/** The scorer, to which messages come changed. */
export const messagesAs = (change: (body: string, messageId: string) => string): Pick<Wiring, 'score'> => ({
  score: (outside) => {
    const handler = realWiring.score(outside);
    return ({ Records }, context) =>
      handler({ Records: Records.map((one) => ({ ...one, body: change(one.body, one.messageId) })) }, context);
  },
});

/** The scorer, to which events come changed. */
export const eventsAs = (change: (event: ActivityEvent, messageId: string) => ActivityEvent) =>
  messagesAs((body, messageId) => {
    if (!body.startsWith('{"kind":"activity"')) return body;
    const message = JSON.parse(body);
    return JSON.stringify({ ...message, event: change(message.event, messageId) });
  });
