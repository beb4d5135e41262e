import { createHash } from 'node:crypto';
import { addressNaming } from '../../shared/aws/address-key.ts';
import { choiceStore } from '../../shared/aws/choice-store.ts';
import { configStore } from '../../shared/aws/config-store.ts';
import { memberStore } from '../../shared/aws/dynamodb-member-store.ts';
import { keyStore } from '../../shared/aws/key-store.ts';
import { CHOICES } from '../../shared/aws/keys.ts';
import { memberPartition } from '../../shared/aws/member-partition.ts';
import { sendBatch } from '../../shared/aws/send-batch.ts';
import { tombstoneStore } from '../../shared/aws/tombstone-store.ts';
import type { World } from '../../shared/aws/world.ts';
import { httpHandler } from '../../shared/lambda/http-handler.ts';
import type { Observing } from '../../shared/lambda/observing.ts';
import { withTombstone } from '../../shared/mailing/tombstone.ts';
import { profileIn } from '../../shared/scoring/profile.ts';
import { unsealedBy } from '../../shared/sealing/unsealed-by.ts';
import { preferencesRoutes } from './handler.ts';
import { pageHeaders } from './page/headers.ts';
import { STYLE } from './page/style.ts';
import type { PreferencesSettings } from './settings.ts';

type Outside = Pick<World, 'dynamodb' | 'sqs' | 'now' | 'newToken' | 'randomBytes' | 'pause'>;

/** The way out of mails and the page of preferences, in whatever world it is put. */
export const wirePreferences = (settings: PreferencesSettings, outside: Outside, observing: Observing) => {
  const { dynamodb: client, sqs, now, newToken, randomBytes, pause } = outside;
  const members = { client, table: settings.MEMBERS_TABLE, pause };
  const set = { client, table: settings.CONFIG_TABLE, now };
  const { read, ledger } = memberStore(members);
  const nameOf = addressNaming({ ...set, newToken });
  const { tombstones, refuse, erasedAt } = tombstoneStore({ ...members, nameOf });
  const { currentModel } = configStore(set);
  const queue = { client: sqs, url: settings.ACTIVITY_QUEUE_URL, pause };
  return httpHandler(
    preferencesRoutes({
      ...choiceStore(members),
      open: unsealedBy(keyStore({ ...set, randomBytes }).linkKeys),
      person: async (member) => {
        const snapshot = await read(member);
        if (!snapshot) return undefined;
        const profile = await profileIn(snapshot, () => ledger(member));
        const graves = await tombstones(member, profile.email);
        return { profile: graves.reduce(withTombstone, profile), erasedAt: snapshot.erasedAt };
      },
      refuse,
      erasedAt,
      removeChoices: (member, at) => memberPartition(members).removeErased(member, at, (sort) => sort === CHOICES),
      purposes: async () => (await currentModel())?.model.messages.map(({ purpose }) => purpose) ?? [],
      send: (messages) => sendBatch(queue, messages),
      tracks: settings.TRACKING === 'on',
      organisation: settings.ORGANISATION,
      language: settings.LANGUAGE,
      zone: settings.TIME_ZONE,
      headers: pageHeaders(createHash('sha256').update(STYLE).digest('base64')),
      count: observing.metrics.count,
      now,
    }),
    observing,
  );
};
