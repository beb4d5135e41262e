import { writeFileSync } from 'node:fs';
import { holidayTable } from './table.ts';

writeFileSync(new URL('../../shared/mailing/hours/public-holidays.json', import.meta.url), holidayTable());
