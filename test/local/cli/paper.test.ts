import { expect, it } from 'vitest';
import { plain } from '../../../infra/local/cli/paper.ts';

it.each([
  ['a\u001b[2Jb', 'a�[2Jb'],
  ['\u202Egnp.exe', '�gnp.exe'],
  ['Bo\u200D', 'Bo�'],
  ['علی\u200Cرضا 👩\u200D👧', 'علی\u200Cرضا 👩\u200D👧'],
])('what others sent does not steer the terminal, and names stay whole: %j', (sent, shown) =>
  expect(plain(sent)).toBe(shown),
);
