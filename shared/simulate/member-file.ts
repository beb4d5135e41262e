import * as z from 'zod';
import { Attributes } from '../../events/attributes.ts';
import { EmailAddress } from '../../events/email-address.ts';
import { EventType, MemberId } from '../../events/envelope.ts';
import { activityOf } from '../../events/index.ts';
import { JsonValue } from '../../events/json-value.ts';
import { ConsentPurpose } from '../../events/purpose.ts';

/** Counted from the first day, which is day 0. */
const DayNumber = z
  .string()
  .regex(/^day -?\d{1,4}$/)
  .transform((text) => ({ day: Number(text.slice(4)) }));
const OnDate = z.iso.date().transform((date) => ({ date }));
const When = z.union([DayNumber, OnDate], { error: 'write a day such as "day 14", or a date such as 2026-03-01' });
export type When = z.infer<typeof When>;

const Every = z
  .string()
  .regex(/^[1-9]\d{0,3} days?$/, 'write for example "14 days"')
  .transform((text) => Number.parseInt(text, 10));

const what = { type: EventType, data: z.record(z.string(), JsonValue).default({}) };
const Once = z.strictObject({ ...what, at: When });
const Repeated = z.strictObject({ ...what, every: Every, from: When.default({ day: 0 }), until: When.optional() });

/** What is wrong with the data of an event, as the front door would say it. */
const faultsOf = ({ type, data }: z.infer<typeof Once> | z.infer<typeof Repeated>) => {
  const read = activityOf(type).safeParse({ id: '1', type, member: { id: '1' }, time: '2026-01-01T00:00:00Z', data });
  return read.success ? [] : read.error.issues;
};

/** A made-up member: who they are, and what they do when. */
export const MemberFile = z
  .strictObject({
    member: MemberId.default('somebody'),
    email: EmailAddress.default('somebody@example.org'),
    /** Day 0; left out, it is today. */
    start: z.iso.date().optional(),
    attributes: Attributes.default({}),
    consents: z.array(ConsentPurpose).default([]),
    events: z
      .array(z.looseObject({}).pipe(z.union([Once, Repeated], { error: 'needs `type`, and `at` or `every`' })))
      .max(500),
  })
  .superRefine(({ events }, context) => {
    events.forEach((event, i) => {
      for (const { path, message } of faultsOf(event))
        context.addIssue({ code: 'custom', path: ['events', i, ...path], message });
    });
  });
export type MemberFile = z.infer<typeof MemberFile>;
