/** The clocks on the walls of the world, read with nothing of ours. */

const formats = new Map<string, Intl.DateTimeFormat>();
const formatIn = (timeZone: string): Intl.DateTimeFormat => {
  const kept = formats.get(timeZone);
  if (kept) return kept;
  const date = { year: 'numeric', month: '2-digit', day: '2-digit', weekday: 'short' } as const;
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    ...date,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  formats.set(timeZone, format);
  return format;
};

/** The date, the day of the week and the minutes since midnight that a wall shows at an instant, epoch ms. */
export const wallClock = (instant: number, zone: string) => {
  const parts = formatIn(zone).formatToParts(instant);
  const read = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
  return {
    date: `${read.year}-${read.month}-${read.day}`,
    weekday: String(read.weekday).toLowerCase(),
    minutes: Number(read.hour) * 60 + Number(read.minute),
  };
};

const DAY = 86_400_000;

/** The nights (an instant of each, epoch ms) in which the clocks of a zone are changed in a year. */
export const nightsOfChange = (zone: string, year: number): readonly number[] => {
  const noons = Array.from({ length: 366 }, (_, i) => Date.UTC(year, 0, 1, 12) + i * DAY);
  const ahead = (noon: number): number => wallClock(noon, zone).minutes;
  return noons.slice(1).flatMap((noon, i) => (ahead(noon) === ahead(noons[i] ?? noon) ? [] : [noon - DAY / 2]));
};

/** Zones that change their clocks twice in a year, spread over the world; with the nights in which they do. */
export const changingZones = (year: number, most: number) => {
  const all = Intl.supportedValuesOf('timeZone').flatMap((zone) => {
    const nights = nightsOfChange(zone, year);
    return nights.length === 2 ? [{ zone, nights }] : [];
  });
  return Array.from({ length: most }, (_, i) => all[Math.floor((i * all.length) / most)]).filter(
    (one) => one !== undefined,
  );
};
