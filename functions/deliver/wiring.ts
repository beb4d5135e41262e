import { choiceStore } from '../../shared/aws/choice-store.ts';
import { configStore } from '../../shared/aws/config-store.ts';
import { memberStore } from '../../shared/aws/dynamodb-member-store.ts';
import { journeyStore } from '../../shared/aws/journey-store.ts';
import { keyStore } from '../../shared/aws/key-store.ts';
import { mailStore } from '../../shared/aws/mail-store.ts';
import { mailer } from '../../shared/aws/mailer.ts';
import { publishedModels } from '../../shared/aws/published-models.ts';
import type { World } from '../../shared/aws/world.ts';
import type { Observing } from '../../shared/lambda/observing.ts';
import { queueHandler } from '../../shared/lambda/queue-handler.ts';
import { linksBelow } from '../../shared/mailing/mail-links.ts';
import { sealedBy } from '../../shared/sealing/sealed-by.ts';
import { deliver } from './handler.ts';
import type { DeliverSettings } from './settings.ts';

type Outside = Pick<World, 'dynamodb' | 'ses' | 'now' | 'newToken' | 'randomBytes' | 'pause'>;

/** Deliver on the effects queue, in whatever world it is put. */
export const wireDeliver = (settings: DeliverSettings, outside: Outside, observing: Observing) => {
  const { dynamodb: client, ses, now, newToken, randomBytes, pause } = outside;
  const members = { client, table: settings.MEMBERS_TABLE, pause };
  const config = configStore({ client, table: settings.CONFIG_TABLE, now });
  const { linkKeys } = keyStore({ client, table: settings.CONFIG_TABLE, now, randomBytes });
  const { read, ledger } = memberStore(members);
  const voice = {
    organisation: settings.ORGANISATION,
    sender: settings.SENDER,
    configurationSet: settings.CONFIGURATION_SET,
  };
  const { log, metrics } = observing;
  return queueHandler(
    deliver({
      move: journeyStore(members).move,
      mails: {
        claims: mailStore({ client, table: settings.MEMBERS_TABLE, now, newToken }),
        send: mailer({ client: ses, ...voice, pause, now }),
      },
      choices: choiceStore({ client, table: settings.MEMBERS_TABLE }).choices,
      snapshot: read,
      ledger,
      modelVersion: publishedModels(config).version,
      staff: config.staff,
      links: linksBelow(settings.PUBLIC_ADDRESS, sealedBy(linkKeys)),
      organisation: settings.ORGANISATION,
      language: settings.LANGUAGE,
      zone: settings.TIME_ZONE,
      count: metrics.count,
      onError: (error) => log.error('an effect could not be carried out', error),
      now,
    }),
    observing,
  );
};
