import * as z from 'zod';

/** The environment as a function's settings. Throws, naming every setting that is missing or wrong. */
export const readSettings = <S extends z.ZodType>(schema: S): z.infer<S> => {
  const read = schema.safeParse(process.env);
  if (!read.success) throw new Error(`Settings: ${z.prettifyError(read.error)}`);
  return read.data;
};
