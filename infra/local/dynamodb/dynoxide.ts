import { spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { freePort } from '../free-port.ts';
import { answering, type DynamoDb } from './dynamodb.ts';

/** The program, where its package for this machine is installed; the package has no entry of its own. */
export const dynoxide = (): string | undefined => {
  try {
    const home = createRequire(import.meta.url).resolve(`@dynoxide/${process.platform}-${process.arch}/package.json`);
    const program = join(dirname(home), 'dynoxide');
    return existsSync(program) ? program : undefined;
  } catch {
    return undefined;
  }
};

/*
 * Ends the program when this process is gone, however it went: then the shell's input closes. And keeps it out of the
 * terminal's group, so that Ctrl-C reaches it after those who write to it, not with them.
 */
const LEASH = `exec 3<&0
"$0" "$@" & program=$!
{ read -r _ <&3; kill $program; } & leash=$!
wait $program
kill $leash`;

/** Starts the program on a free port of loopback, its tables kept in a folder. */
export const startDynoxide = async (program: string, folder: string): Promise<DynamoDb> => {
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const args = ['--host', '127.0.0.1', '--port', String(port), '--db-path', join(folder, 'dynoxide.db')];
  const leash = spawn('sh', ['-c', LEASH, program, ...args], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  const ended = new Promise<void>((resolve) => leash.once('exit', () => resolve()));
  const close = async () => {
    leash.stdin.end();
    await ended;
  };
  const endpoint = `http://127.0.0.1:${port}`;
  try {
    await Promise.race([answering(endpoint), ended.then(() => Promise.reject(new Error('dynoxide has ended')))]);
  } catch (error) {
    await close();
    throw error;
  }
  return { endpoint, close, ended };
};
