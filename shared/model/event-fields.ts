import type * as z from 'zod';
import { activityOf, knownActivities } from '../../events/index.ts';

/** The types of event of which Polku knows what their data holds. */
export const knownTypes: readonly string[] = knownActivities.map(({ shape }) => shape.type.value);

/** The fields of a known type's data; undefined for a type that is open. */
export const fieldsOf = (type: string): Readonly<Record<string, z.ZodType>> | undefined => {
  if (!knownTypes.includes(type)) return undefined;
  const { data } = activityOf(type).shape;
  return 'shape' in data ? data.shape : undefined;
};
