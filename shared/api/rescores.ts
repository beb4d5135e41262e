import * as z from 'zod';
import { DEFAULT_PACE, Pace, RescoreState } from '../model/rescore.ts';
import { Instant } from './instant.ts';

const WithPace = Pace.meta({ description: 'Members a minute' });

export const RescorePath = z.object({
  version: z.union([z.literal('current'), z.string().regex(/^[1-9]\d{0,7}$/)]).meta({
    description: 'The version that members are brought to, or `current`',
  }),
});
export const NewRescore = z.strictObject({ pace: WithPace.default(DEFAULT_PACE) }).default({ pace: DEFAULT_PACE });
export const RescoreChange = z
  .strictObject({ pace: WithPace.optional(), state: z.enum(['running', 'paused']).optional() })
  .refine(({ pace, state }) => pace !== undefined || state !== undefined, 'Say a pace, a state, or both');

export const ShownRescore = z
  .strictObject({
    version: z.int(),
    state: z.enum([...RescoreState.options, 'superseded']).meta({
      description: '`stalled`: some members do not follow; `superseded`: another version is in force',
    }),
    pace: WithPace,
    total: z.int().meta({ description: 'How many members another version had made when it began' }),
    behind: z.int().meta({ description: 'How many are left. In lists as of the last sweep' }),
    startedAt: Instant,
    changedAt: Instant,
  })
  .meta({ id: 'Rescore', description: 'How silent members are brought to a version of the model' });
export type ShownRescore = z.infer<typeof ShownRescore>;
export const RescoreList = z
  .strictObject({
    members: z.int().meta({ description: 'How many members there are: so many a new version would look at' }),
    rescores: z.array(ShownRescore),
  })
  .meta({ id: 'RescoreList' });
export type RescoreList = z.infer<typeof RescoreList>;
