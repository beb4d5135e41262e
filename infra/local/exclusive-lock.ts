import { DatabaseSync } from 'node:sqlite';

/**
 * A lock that one process at a time can hold; undefined where another holds it and `patience` (ms) is over, for which
 * this thread stands still. SQLite's lock is the operating system's: it ends with the process, however that ends.
 */
export const exclusiveLock = (file: string, patience: number): (() => void) | undefined => {
  try {
    const lock = new DatabaseSync(file);
    lock.exec(`PRAGMA busy_timeout = ${patience}; BEGIN EXCLUSIVE`);
    return () => lock.close();
  } catch {
    return undefined;
  }
};
