import * as z from 'zod';
import { Language } from './local-text.ts';

/** Subject, preheader and body with Mustache tags; the body is MJML. */
export const Template = z.strictObject({
  subject: z.string().min(1).max(200),
  /** What a list of mails shows beside the subject. */
  preheader: z.string().min(1).max(200).optional(),
  body: z.string().min(1).max(50_000).meta({ description: 'MJML with Mustache tags: see docs/messages.md' }),
});
export type Template = z.infer<typeof Template>;

/** One template per language. */
export const Templates = z
  .record(Language, Template)
  .refine((templates) => Object.keys(templates).length > 0, 'needs a template in at least one language');

const Part = z.string().min(1).max(20_000);
/** MJML for all, or per language. */
const LocalPart = z.union([Part, z.record(Language, Part)], {
  error: 'a text of 20,000 letters at most, or one for each language: { nb: …, en: … }',
});
const Colour = z.string().regex(/^#[0-9a-f]{6}$/i, 'a colour such as #14513f');

const Field = z.strictObject({
  attribute: z.string().min(1).max(100),
  as: z
    .enum(['text', 'number', 'date', 'list', 'link'])
    .meta({ description: 'How the attribute is written: numbers and dates as the language of the letter has them' }),
});

/** What all mails of an organisation have in common. */
export const Letterhead = z.strictObject({
  /** The colour of the organisation: its name, links, buttons. */
  brand: Colour.optional(),
  /** The same on a dark ground. */
  brandDark: Colour.optional(),
  /** MJML above and below each letter; left out, Polku's own. */
  header: LocalPart.optional(),
  footer: LocalPart.optional(),
  /** Attributes of members that letters may name, beside the fields that there always are. */
  fields: z.record(z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/, 'a name such as renewsOn'), Field).optional(),
  /** The mails to owners, in other words than Polku's. */
  alert: Templates.optional(),
  digest: Templates.optional(),
});
export type Letterhead = z.infer<typeof Letterhead>;
