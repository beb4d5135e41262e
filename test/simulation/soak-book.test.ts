import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { soakBook } from './soak-book.ts';

const folder = mkdtempSync(join(tmpdir(), 'soak-'));
afterAll(() => rmSync(folder, { recursive: true }));

const told = (seed: number, failed?: string) => ({
  seed,
  steps: 200 + seed,
  ...(failed === undefined ? {} : { failed }),
  kinds: { throttled: 1 },
});

it('a soak that is stopped counts what it had played ahead once, when it has played it again', () => {
  const file = join(folder, 'soak.json');
  const before = soakBook(file);
  before.note([told(1), told(2)]);
  before.note([told(5), told(6, 'sent-once')]);
  expect(before.state()).toEqual({ next: 3, steps: 403, fewestSteps: 201, failed: [], kinds: { throttled: 2 } });

  const after = soakBook(file);
  expect(after.state()).toEqual(before.state());
  after.note([told(5), told(6, 'sent-once')]);
  after.note([told(3), told(4)]);
  const failed = [{ seed: 6, says: 'sent-once' }];
  expect(after.state()).toEqual({ next: 7, steps: 1221, fewestSteps: 201, failed, kinds: { throttled: 6 } });
  expect(soakBook(file).state()).toEqual(after.state());
  expect(readdirSync(folder)).toEqual(['soak.json']);
});
