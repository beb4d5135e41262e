import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { Trouble } from '../trouble.ts';
import { Happening } from './happening.ts';

export const Mail = z.object({
  id: z.string(),
  /** When it was sent by the local cloud's clock, epoch ms. */
  at: z.number(),
  from: z.string(),
  to: z.array(z.string()),
  cc: z.array(z.string()),
  bcc: z.array(z.string()),
  replyTo: z.array(z.string()),
  subject: z.string(),
  /** As they came, by their names in lower case. */
  headers: z.record(z.string(), z.string()).default({}),
  text: z.string().optional(),
  html: z.string().optional(),
  tags: z.record(z.string(), z.string()),
  configurationSet: z.string().optional(),
});
export type Mail = z.infer<typeof Mail>;
/** Without the body, which is most of it. */
export type MailHead = Omit<Mail, 'text' | 'html'>;

export type MailFilter = {
  /** Parts of a recipient and of the subject, in any case; empty: all. */
  readonly to: string;
  readonly subject: string;
  readonly limit?: number;
  readonly offset?: number;
};

export type MailStore = {
  readonly keep: (mail: Mail) => void;
  /** A mail to look at that nobody sent: nothing is reported of it. */
  readonly keepPreview: (mail: Mail) => void;
  /** Mails of which nobody has been told yet that they were taken, the oldest first, `most` of them at most. */
  readonly untold: (most: number) => readonly MailHead[];
  readonly told: (ids: readonly string[]) => void;
  /** Something happens to a mail that was taken before. */
  readonly happen: (id: string, happening: Happening) => void;
  /** The first that has happened and of which nobody has been told yet. */
  readonly nextHappened: () =>
    | { readonly place: number; readonly mail: MailHead; readonly happened: Happening }
    | undefined;
  readonly toldHappened: (place: number) => void;
  /** Newest first. */
  readonly list: (filter: MailFilter) => readonly MailHead[];
  readonly count: (filter: MailFilter) => number;
  readonly get: (id: string) => Mail | undefined;
  readonly sentSince: (instant: number) => number;
  readonly close: () => void;
};

const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = OFF;
  CREATE TABLE IF NOT EXISTS mail (
    place INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, at INTEGER NOT NULL,
    recipients TEXT NOT NULL, subject TEXT NOT NULL, head TEXT NOT NULL, body TEXT NOT NULL
  );
  CREATE INDEX IF NOT EXISTS mail_at ON mail (at);
  CREATE TABLE IF NOT EXISTS untold (id TEXT PRIMARY KEY, place INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS happened (place INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, what TEXT NOT NULL);`;

const MATCHING = 'instr(lower(recipients), lower(?)) > 0 AND instr(lower(subject), lower(?)) > 0';

const Row = z.object({ head: z.string(), body: z.string() });
const Happened = z.object({ place: z.int(), what: z.string() });
const Count = z.object({ count: z.number() });

const opened = (data: string): DatabaseSync => {
  try {
    const db = new DatabaseSync(join(data, 'mail.db'));
    db.exec(SCHEMA);
    return db;
  } catch {
    throw new Trouble('The mailbox in the data folder cannot be read: begin anew with `npm start -- --fresh`.');
  }
};

/** Every mail that was sent, kept in the data folder. Throws Trouble. */
export const openMailStore = (data: string): MailStore => {
  const db = opened(data);
  const insert = db.prepare('INSERT INTO mail (id, at, recipients, subject, head, body) VALUES (?, ?, ?, ?, ?, ?)');
  const list = db.prepare(`SELECT head, '' AS body FROM mail WHERE ${MATCHING} ORDER BY place DESC LIMIT ? OFFSET ?`);
  const count = db.prepare(`SELECT count(*) AS count FROM mail WHERE ${MATCHING}`);
  const get = db.prepare('SELECT head, body FROM mail WHERE id = ?');
  const since = db.prepare('SELECT count(*) AS count FROM mail WHERE at > ?');
  const mark = db.prepare('INSERT INTO untold (id, place) SELECT id, place FROM mail WHERE id = ?');
  const unmark = db.prepare('DELETE FROM untold WHERE id = ?');
  const marked = db.prepare("SELECT head, '' AS body FROM untold JOIN mail USING (id) ORDER BY untold.place LIMIT ?");
  const happen = db.prepare('INSERT INTO happened (id, what) VALUES (?, ?)');
  const nextHappened = db.prepare(
    "SELECT happened.place, what, head, '' AS body FROM happened JOIN mail USING (id) ORDER BY happened.place LIMIT 1",
  );
  const forget = db.prepare('DELETE FROM happened WHERE place = ?');
  const Head = Mail.omit({ text: true, html: true });
  const headIn = (row: unknown): MailHead => Head.parse(JSON.parse(Row.parse(row).head));

  const put = ({ text, html, ...head }: Mail): void => {
    const recipients = [...head.to, ...head.cc, ...head.bcc].join('\n');
    insert.run(head.id, head.at, recipients, head.subject, JSON.stringify(head), JSON.stringify({ text, html }));
  };

  return {
    keep: (mail) => {
      db.exec('BEGIN');
      put(mail);
      mark.run(mail.id);
      db.exec('COMMIT');
    },
    keepPreview: put,
    untold: (most) => marked.all(most).map(headIn),
    told: (ids) => {
      for (const id of ids) unmark.run(id);
    },
    happen: (id, happening) => void happen.run(id, JSON.stringify(happening)),
    nextHappened: () => {
      const row = nextHappened.get();
      if (row === undefined) return undefined;
      const { place, what } = Happened.parse(row);
      return { place, mail: headIn(row), happened: Happening.parse(JSON.parse(what)) };
    },
    toldHappened: (place) => void forget.run(place),
    list: ({ to, subject, limit = -1, offset = 0 }) => list.all(to, subject, limit, offset).map(headIn),
    count: ({ to, subject }) => Count.parse(count.get(to, subject)).count,
    get: (id) => {
      const row = Row.optional().parse(get.get(id));
      return row && Mail.parse({ ...JSON.parse(row.head), ...JSON.parse(row.body) });
    },
    sentSince: (instant) => Count.parse(since.get(instant)).count,
    close: () => db.close(),
  };
};
