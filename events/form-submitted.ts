import type { z } from 'zod';
import { knownActivity } from './known-activity.ts';
import { Code } from './values.ts';

export const FormSubmitted = knownActivity('form.submitted', 'Somebody sent in a form.', {
  form: Code.meta({ description: 'Which one, for example join-help' }),
});
export type FormSubmitted = z.infer<typeof FormSubmitted>;
