import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const project = join(import.meta.dirname, '../..');
const biome = join(project, 'node_modules/@biomejs/biome/bin/biome');
const rules = ['biome.json', 'test/architecture/nothing-ambient.grit'];

/** What the linter says of a line, wherever it stands. */
const room = mkdtempSync(join(tmpdir(), 'polku-lint-'));
const said = (file: string, line: string): string => {
  const path = join(room, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${line}\n`);
  const { stdout, stderr } = spawnSync(process.execPath, [biome, 'lint', '--vcs-enabled=false', file], {
    cwd: room,
    encoding: 'utf8',
  });
  return stdout + stderr;
};

beforeAll(() => {
  for (const file of rules) cpSync(join(project, file), join(room, file));
});
afterAll(() => rmSync(room, { recursive: true }));

describe('handler code', () => {
  it.each([
    ['const at = Date.now();', 'No ambient clock'],
    ['const clock = { now: Date.now };', 'No ambient clock'],
    ['const at = new Date();', 'No ambient clock'],
    ['const at = performance.now();', 'No ambient clock'],
    ['const die = Math.random();', 'No ambient chance'],
    ['const id = crypto.randomUUID();', 'No ambient chance'],
    ['const table = process.env.TABLE;', 'No ambient environment'],
    ['setTimeout(() => {}, 5);', 'No timers'],
    ['setImmediate(() => {});', 'No timers'],
  ])('is told of “%s”', (line, why) => {
    expect(said('functions/score/handler.ts', `export ${line}`.replace('export set', 'set'))).toContain(why);
  });

  it('may reckon with an instant that it was handed', () =>
    expect(said('shared/scoring/day.ts', 'export const day = (at: number) => new Date(at).getUTCDay();')).not.toMatch(
      /No ambient|No timers/,
    ));

  it('gets clock and chance from the entry of its function', () =>
    expect(said('functions/score/index.ts', 'export const world = { now: Date.now };')).not.toContain('No ambient'));
});
