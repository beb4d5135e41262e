import * as z from 'zod';

/** A letter in one language, ready but for its fields: Mustache templates of lines, HTML and plain text. */
export const CompiledLetter = z.object({ subject: z.string(), html: z.string(), text: z.string() });
export type CompiledLetter = z.infer<typeof CompiledLetter>;

const ByLanguage = z.record(z.string(), CompiledLetter);
export type ByLanguage = z.infer<typeof ByLanguage>;

/** What the letter of a message, or of a variant of it, lies under. No name has a slash in it. */
export const letterName = (message: string, variant?: string): string =>
  variant === undefined ? message : `${message}/${variant}`;

/** All letters of a model: to members by the message and its variant (`letterName`), to owners about one member and about all at risk. */
export const Letters = z.object({
  messages: z.record(z.string(), ByLanguage),
  alert: ByLanguage,
  digest: ByLanguage,
});
export type Letters = z.infer<typeof Letters>;
