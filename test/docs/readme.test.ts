import { execFile, execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { activityOf } from '../../events/index.ts';
import { isAuthentic } from '../../shared/webhooks/standard-webhooks.ts';
import { codeBlocks, readModelPart, readText } from '../support/guide.ts';

const readme = readText('README.md');
const blocks = codeBlocks(readme);
const secret = `whsec_${Buffer.alloc(24, 9).toString('base64')}`;

/** Runs a program against a front door that answers 202, and returns what the door was sent. */
const whatArrivesFrom = async (program: string, script: string) => {
  const requests: { headers: Record<string, string>; body: Buffer }[] = [];
  const server = createServer(async (request, response) => {
    const headers = Object.fromEntries(Object.entries(request.headers).map(([key, value]) => [key, String(value)]));
    requests.push({ headers, body: await buffer(request) });
    response.writeHead(202, { 'content-type': 'application/json' }).end('{"accepted":1}');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The front door has no port');
  try {
    const flags = { node: ['--input-type=module', '-e'], python3: ['-c'], sh: ['-c'] }[program] ?? [];
    await promisify(execFile)(program, [...flags, script], {
      env: { PATH: process.env.PATH, POLKU_URL: `http://127.0.0.1:${address.port}`, POLKU_SECRET: secret },
    });
  } finally {
    server.close();
  }
  return requests;
};

const isHere = (program: string): boolean => {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

const script = (info: string, word: string): string =>
  blocks.find((block) => block.info === info && block.content.includes(word))?.content ?? '';
// Node is there for certain; the others are tried where they are.
const senders = [
  { program: 'node', needs: [], script: script('js', 'createHmac') },
  { program: 'python3', needs: ['python3'], script: script('python', 'hmac') },
  { program: 'sh', needs: ['curl', 'openssl'], script: script('sh', 'openssl dgst') },
].filter(({ needs }) => needs.every(isHere));

describe('the README', () => {
  it.each(senders)('shows how to send an event with $program', async ({ program, script }) => {
    const [request, ...more] = await whatArrivesFrom(program, script);
    expect(more).toEqual([]);
    const { headers = {}, body = Buffer.alloc(0) } = request ?? {};
    expect(isAuthentic({ headers, body, secrets: [{ secret }], now: Date.now() })).toBe(true);
    for (const event of [JSON.parse(body.toString())].flat()) {
      expect(activityOf(event.type).safeParse(event).error?.message).toBeUndefined();
    }
  });

  it.each(blocks.filter(({ info }) => info.startsWith('yaml')))('shows a piece of a model ($info)', (block) => {
    expect(() => readModelPart(block)).not.toThrow();
  });

  it('says how many functions there are', () => {
    const { length } = readdirSync(new URL('../../functions', import.meta.url));
    const words = ['eight', 'nine', 'ten', 'eleven', 'twelve'];
    expect(readme).toContain(`${words[length - 8]} small functions`);
  });

  it('names scripts that there are', () => {
    const { scripts } = z
      .object({ scripts: z.record(z.string(), z.string()) })
      .parse(JSON.parse(readText('package.json')));
    const named = [...readme.matchAll(/npm run (?:-s )?([a-z-]+)/g)].map(([, name = '']) => name);
    expect(named.length).toBeGreaterThan(3);
    for (const name of named) expect(Object.keys(scripts)).toContain(name);
  });

  it.each([...readme.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, path = '']) => path))('leads to %s', (path) => {
    expect(existsSync(new URL(`../../${path}`, import.meta.url))).toBe(true);
  });
});
