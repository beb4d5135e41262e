import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const LAUNCHER = fileURLToPath(new URL('../../infra/local/launch.mjs', import.meta.url));

describe('a command whose answer nobody reads to its end', () => {
  it.each(['polku', 'demo'])('ends quietly: %s', async (program) => {
    const child = spawn(process.execPath, [LAUNCHER, program, '--help'], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    const [complaint, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
    expect({ complaint, code }).toEqual({ complaint: '', code: 0 });
  });
});
