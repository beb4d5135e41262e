import type { Route } from '../../shared/api/route.ts';
import type { Deps } from './deps.ts';
import { listDeliveries } from './list-deliveries.ts';
import { listMembers } from './list-members.ts';
import { previewMessage } from './preview-message.ts';
import { showExplanation } from './show-explanation.ts';
import { showMember } from './show-member.ts';
import { showTimeline } from './show-timeline.ts';

/** What staff may look at. Nothing here changes anything. */
export const lookupRoutes = (deps: Deps): Readonly<Record<string, Route>> => ({
  'GET /v1/deliveries': listDeliveries(deps),
  'GET /v1/members': listMembers(deps),
  'GET /v1/members/{id}': showMember(deps),
  'GET /v1/members/{id}/timeline': showTimeline(deps),
  'GET /v1/members/{id}/explanation': showExplanation(deps),
  'GET /v1/messages/{id}/preview': previewMessage(deps),
});
