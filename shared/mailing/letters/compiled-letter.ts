import * as z from 'zod';

/** A letter in one language, ready but for its fields: Mustache templates of lines, HTML and plain text. */
export const CompiledLetter = z.object({ subject: z.string(), html: z.string(), text: z.string() });
export type CompiledLetter = z.infer<typeof CompiledLetter>;

const ByLanguage = z.record(z.string(), CompiledLetter);
export type ByLanguage = z.infer<typeof ByLanguage>;

/** All letters of a model: to members by the id of the message, to owners about one member and about all at risk. */
export const Letters = z.object({
  messages: z.record(z.string(), ByLanguage),
  alert: ByLanguage,
  digest: ByLanguage,
});
export type Letters = z.infer<typeof Letters>;
