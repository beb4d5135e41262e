import type { z } from 'zod';
import { knownActivity } from './known-activity.ts';
import { Code } from './values.ts';

export const EmailOpened = knownActivity(
  'email.opened',
  'Somebody opened an e-mail. Counts only for whoever has agreed to `tracking`.',
  { message: Code.meta({ description: 'Which e-mail' }) },
);
export type EmailOpened = z.infer<typeof EmailOpened>;
