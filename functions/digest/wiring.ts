import { configStore } from '../../shared/aws/config-store.ts';
import { digestStore } from '../../shared/aws/digest-store.ts';
import { memberStore } from '../../shared/aws/dynamodb-member-store.ts';
import { journeyStore } from '../../shared/aws/journey-store.ts';
import { mailer } from '../../shared/aws/mailer.ts';
import { publishedModels } from '../../shared/aws/published-models.ts';
import { rateBudget } from '../../shared/aws/rate-budget.ts';
import type { World } from '../../shared/aws/world.ts';
import type { Observing } from '../../shared/lambda/observing.ts';
import { scheduledHandler } from '../../shared/lambda/scheduled-handler.ts';
import { paced } from '../../shared/mailing/paced.ts';
import { digest } from './handler.ts';
import type { DigestSettings } from './settings.ts';

type Outside = Pick<World, 'dynamodb' | 'ses' | 'now' | 'newToken' | 'sleep' | 'pause'>;

/** The digest on its schedule, in whatever world it is put. */
export const wireDigest = (settings: DigestSettings, outside: Outside, observing: Observing) => {
  const { dynamodb: client, ses, now, newToken, sleep, pause } = outside;
  const members = { client, table: settings.MEMBERS_TABLE, pause };
  const config = configStore({ client, table: settings.CONFIG_TABLE, now });
  const { readMany, ledger } = memberStore(members);
  const { claims, ...lists } = digestStore({ client, table: settings.MEMBERS_TABLE, now, newToken });
  const quota = { perSecond: settings.MAILS_PER_SECOND, perDay: settings.MAILS_PER_DAY };
  const budget = rateBudget({ ...members, quota, now });
  const voice = {
    organisation: settings.ORGANISATION,
    sender: settings.SENDER,
    configurationSet: settings.CONFIGURATION_SET,
  };
  const { log, metrics } = observing;
  return scheduledHandler(
    digest({
      ...journeyStore(members),
      ...lists,
      snapshots: readMany,
      ledger,
      currentModel: publishedModels(config).current,
      letters: config.letters,
      staff: config.staff,
      digests: { claims, send: paced(mailer({ client: ses, ...voice, now }), { ...budget, sleep, now }) },
      organisation: settings.ORGANISATION,
      language: settings.LANGUAGE,
      zone: settings.TIME_ZONE,
      count: metrics.count,
      onError: (error) => log.error('a digest could not be sent', error),
      now,
    }),
    observing,
  );
};
