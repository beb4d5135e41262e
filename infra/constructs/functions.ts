import type { AdminSettings } from '../../functions/admin/settings.ts';
import type { DeliverSettings } from '../../functions/deliver/settings.ts';
import type { DigestSettings } from '../../functions/digest/settings.ts';
import type { FeedbackSettings } from '../../functions/feedback/settings.ts';
import type { IngestSettings } from '../../functions/ingest/settings.ts';
import type { LookupSettings } from '../../functions/lookup/settings.ts';
import type { PreferencesSettings } from '../../functions/preferences/settings.ts';
import type { PreviewSettings } from '../../functions/preview/settings.ts';
import type { ScoreSettings } from '../../functions/score/settings.ts';
import type { SweepSettings } from '../../functions/sweep/settings.ts';

/** Each function by the name of its folder, with what it must be told. */
export type Functions = {
  ingest: IngestSettings;
  score: ScoreSettings;
  deliver: DeliverSettings;
  feedback: FeedbackSettings;
  sweep: SweepSettings;
  digest: DigestSettings;
  lookup: LookupSettings;
  admin: AdminSettings;
  preferences: PreferencesSettings;
  preview: PreviewSettings;
};
