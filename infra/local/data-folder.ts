import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { exclusiveLock } from './exclusive-lock.ts';
import { codeOf, Trouble } from './trouble.ts';

/** Raised when what is kept changes its form. */
const FORMAT = 1;
const Marker = z.object({ format: z.int() });

const MARKER = 'polku.json';
const LOCK = 'lock.db';
const PID = 'pid';
/** What a fresh start forgets: only what Polku itself makes, whatever else lies in the folder. */
const KEPT = [
  ...[
    'clock.json',
    'connection.json',
    'key',
    'source.json',
    'sample.json',
    'executions.json',
    'queues',
    'logs',
    'tables',
  ],
  ...['mail.db', 'mail.db-wal', 'mail.db-shm', 'mail.db-journal', MARKER],
];

export type DataFolder = { readonly path: string; readonly release: () => void };

/** One level at a time: where a level cannot be made, Node's own recursion may try for ever. */
const makeFolder = (path: string): void => {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path, { mode: 0o700 });
};

const made = (path: string): void => {
  try {
    makeFolder(path);
    writeFileSync(join(path, '.probe'), '');
    rmSync(join(path, '.probe'));
  } catch (error) {
    throw new Trouble(
      `The data folder ${path} cannot be written (${codeOf(error)}): mend its rights, or choose another with --data.`,
    );
  }
};

const pidIn = (path: string): string => {
  try {
    return `, process ${readFileSync(join(path, PID), 'utf8').trim()}`;
  } catch {
    return '';
  }
};

const locked = (path: string): (() => void) => {
  const unlock = exclusiveLock(join(path, LOCK), 0);
  if (!unlock) {
    throw new Trouble(
      `The data folder ${path} is in use by another Polku${pidIn(path)}: stop that one, or choose another folder with --data.`,
    );
  }
  writeFileSync(join(path, PID), String(process.pid));
  return () => {
    rmSync(join(path, PID), { force: true });
    unlock();
  };
};

const checkMarker = (path: string): void => {
  const file = join(path, MARKER);
  if (!existsSync(file)) {
    writeFileSync(file, JSON.stringify({ format: FORMAT }));
    return;
  }
  const mend = 'begin anew with `npm start -- --fresh`, or choose another folder with --data';
  const marker = (() => {
    try {
      return Marker.parse(JSON.parse(readFileSync(file, 'utf8')));
    } catch {
      throw new Trouble(`The data folder ${path} is damaged (${MARKER} cannot be read): ${mend}.`);
    }
  })();
  if (marker.format !== FORMAT) {
    throw new Trouble(`The data folder ${path} was written by another version of Polku: ${mend}.`);
  }
};

const strangersIn = (path: string): boolean =>
  !existsSync(join(path, MARKER)) && readdirSync(path).some((name) => !KEPT.includes(name));

/** Opens the folder for this process alone, made where there is none. Throws Trouble. */
export const openDataFolder = (path: string, fresh: boolean): DataFolder => {
  const isNew = !existsSync(path);
  made(path);
  if (!isNew && strangersIn(path) && !existsSync(join(path, LOCK))) {
    throw new Trouble(`The folder ${path} holds something else than Polku's data: choose another with --data.`);
  }
  const release = locked(path);
  try {
    if (fresh) for (const name of KEPT) rmSync(join(path, name), { recursive: true, force: true });
    checkMarker(path);
  } catch (error) {
    release();
    throw error;
  }
  return { path, release };
};
