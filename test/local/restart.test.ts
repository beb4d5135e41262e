import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { startDynalite } from '../../infra/local/dynamodb/start-dynalite.ts';
import { dataFolder, type RunningCloud, runStart, startLocalCloud } from '../support/local-cloud.ts';

const MINUTE = 60_000;
const PATIENCE = 150_000;

let folder = dataFolder();
let running: RunningCloud | undefined;
const start = async (...options: string[]): Promise<RunningCloud> => {
  running = await startLocalCloud(folder.path, options);
  return running;
};
afterEach(async () => {
  await running?.stop('SIGKILL');
  folder.remove();
  folder = dataFolder();
});

const visits = (count: number, time: string, batch: number) =>
  Array.from({ length: count }, (_, i) => ({
    id: `visit-${batch}-${i}`,
    type: 'site.visited',
    member: { id: `member-${i % 20}` },
    time,
    data: { topic: 'home' },
  }));

const Timeline = z.object({ entries: z.array(z.looseObject({ kind: z.string() })) });

const eventsOf = async (cloud: RunningCloud, member: string): Promise<number> =>
  Timeline.parse(await (await cloud.ask(`/v1/members/${member}/timeline`)).json()).entries.filter(
    ({ kind }) => kind === 'event',
  ).length;

const read = (file: string): string => readFileSync(file, 'utf8');

/** A process and all that it has started. */
const family = (pid: number): readonly number[] => [
  pid,
  ...read(`/proc/${pid}/task/${pid}/children`).trim().split(' ').filter(Boolean).map(Number).flatMap(family),
];

/** What a process and its children listen on, from the kernel's own tables: the address as hexadecimal digits. */
const listeners = (pid: number): readonly string[] => {
  const sockets = new Set(
    family(pid).flatMap((one) => readdirSync(`/proc/${one}/fd`).map((fd) => socketOf(`/proc/${one}/fd/${fd}`))),
  );
  return ['tcp', 'tcp6'].flatMap((table) =>
    read(`/proc/net/${table}`)
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter(([, , , state, , , , , , inode = '']) => state === '0A' && sockets.has(inode))
      .map(([, local = '']) => local),
  );
};

/** The inode of an open socket; nothing for what is no socket, or is closed by now. */
const socketOf = (fd: string): string => {
  try {
    return /^socket:\[(\d+)\]$/.exec(readlinkSync(fd))?.[1] ?? '';
  } catch {
    return '';
  }
};

describe('a second start', () => {
  it(
    'finds everything that was there, and stops cleanly within seconds',
    async () => {
      const first = await start();
      await first.send(visits(40, await first.ago(MINUTE), 1));
      await first.idle();
      await first.travel({ by: '3d' });
      await first.enqueue('digest-missed', 'a message that nobody takes');
      const [before, source] = [await first.now(), first.source];
      const began = performance.now();
      expect((await first.stop('SIGINT')).code).toBe(0);
      expect(performance.now() - began).toBeLessThan(5000);
      expect(readdirSync(folder.path)).not.toContain('connection.json');

      const second = await start();
      expect(second.source).toEqual(source);
      expect(await second.now()).toBeGreaterThanOrEqual(before);
      expect(await eventsOf(second, 'member-7')).toBe(2);
      const { queues } = await second.state();
      expect(queues.find(({ name }) => name === 'digest-missed')?.visible).toBe(1);
      expect(second.output()).toContain('3 days ahead');

      await second.stop('SIGINT');
      const third = await start('--fresh');
      expect(third.source.secret).not.toBe(source.secret);
      expect((await third.ask('/v1/members/member-7')).status).toBe(404);
      expect(third.output()).not.toContain('ahead');
    },
    PATIENCE,
  );

  it(
    'is refused while the first one runs',
    async () => {
      const first = await start();
      const { code, output } = await runStart(['--port', '0', '--data', folder.path]).exit;
      expect(code).toBe(1);
      expect(output).toContain(`in use by another Polku, process ${first.pid}`);
    },
    PATIENCE,
  );
});

describe('a SIGKILL', () => {
  it(
    'loses nothing that was answered 202',
    async () => {
      const first = await start();
      const time = await first.ago(MINUTE);
      const answers = await Promise.all([1, 2, 3, 4, 5].map((batch) => first.send(visits(100, time, batch))));
      await first.stop('SIGKILL');
      expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202]);

      const second = await start();
      await second.idle();
      expect(await eventsOf(second, 'member-0')).toBe(25);
      expect(await eventsOf(second, 'member-19')).toBe(25);
    },
    PATIENCE,
  );

  it(
    'on a journey through time leaves the clock where it was, and the journey goes on',
    async () => {
      const first = await start();
      await first.send(visits(20, await first.ago(MINUTE), 1));
      const began = await first.now();
      const journey = first.travel({ by: '3000d' }).catch(() => []);
      await new Promise((resolve) => setTimeout(resolve, 1500));
      await first.stop('SIGKILL');
      await journey;

      const second = await start();
      const reached = await second.now();
      expect(reached).toBeGreaterThan(began);
      const stops = await second.travel({ by: '2d' });
      expect(Date.parse(stops.at(-1) ?? '')).toBeGreaterThan(reached);
      expect((await second.state()).functions.every(({ errors }) => errors === 0)).toBe(true);
    },
    PATIENCE,
  );
});

describe('with another DynamoDB', () => {
  it(
    'keeps the tables there and everything else in the data folder',
    async () => {
      const elsewhere = dataFolder();
      const dynamodb = await startDynalite(elsewhere.path);
      const cloud = await start('--dynamodb', dynamodb.endpoint);
      await cloud.send(visits(20, await cloud.ago(MINUTE), 1));
      await cloud.idle();
      expect(await eventsOf(cloud, 'member-7')).toBe(1);
      expect(readdirSync(folder.path)).not.toContain('tables');
      await cloud.stop('SIGINT');
      await dynamodb.close();
      elsewhere.remove();
    },
    PATIENCE,
  );
});

// Only Linux says who listens on what without a further program.
describe.runIf(process.platform === 'linux')('on the network', () => {
  it(
    'listens on loopback and nowhere else',
    async () => {
      const { pid = 0 } = await start();
      const mine = listeners(pid);
      // Front door, mailbox, queues, tables and state machines, all on 127.0.0.1 as the kernel writes it.
      expect(mine).toHaveLength(5);
      expect(mine.filter((listener) => !listener.startsWith('0100007F:'))).toEqual([]);
    },
    PATIENCE,
  );
});
