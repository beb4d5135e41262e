import * as z from 'zod';

/** As much of a CloudFormation resource as the local cloud looks at. */
export const Resource = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.json()).default({}),
  Metadata: z.record(z.string(), z.json()).default({}),
});
export type Resource = z.infer<typeof Resource>;

export const CloudTemplate = z.object({
  Resources: z.record(z.string(), Resource),
  Parameters: z.record(z.string(), z.object({ Default: z.json().optional() })).default({}),
});
export type CloudTemplate = z.infer<typeof CloudTemplate>;
