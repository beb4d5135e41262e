import type { Route } from '../../shared/api/route.ts';
import type { Deps } from './deps.ts';
import { modelRoutes } from './models.ts';
import { quarantineRoutes } from './quarantine.ts';
import { sourceRoutes } from './sources.ts';
import { staffRoutes } from './staff.ts';

/** What staff may set, and the input that nothing could process. */
export const adminRoutes = (deps: Deps): Readonly<Record<string, Route>> => ({
  ...modelRoutes(deps),
  ...staffRoutes(deps),
  ...sourceRoutes(deps),
  ...quarantineRoutes(deps),
});
