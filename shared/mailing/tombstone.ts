import * as z from 'zod';
import { OWN_SOURCE } from '../../events/envelope.ts';
import { withRefusal } from '../scoring/consents.ts';
import type { Profile } from '../scoring/standing.ts';

/** What is kept of somebody who was erased, so that a no outlives them: no name, no id, no address. Epoch ms. */
export const Tombstone = z.object({
  erasedAt: z.int(),
  /** By purpose; `own` where they said it themselves. */
  refusals: z.record(z.string(), z.object({ at: z.int(), own: z.boolean() })),
});
export type Tombstone = z.infer<typeof Tombstone>;

/** Stands for whichever source said no; the name of it went with the rest. */
const SOMEBODY = 'erased';

/** What outlives a person who is erased. */
export const tombstoneOf = ({ consents }: Profile, erasedAt: number): Tombstone => ({
  erasedAt,
  refusals: Object.fromEntries(
    Object.entries(consents)
      .filter(([, { given }]) => !given)
      .map(([purpose, { at, source }]) => [purpose, { at, own: source === OWN_SOURCE }]),
  ),
});

/** What is known of somebody who came back, with what they had said no to. */
export const withTombstone = (profile: Profile, { refusals }: Tombstone): Profile =>
  Object.entries(refusals).reduce(
    (known, [purpose, { at, own }]) =>
      withRefusal(known, purpose, { given: false, at, source: own ? OWN_SOURCE : SOMEBODY }),
    profile,
  );
