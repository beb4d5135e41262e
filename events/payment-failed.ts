import * as z from 'zod';
import { knownActivity } from './known-activity.ts';
import { Code, Currency } from './values.ts';

export const PaymentFailed = knownActivity('payment.failed', 'A fee was not paid.', {
  amount: z.number().nullish(),
  currency: Currency.nullish(),
  reason: Code.nullish(),
});
export type PaymentFailed = z.infer<typeof PaymentFailed>;
