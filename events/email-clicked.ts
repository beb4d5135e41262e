import type { z } from 'zod';
import { knownActivity } from './known-activity.ts';
import { Code, Text } from './values.ts';

export const EmailClicked = knownActivity(
  'email.clicked',
  'Somebody followed a link in an e-mail. Counts only for whoever has agreed to `tracking`.',
  {
    message: Code.meta({ description: 'Which e-mail' }),
    link: Text.nullish(),
  },
);
export type EmailClicked = z.infer<typeof EmailClicked>;
