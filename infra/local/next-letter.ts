import { nextDecentInstant } from '../../shared/mailing/hours/decent-hours.ts';
import { contactRules } from '../../shared/mailing/restraint/contact-rules.ts';
import { compile } from '../../shared/scoring/compile.ts';
import type { Model } from '../../shared/scoring/model.ts';

const HOUR = 3_600_000;

/**
 * What whoever looks for the first letter in the mailbox is to know: when the contact policy of the model lets it go,
 * where that is not now. `now` is epoch ms, `zone` the organisation's.
 */
export const nextLetter = (model: Model, zone: string, now: number): readonly string[] => {
  const hours = contactRules({ model, compiled: compile(model) })?.hoursFor('membership');
  const opens = hours && nextDecentInstant(now, zone, hours);
  if (opens === undefined || opens <= now) return [];
  const clock = { weekday: 'long', hour: '2-digit', minute: '2-digit', timeZone: zone } as const;
  const format = new Intl.DateTimeFormat('en-GB', clock);
  return [
    `It is ${format.format(now)} in ${zone}. The model writes to nobody at such an hour, so the welcome waits until`,
    `${format.format(opens)}. \`npm run polku -- deliveries --held\` shows it; \`npm run polku -- clock +${Math.ceil((opens - now) / HOUR)}h\``,
    'lets the hour come.',
  ];
};
