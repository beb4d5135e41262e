import * as z from 'zod';
import { knownActivity } from './known-activity.ts';
import { Code, Currency, Text } from './values.ts';

export const BenefitUsed = knownActivity('benefit.used', 'A member used a benefit of the membership.', {
  benefit: Code.meta({ description: 'Which one, for example legal-advice' }),
  partner: Text.nullish(),
  value: z.number().nullish().meta({ description: 'What it was worth to the member' }),
  currency: Currency.nullish(),
});
export type BenefitUsed = z.infer<typeof BenefitUsed>;
