import type { World } from '../../../shared/aws/world.ts';
import { realWiring, type Wiring } from '../wiring.ts';

export type Clients = Partial<Pick<World, 'dynamodb' | 'sqs' | 'ses'>>;

/** A function whose clients do something else with some calls. */
export const clientsOf = <F extends keyof Wiring>(fn: F, change: (outside: World) => Clients): Pick<Wiring, F> => {
  const wire = (outside: World) => realWiring[fn]({ ...outside, ...change(outside) });
  return { [fn]: wire } as Pick<Wiring, F>;
};
