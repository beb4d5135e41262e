import * as z from 'zod';
import { type ActivityEvent, OWN_SOURCE } from '../../events/envelope.ts';
import { ConsentPurpose } from '../../events/purpose.ts';
import { withConsent, withRefusal } from '../scoring/consents.ts';
import type { Consent, Preferences, Profile } from '../scoring/standing.ts';

const Said = z.object({ given: z.boolean(), at: z.int(), wording: z.string().exactOptional() });

/**
 * What a member has said themselves with a click in a mail or on their page, the last word of each kind. It is written
 * at once, while the events that tell the ledger of it are still on their way. Times are epoch ms.
 */
export const Choices = z.object({
  /** Counts the writes, from 1, or from the instant of an erasure before. */
  revision: z.int().positive(),
  consents: z.partialRecord(ConsentPurpose, Said),
  preferences: z
    .object({ at: z.int(), language: z.string().exactOptional(), pausedUntil: z.int().exactOptional() })
    .exactOptional(),
});
export type Choices = z.infer<typeof Choices>;

const saidIn = ({ consents }: Choices) =>
  ConsentPurpose.options.flatMap((purpose) => {
    const said = consents[purpose];
    return said === undefined ? [] : [{ purpose, ...said }];
  });

/** What the ledger is to be told. The same choices give the same events, with the same ids. */
export const eventsOf = (member: string, choices: Choices): readonly ActivityEvent[] => {
  const common = { source: OWN_SOURCE, member };
  const { preferences } = choices;
  return [
    ...saidIn(choices).map(({ purpose, given, at, wording }) => ({
      ...common,
      id: `${purpose}-${at}`,
      type: given ? 'consent.given' : 'consent.withdrawn',
      time: at,
      data: { purpose, ...(wording === undefined ? {} : { wording }) },
    })),
    ...(preferences
      ? [
          {
            ...common,
            id: `preferences-${preferences.at}`,
            type: 'preferences.changed',
            time: preferences.at,
            data: {
              language: preferences.language ?? null,
              pausedUntil:
                preferences.pausedUntil === undefined ? null : new Date(preferences.pausedUntil).toISOString(),
            },
          },
        ]
      : []),
  ];
};

/** A ledger together with what it has not been told yet of the member's own words. */
export const withOwnWords = (
  member: string,
  ledger: readonly ActivityEvent[],
  choices: Choices,
): readonly ActivityEvent[] => {
  const told = new Set(ledger.filter(({ source }) => source === OWN_SOURCE).map(({ id }) => id));
  return [...ledger, ...eventsOf(member, choices).filter(({ id }) => !told.has(id))];
};

const withSaid = (
  profile: Profile,
  { purpose, ...said }: z.infer<typeof Said> & { purpose: ConsentPurpose },
): Profile => {
  const consent: Consent = { ...said, source: OWN_SOURCE };
  if (!said.given) return withRefusal(profile, purpose, consent);
  return (profile.consents[purpose]?.at ?? -Infinity) > said.at ? profile : withConsent(profile, purpose, consent);
};

const newer = (known: Preferences | undefined, said: Preferences | undefined): Preferences | undefined =>
  said === undefined || (known !== undefined && known.at > said.at) ? known : said;

/** What is known of a person once these choices are in their ledger. */
export const withChoices = (profile: Profile, choices: Choices): Profile => {
  const preferences = newer(profile.preferences, choices.preferences);
  return saidIn(choices).reduce(withSaid, { ...profile, ...(preferences ? { preferences } : {}) });
};

/** Those of the choices that the profile, folded from the ledger, does not show yet. */
export const untold = (member: string, profile: Profile, choices: Choices): readonly ActivityEvent[] => {
  const isTold = ({ type, data, time }: ActivityEvent): boolean =>
    type === 'preferences.changed'
      ? (profile.preferences?.at ?? -Infinity) >= time
      : typeof data.purpose === 'string' && (profile.consents[data.purpose]?.at ?? -Infinity) >= time;
  return eventsOf(member, choices).filter((event) => !isTold(event));
};
