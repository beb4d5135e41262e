import { mkdirSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { buildApp } from 'fauxqs';
import type { PersistenceManager } from '../../../node_modules/fauxqs/dist/persistence.d.ts';
import type { S3Store } from '../../../node_modules/fauxqs/dist/s3/s3Store.d.ts';
import type { SnsStore } from '../../../node_modules/fauxqs/dist/sns/snsStore.d.ts';
import type { SqsQueue, SqsStore } from '../../../node_modules/fauxqs/dist/sqs/sqsStore.d.ts';
import { REGION } from '../template/place.ts';
import { Trouble } from '../trouble.ts';

/*
 * fauxqs keeps its state on disk only in its own server, which listens on every interface. Its parts do the same
 * here on loopback, put together as that server does it; they are not exported, hence the addresses.
 */
type Parts = {
  readonly SqsStore: new () => SqsStore;
  readonly SnsStore: new () => SnsStore;
  readonly S3Store: new () => S3Store;
  readonly PersistenceManager: new (folder: string) => PersistenceManager;
  readonly INVALID_MESSAGE_BODY_CHAR: RegExp;
};

const part = async (path: string): Promise<unknown> => import(new URL(path, import.meta.resolve('fauxqs')).href);

const isParts = (parts: object): parts is Parts =>
  ['SqsStore', 'SnsStore', 'S3Store', 'PersistenceManager'].every(
    (name) => typeof Reflect.get(parts, name) === 'function',
  ) && Reflect.get(parts, 'INVALID_MESSAGE_BODY_CHAR') instanceof RegExp;

const parts = async (): Promise<Parts> => {
  const files = ['./sqs/sqsStore.js', './sns/snsStore.js', './s3/s3Store.js', './persistence.js', './sqs/sqsTypes.js'];
  const found = Object.assign({}, ...(await Promise.all(files.map(part))));
  if (!isParts(found)) throw new Error('fauxqs is not the version that the local cloud was written for');
  return found;
};

const opened = (create: Parts['PersistenceManager'], folder: string): PersistenceManager => {
  try {
    mkdirSync(folder, { recursive: true });
    return new create(folder);
  } catch {
    throw new Trouble('The queues in the data folder cannot be read: begin anew with `npm start -- --fresh`.');
  }
};

/**
 * What is committed is handed to the operating system at once, so it outlives this process; only a power cut can
 * take the last moments. Mends, too, how a message is put back at once, which fauxqs tries with a count of null.
 */
const tune = (persistence: PersistenceManager): void => {
  const db: unknown = Reflect.get(persistence, 'db');
  if (!(db instanceof DatabaseSync)) throw new Error('fauxqs keeps its queues in another way than expected');
  db.exec('PRAGMA synchronous = OFF');
  const putBack = db.prepare(
    'UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL WHERE message_id = ?',
  );
  persistence.updateMessageReady = (message) => void putBack.run(message);
};

/**
 * What SQS refuses in a message; fauxqs refuses whatever takes two units as well, and with it every emoji.
 * Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
const refused = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u;

/** A server of queues, not yet listening, with what the folder holds of them. Throws Trouble. */
export const keptQueues = async (folder: string) => {
  const { SqsStore, SnsStore, S3Store, PersistenceManager, INVALID_MESSAGE_BODY_CHAR } = await parts();
  INVALID_MESSAGE_BODY_CHAR.test = (text) => refused.test(text);
  const persistence = opened(PersistenceManager, folder);
  tune(persistence);
  const stores = { sqsStore: new SqsStore(), snsStore: new SnsStore(), s3Store: new S3Store() };
  // First loaded, then wired: loading into a wired store would write each queue anew and drop its messages.
  persistence.load(stores.sqsStore, stores.snsStore, stores.s3Store);
  stores.sqsStore.persistence = persistence;
  for (const queue of stores.sqsStore.allQueues()) queue.persistence = persistence;

  const app = buildApp({ logger: false, defaultRegion: REGION, stores });
  // Without a host of its own, a queue's address is the one it was asked for under.
  stores.sqsStore.host = '';
  app.addHook('preClose', () => persistence.close());
  return { app, queues: (): readonly SqsQueue[] => [...stores.sqsStore.allQueues()] };
};
