import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { faultsOf } from '../../shared/api/problem.ts';

const faultOf = (schema: z.ZodType, value: unknown): string | undefined => {
  const read = schema.safeParse(value);
  return read.success ? undefined : faultsOf(read.error)[0]?.message;
};

describe('what is wrong with a value', () => {
  it.each([
    ['an empty text', z.string().min(1), '', 'must not be empty'],
    ['a short text', z.string().min(3), 'a', 'must have 3 characters at least'],
    ['a long text', z.string().max(3), 'abcd', 'may have 3 characters at most'],
    ['an empty list', z.array(z.string()).min(1), [], 'must not be empty'],
    ['a short list', z.array(z.string()).min(2), [], 'must have 2 items at least'],
    ['a long list', z.array(z.string()).max(1), ['a', 'b'], 'may have 1 items at most'],
    ['a number that is too small', z.number().min(0.5), 0, 'must be 0.5 at least'],
    ['a number that is not positive', z.number().positive(), 0, 'must be more than 0'],
    ['a number that is too great', z.number().max(-1), 0, 'may be -1 at most'],
    ['a number that is not negative', z.number().negative(), 0, 'must be less than 0'],
    ['another type', z.string(), 7, 'must be of the type string, not number'],
    ['nothing at all', z.object({ id: z.string() }), {}, 'is missing'],
  ])('is said in words of %s', (_, schema, value, says) => {
    expect(faultOf(schema, value)).toBe(says);
  });
});
