import { BenefitUsed } from './benefit-used.ts';
import { ConsentGiven } from './consent-given.ts';
import { ConsentWithdrawn } from './consent-withdrawn.ts';
import { EmailClicked } from './email-clicked.ts';
import { EmailOpened } from './email-opened.ts';
import { Activity } from './envelope.ts';
import { EventAttended } from './event-attended.ts';
import { EventRegistered } from './event-registered.ts';
import { EventRetracted } from './event-retracted.ts';
import { FormSubmitted } from './form-submitted.ts';
import { LeadCreated } from './lead-created.ts';
import { MemberJoined } from './member-joined.ts';
import { MemberLeft } from './member-left.ts';
import { MemberTagged } from './member-tagged.ts';
import { MemberUntagged } from './member-untagged.ts';
import { MemberUpdated } from './member-updated.ts';
import { PaymentFailed } from './payment-failed.ts';
import { PreferencesChanged } from './preferences-changed.ts';
import { ReferralMade } from './referral-made.ts';
import { SiteVisited } from './site-visited.ts';
import { SurveyAnswered } from './survey-answered.ts';

/** The types whose data Polku knows. Any other type is taken as it comes. */
export const knownActivities = [
  BenefitUsed,
  EventAttended,
  EventRegistered,
  SiteVisited,
  EmailOpened,
  EmailClicked,
  SurveyAnswered,
  FormSubmitted,
  ReferralMade,
  PaymentFailed,
  LeadCreated,
  MemberJoined,
  MemberUpdated,
  MemberTagged,
  MemberUntagged,
  MemberLeft,
  ConsentGiven,
  ConsentWithdrawn,
  PreferencesChanged,
  EventRetracted,
] as const;

const byType = new Map<string, (typeof knownActivities)[number]>(
  knownActivities.map((known) => [known.shape.type.value, known]),
);

/** What an activity of a type must look like. */
export const activityOf = (type: unknown): (typeof knownActivities)[number] | typeof Activity =>
  (typeof type === 'string' ? byType.get(type) : undefined) ?? Activity;
