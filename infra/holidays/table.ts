import Holidays from 'date-holidays';

const countries = ['DK', 'FI', 'NO', 'SE'];
const FIRST = 2024;
const LAST = 2075;

/** On which an office is shut: by law, or by custom as on Christmas Eve. */
const free = new Set(['public', 'bank']);

/** The public holidays as month and day (`0517`), by country and year, as the library knows them; JSON text. */
export const holidayTable = (): string => {
  const ofCountry = (country: string) => {
    const calendar = new Holidays(country);
    const ofYear = (year: number) => {
      const days = calendar.getHolidays(year).filter(({ type }) => free.has(type));
      return [...new Set(days.map(({ date }) => date.slice(5, 10).replace('-', '')))].sort().join(' ');
    };
    const years = Array.from({ length: LAST - FIRST + 1 }, (_, i) => FIRST + i);
    return Object.fromEntries(years.map((year) => [year, ofYear(year)]));
  };
  const table = Object.fromEntries(countries.map((country) => [country, ofCountry(country)]));
  return `${JSON.stringify(table, null, 2)}\n`;
};
