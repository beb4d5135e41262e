/** When the world begins, epoch ms. */
export const START = Date.parse('2026-03-02T08:00:00Z');

/** Their names and ids are such that a key made carelessly of both would be another's. */
export const SOURCES = ['crm', 'crm-x'] as const;

/** What a source sends in one request. Times are epoch ms. */
export type Batch = {
  readonly at: number;
  readonly source: string;
  readonly items: readonly unknown[];
  /** How often the source tries before it forgets about it; undefined: until it is taken. */
  readonly tries: number | undefined;
};

/** A source is given another secret; those before it count for so long. */
export type Rotation = { readonly at: number; readonly source: string; readonly overlapHours: number };
