import table from './public-holidays.json' with { type: 'json' };

/** The countries whose public holidays are known. */
export const countries = ['DK', 'FI', 'NO', 'SE'] as const;
export type Country = (typeof countries)[number];

const years = new Map<string, ReadonlySet<string>>(
  countries.flatMap((country) =>
    Object.entries(table[country]).map(([year, days]) => [`${country} ${year}`, new Set(days.split(' '))] as const),
  ),
);

/** Whether a date, given as midnight UTC (epoch ms), is a public holiday. Of years not in the table none is known. */
export const isHoliday = (date: number, country: Country): boolean => {
  const iso = new Date(date).toISOString();
  return years.get(`${country} ${iso.slice(0, 4)}`)?.has(iso.slice(5, 7) + iso.slice(8, 10)) ?? false;
};
