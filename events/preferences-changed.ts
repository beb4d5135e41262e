import * as z from 'zod';
import { knownActivity } from './known-activity.ts';

export const PreferencesChanged = knownActivity(
  'preferences.changed',
  'Somebody said in which language they want to be written to, or that they want a pause.',
  {
    language: z
      .string()
      .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'a language tag such as fi or sv-FI')
      .nullish()
      .meta({ description: 'Counts for more than the attribute `language`; null: that one counts again' }),
    pausedUntil: z.iso
      .datetime({ offset: true })
      .nullish()
      .meta({ description: 'No mails until then but those of the service; null: no pause' }),
  },
);
export type PreferencesChanged = z.infer<typeof PreferencesChanged>;
