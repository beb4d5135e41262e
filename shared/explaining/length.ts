export type LengthUnit = 'minute' | 'hour' | 'day' | 'week';

const form = /^(\d+) (minute|hour|day|week)s?$/;
const isUnit = (text: string | undefined): text is LengthUnit =>
  text === 'minute' || text === 'hour' || text === 'day' || text === 'week';

/** A length of time as a model writes it, `90 days`, in its parts; undefined for anything else. */
export const lengthIn = (text: string): { readonly count: number; readonly unit: LengthUnit } | undefined => {
  const [, count, unit] = form.exec(text) ?? [];
  return isUnit(unit) ? { count: Number(count), unit } : undefined;
};
