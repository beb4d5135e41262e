import * as z from 'zod';

export const Instant = z.iso.datetime().meta({ id: 'Instant', description: 'ISO 8601, UTC' });

/** Epoch ms as ISO 8601 in UTC. */
export const iso = (instant: number): string => new Date(instant).toISOString();

export const isoIf = (instant: number | undefined): string | undefined =>
  instant === undefined ? undefined : iso(instant);
