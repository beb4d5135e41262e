import type { Route } from '../../shared/api/route.ts';
import { deliveryRoutes } from './deliveries.ts';
import type { Deps } from './deps.ts';
import { erasureRoutes } from './erasure.ts';
import { linkKeyRoutes } from './link-keys.ts';
import { mailRoutes } from './mail.ts';
import { exportRoutes } from './member-export.ts';
import { modelRoutes } from './models.ts';
import { previewRoutes } from './previews.ts';
import { quarantineRoutes } from './quarantine.ts';
import { reportRoutes } from './reports.ts';
import { rescoreRoutes } from './rescores.ts';
import { sourceRoutes } from './sources.ts';
import { staffRoutes } from './staff.ts';

/** What staff may set, the input that nothing could process, what became of mails in doubt, and whose data they give out or erase. */
export const adminRoutes = (deps: Deps): Readonly<Record<string, Route>> => ({
  ...modelRoutes(deps),
  ...rescoreRoutes(deps),
  ...previewRoutes(deps),
  ...reportRoutes(deps),
  ...staffRoutes(deps),
  ...sourceRoutes(deps),
  ...linkKeyRoutes(deps),
  ...quarantineRoutes(deps),
  ...deliveryRoutes(deps),
  ...mailRoutes(deps),
  ...exportRoutes(deps),
  ...erasureRoutes(deps),
});
