import * as z from 'zod';
import { Activity } from './envelope.ts';
import { JsonValue } from './json-value.ts';

/** An activity of a known type: the envelope, and what its data must hold. More than that is welcome and kept. */
export const knownActivity = <Type extends string, Data extends z.ZodRawShape>(
  type: Type,
  description: string,
  data: Data,
) =>
  Activity.extend({ type: z.literal(type), data: z.object(data).catchall(JsonValue) }).meta({
    id: type.replaceAll(/(?:^|[.-])([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    description,
  });
