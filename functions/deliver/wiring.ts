import { addressNaming } from '../../shared/aws/address-key.ts';
import { choiceStore } from '../../shared/aws/choice-store.ts';
import { configStore } from '../../shared/aws/config-store.ts';
import { digestClaims, heldDigests, noteListed } from '../../shared/aws/digest-store.ts';
import { memberStore } from '../../shared/aws/dynamodb-member-store.ts';
import { drawing } from '../../shared/aws/hearsay-store.ts';
import { journeyStore } from '../../shared/aws/journey-store.ts';
import { keyStore } from '../../shared/aws/key-store.ts';
import { isOfMails } from '../../shared/aws/keys.ts';
import { mailRates } from '../../shared/aws/mail-rates.ts';
import { heldMails, mailStore } from '../../shared/aws/mail-store.ts';
import { mailer } from '../../shared/aws/mailer.ts';
import { marketingStore } from '../../shared/aws/marketing-store.ts';
import { memberPartition } from '../../shared/aws/member-partition.ts';
import { publishedModels } from '../../shared/aws/published-models.ts';
import { rateBudget } from '../../shared/aws/rate-budget.ts';
import { suppressionStore } from '../../shared/aws/suppression-store.ts';
import { tallyStore } from '../../shared/aws/tally-store.ts';
import { tombstoneStore } from '../../shared/aws/tombstone-store.ts';
import type { World } from '../../shared/aws/world.ts';
import type { Observing } from '../../shared/lambda/observing.ts';
import { queueHandler } from '../../shared/lambda/queue-handler.ts';
import { linksBelow } from '../../shared/mailing/mail-links.ts';
import { paced } from '../../shared/mailing/paced.ts';
import { givenBack } from '../../shared/mailing/restraint/tally.ts';
import { sealedBy } from '../../shared/sealing/sealed-by.ts';
import { type DeliverDeps, deliver } from './handler.ts';
import type { DeliverSettings } from './settings.ts';

type Outside = Pick<World, 'dynamodb' | 'ses' | 'now' | 'newToken' | 'randomBytes' | 'sleep' | 'pause'>;

/** What deliver works with, in whatever world it is put. */
export const deliverDeps = (settings: DeliverSettings, outside: Outside, { log, metrics }: Observing): DeliverDeps => {
  const { dynamodb: client, ses, now, newToken, randomBytes, sleep, pause } = outside;
  const members = { client, table: settings.MEMBERS_TABLE, pause };
  const set = { client, table: settings.CONFIG_TABLE };
  const config = configStore({ ...set, now });
  const { linkKeys } = keyStore({ ...set, now, randomBytes });
  const nameOf = addressNaming({ ...set, newToken });
  const { read, ledger } = memberStore(members);
  const quota = { perSecond: settings.MAILS_PER_SECOND, perDay: settings.MAILS_PER_DAY };
  const budget = rateBudget({ ...members, quota, now });
  const voice = {
    organisation: settings.ORGANISATION,
    sender: settings.SENDER,
    configurationSet: settings.CONFIGURATION_SET,
    trackingConfigurationSet: settings.TRACKING_CONFIGURATION_SET || undefined,
  };
  const { reckon } = tallyStore(members);
  const send = paced(mailer({ client: ses, ...voice, now }), { ...budget, sleep, now });
  const claimTools = { client, table: settings.MEMBERS_TABLE, now, newToken };
  return {
    reckon,
    giveBack: (member, id) =>
      reckon(member, (tally) => ({
        tally: tally.counted.some((one) => one.id === id) ? givenBack(tally, id) : tally,
        result: undefined,
      })),
    heldEffect: heldMails(members),
    draw: drawing(nameOf),
    heldDigest: heldDigests(members),
    digests: { claims: digestClaims(claimTools), send },
    noteListed: noteListed(members),
    move: journeyStore(members).move,
    mails: {
      claims: mailStore(claimTools),
      send,
    },
    choices: choiceStore({ client, table: settings.MEMBERS_TABLE }).choices,
    ...tombstoneStore({ ...members, nameOf }),
    removeErased: (member, erasedAt) => memberPartition(members).removeErased(member, erasedAt, isOfMails),
    snapshot: read,
    ledger,
    modelVersion: publishedModels(config).version,
    letters: config.letters,
    staff: config.staff,
    links: linksBelow(settings.PUBLIC_ADDRESS, sealedBy(linkKeys)),
    addressRecord: suppressionStore({ ...members, nameOf }).addressRecord,
    marketing: marketingStore({ ...set, now }).marketing,
    countSent: (mails) => mailRates(members).countSent(mails, now(), newToken()),
    tracks: settings.TRACKING_CONFIGURATION_SET !== '',
    organisation: settings.ORGANISATION,
    language: settings.LANGUAGE,
    zone: settings.TIME_ZONE,
    count: metrics.count,
    onError: (error) => log.error('an effect could not be carried out', error),
    now,
  };
};

/** Deliver on the effects queue. */
export const wireDeliver = (settings: DeliverSettings, outside: Outside, observing: Observing) =>
  queueHandler(deliver(deliverDeps(settings, outside, observing)), observing);
