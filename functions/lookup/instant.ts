/** Epoch ms as ISO 8601 in UTC. */
export const iso = (instant: number): string => new Date(instant).toISOString();

export const isoIf = (instant: number | undefined): string | undefined =>
  instant === undefined ? undefined : iso(instant);
