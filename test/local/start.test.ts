import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { dataFolder, runStart } from '../support/local-cloud.ts';

const folders: ReturnType<typeof dataFolder>[] = [];
const newFolder = () => {
  const folder = dataFolder();
  folders.push(folder);
  return folder.path;
};
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove();
});

/** Gives up with one sentence and exit code 1. */
const refusal = async (options: readonly string[], node: readonly string[] = []): Promise<string> => {
  const { code, output } = await runStart(options, node).exit;
  expect(code).toBe(1);
  const lines = output
    .trim()
    .split('\n')
    .filter((line) => line !== 'Polku is starting …');
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/: .*\.$/);
  return lines[0] ?? '';
};

const listening = async (port: number): Promise<{ port: number; close: () => void }> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port');
  return { port: address.port, close: () => server.close() };
};

describe('when Polku cannot start, it says why in one sentence', () => {
  it('a taken port', async () => {
    const taken = await listening(0);
    expect(await refusal(['--data', newFolder(), '--port', String(taken.port)])).toContain(`Port ${taken.port} `);
    expect(await refusal(['--data', newFolder(), '--port', String(taken.port - 1)])).toContain(
      'for the mailbox is taken',
    );
    taken.close();
  });

  it('a data folder that cannot be written', async () => {
    expect(await refusal(['--port', '0', '--data', '/proc/polku'])).toContain('cannot be written');
    const file = newFolder();
    writeFileSync(file, '');
    expect(await refusal(['--port', '0', '--data', file])).toContain('cannot be written');
  });

  it('a data folder that is damaged', async () => {
    const data = newFolder();
    mkdirSync(data);
    writeFileSync(join(data, 'polku.json'), '{"for');
    expect(await refusal(['--port', '0', '--data', data])).toContain('--fresh');
  });

  it('queues, tables or mails that are damaged', async () => {
    for (const [folder, file] of [
      ['queues', 'fauxqs.db'],
      ['tables', 'dynoxide.db'],
      ['.', 'mail.db'],
    ] as const) {
      const data = newFolder();
      mkdirSync(join(data, folder), { recursive: true });
      writeFileSync(join(data, 'polku.json'), '{"format":1}');
      writeFileSync(join(data, folder, file), 'not a database'.repeat(100));
      expect(await refusal(['--port', '0', '--data', data])).toContain('--fresh');
    }
  }, 60_000);

  it('a data folder of another version', async () => {
    const data = newFolder();
    mkdirSync(data);
    writeFileSync(join(data, 'polku.json'), '{"format":99}');
    expect(await refusal(['--port', '0', '--data', data])).toContain('another version');
  });

  it('a folder that holds something else', async () => {
    const data = newFolder();
    mkdirSync(data);
    writeFileSync(join(data, 'thesis.txt'), 'years of work');
    expect(await refusal(['--port', '0', '--data', data, '--fresh'])).toContain('something else');
  });

  it('an endpoint where no DynamoDB answers', async () => {
    const { port, close } = await listening(0);
    close();
    expect(await refusal(['--port', '0', '--data', newFolder(), '--dynamodb', `http://127.0.0.1:${port}`])).toContain(
      'No DynamoDB answers',
    );
  });

  it('options that nobody knows', async () => {
    expect(await refusal(['--prot', '4400'])).toContain("'--prot'");
    expect(await refusal(['--port', 'http'])).toContain('is no port');
    expect(await refusal(['--dynamodb', 'here'])).toContain('is no address');
  });

  it('an old Node', async () => {
    const pretend = `data:text/javascript,Object.defineProperty(process.versions,'node',{value:'20.20.2'})`;
    expect(await refusal([], ['--import', pretend])).toContain('needs Node 22.18 or newer');
  });
});

describe('npm start -- --help', () => {
  it('names the options', async () => {
    const { code, output } = await runStart(['--help']).exit;
    expect(code).toBe(0);
    for (const option of ['--port', '--data', '--fresh', '--settings', '--dynamodb']) expect(output).toContain(option);
  });
});
