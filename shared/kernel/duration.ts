const units = { minute: 60_000, hour: 3_600_000, day: 86_400_000, week: 604_800_000 } as const;
type Unit = keyof typeof units;

const form = /^(\d{1,5}) (minute|hour|day|week)s?$/;
/** The form of a duration, for whoever describes one. */
export const DURATION_FORM = form.source;

export const isDuration = (text: string): boolean => form.test(text);

/** `"90 days"` → milliseconds. A day is 24 hours. Throws on any other form. */
export const milliseconds = (duration: string): number => {
  const [, count, unit] = form.exec(duration) ?? [];
  if (!count || !unit) throw new Error(`Not a duration: write for example "90 days" or "12 hours"`);
  return Number(count) * units[unit as Unit];
};

export const DAY = units.day;
