import { type DeliverDeps, deliver } from '../../../functions/deliver/handler.ts';
import { deliverDeps } from '../../../functions/deliver/wiring.ts';
import { queueHandler } from '../../../shared/lambda/queue-handler.ts';
import { type Place, quiet, settingsIn, type Wiring } from '../wiring.ts';

/** Deliver with something else in place of some of what it is handed. */
export const deliverWith = (
  change: (deps: DeliverDeps, outside: Place) => Partial<DeliverDeps>,
): Pick<Wiring, 'deliver'> => ({
  deliver: (outside) => {
    const deps = deliverDeps(settingsIn(outside), outside, quiet);
    return queueHandler(deliver({ ...deps, ...change(deps, outside) }), quiet);
  },
});
