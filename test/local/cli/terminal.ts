import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../../infra/local/cli/run.ts';
import type { World } from '../../../infra/local/cli/world.ts';

export type Asked = { readonly request: string; readonly headers: Headers; readonly body: string };
type Answer = readonly [status: number, body: unknown];
type Answers = Readonly<Record<string, Answer | ((asked: Asked) => Answer)>>;

export const NOW = '2026-03-02T12:00:00.000Z';
export const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const connection = {
  api: 'http://127.0.0.1:4400',
  token: 'local-token',
  mailbox: 'http://127.0.0.1:4401',
  control: 'http://127.0.0.1:4402/secret',
  source: { id: 'crm', secret },
};

/** What Polku says no with. */
export const problem = (status: number, detail: string, more: object = {}) =>
  [status, { type: 'about:blank', title: 'No', status, detail, ...more }] as const;

/** A terminal before a Polku that answers as given: `GET /v1/models` → status and body; a text is NDJSON. */
export const terminal = (
  answers: Answers = {},
  {
    files = {},
    env = {},
    running = true,
    agrees = false,
  }: { agrees?: boolean; files?: Record<string, string>; env?: Record<string, string>; running?: boolean } = {},
) => {
  const asked: Asked[] = [];
  const written: Record<string, string> = {};
  const world = (out: string[], err: string[]): World => ({
    env,
    fetch: async (url, { method = 'GET', headers, body } = {}) => {
      const { pathname, search, host } = new URL(url);
      const one = {
        request: `${method} ${pathname}${search}`,
        headers: new Headers(headers),
        body: Buffer.from(body instanceof Uint8Array ? body : String(body ?? '')).toString(),
      };
      asked.push(one);
      const key = host === '127.0.0.1:4402' ? `${method} control${pathname.slice('/secret'.length)}` : one.request;
      const given = answers[key] ?? (key === 'GET control' ? [200, { now: NOW }] : undefined);
      if (!given) throw new Error(`Nobody answers ${key}`);
      const [status, value] = typeof given === 'function' ? given(one) : given;
      return new Response(typeof value === 'string' ? value : JSON.stringify(value), { status });
    },
    readText: (file) => {
      const text = files[file] ?? written[file];
      if (text === undefined) throw Object.assign(new Error('none'), { code: 'ENOENT' });
      return text;
    },
    writeNew: (file, text) => {
      if (file in files || file in written) throw Object.assign(new Error('there'), { code: 'EEXIST' });
      written[file] = text;
    },
    write: (text) => void out.push(text),
    complain: (text) => void err.push(text),
    watched: false,
    colour: false,
    locale: 'en-GB',
    zone: 'Europe/Helsinki',
    confirm: async (question) => {
      err.push(`${question}\n`);
      return agrees;
    },
    progress: (title, total) => {
      const at = (done = total) => void err.push(`${title} ${done}/${total}\n`);
      return { at, end: at };
    },
    wait: async () => {},
    now: () => Date.parse(NOW),
  });
  /** Types a command. */
  const type = async (...args: string[]) => {
    const data = mkdtempSync(join(tmpdir(), 'polku-cli-'));
    if (running) writeFileSync(join(data, 'connection.json'), JSON.stringify(connection));
    const out: string[] = [];
    const err: string[] = [];
    try {
      const code = await run(['--data', data, ...args], world(out, err));
      return { code, out: out.join(''), err: err.join('') };
    } finally {
      rmSync(data, { recursive: true });
    }
  };
  return { type, asked, written };
};
