import { type DeliverDeps, deliver } from '../../../functions/deliver/handler.ts';
import { deliverDeps } from '../../../functions/deliver/wiring.ts';
import type { World } from '../../../shared/aws/world.ts';
import { queueHandler } from '../../../shared/lambda/queue-handler.ts';
import { quiet, settings, type Wiring } from '../wiring.ts';

/** Deliver with something else in place of some of what it is handed. */
export const deliverWith = (
  change: (deps: DeliverDeps, outside: World) => Partial<DeliverDeps>,
): Pick<Wiring, 'deliver'> => ({
  deliver: (outside) => {
    const deps = deliverDeps(settings, outside, quiet);
    return queueHandler(deliver({ ...deps, ...change(deps, outside) }), quiet);
  },
});
