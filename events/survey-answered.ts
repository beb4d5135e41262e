import * as z from 'zod';
import { knownActivity } from './known-activity.ts';
import { Code } from './values.ts';

export const SurveyAnswered = knownActivity('survey.answered', 'Somebody answered a survey.', {
  survey: Code,
  rating: z.number().nullish().meta({ description: 'How content they are, on the scale of the survey' }),
});
export type SurveyAnswered = z.infer<typeof SurveyAnswered>;
