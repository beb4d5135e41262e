import type { ActivityEvent } from '../../events/envelope.ts';
import type { Route } from '../../shared/lambda/http-handler.ts';
import type { PublishedModel } from '../../shared/risk/present.ts';
import type { Snapshot } from '../../shared/scoring/snapshot.ts';
import { listMembers } from './list-members.ts';
import { showExplanation } from './show-explanation.ts';
import { showMember } from './show-member.ts';
import { type Mail, showTimeline } from './show-timeline.ts';

export type Deps = {
  readonly read: (member: string) => Promise<Snapshot | undefined>;
  readonly readMany: (members: readonly string[]) => Promise<ReadonlyMap<string, Snapshot>>;
  /** All events of a member, in canonical order. */
  readonly ledger: (member: string) => Promise<readonly ActivityEvent[]>;
  readonly mails: (member: string) => Promise<readonly Mail[]>;
  /** The next members in a stage, by id. */
  readonly inStage: (
    journey: string,
    stage: string,
    page: { after?: string | undefined; limit: number },
  ) => Promise<readonly string[]>;
  /** Undefined before any model is published. */
  readonly currentModel: () => Promise<PublishedModel | undefined>;
  /** The organisation's. */
  readonly language: string;
  readonly zone: string;
  /** Epoch ms. */
  readonly now: () => number;
};

/** What staff may look at. Nothing here changes anything. */
export const lookupRoutes = (deps: Deps): Readonly<Record<string, Route>> => ({
  'GET /v1/members': listMembers(deps),
  'GET /v1/members/{id}': showMember(deps),
  'GET /v1/members/{id}/timeline': showTimeline(deps),
  'GET /v1/members/{id}/explanation': showExplanation(deps),
});
