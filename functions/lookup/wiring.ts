import { configStore } from '../../shared/aws/config-store.ts';
import { memberStore } from '../../shared/aws/dynamodb-member-store.ts';
import { mailHistory } from '../../shared/aws/mail-history.ts';
import { mailsInState } from '../../shared/aws/mails-in-doubt.ts';
import { publishedModels } from '../../shared/aws/published-models.ts';
import { stageIndex } from '../../shared/aws/stage-index.ts';
import type { World } from '../../shared/aws/world.ts';
import { httpHandler } from '../../shared/lambda/http-handler.ts';
import type { Observing } from '../../shared/lambda/observing.ts';
import { lookupRoutes } from './handler.ts';
import type { LookupSettings } from './settings.ts';

type Outside = Pick<World, 'dynamodb' | 'now' | 'pause'>;

/** What staff may ask about members, in whatever world it is put. */
export const wireLookup = (settings: LookupSettings, outside: Outside, observing: Observing) => {
  const { dynamodb: client, now, pause } = outside;
  const members = { client, table: settings.MEMBERS_TABLE, pause };
  const config = configStore({ client, table: settings.CONFIG_TABLE, now });
  const models = publishedModels(config);
  const routes = lookupRoutes({
    ...memberStore(members),
    ...stageIndex(members),
    ...mailHistory(members),
    mailsInState: mailsInState(members),
    letters: config.letters,
    staff: config.staff,
    organisation: settings.ORGANISATION,
    currentModel: models.current,
    modelAt: async (instant) => {
      const version = await config.versionAt(instant);
      return version === undefined ? undefined : models.earlier(version);
    },
    modelVersion: models.earlier,
    language: settings.LANGUAGE,
    zone: settings.TIME_ZONE,
    now,
  });
  return httpHandler(routes, observing);
};
