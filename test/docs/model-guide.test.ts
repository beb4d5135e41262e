import { describe, expect, it } from 'vitest';
import { DAY } from '../../shared/kernel/duration.ts';
import { remaining } from '../../shared/scoring/decay.ts';
import { codeBlocks, modelParts, readModelPart, readText } from '../support/guide.ts';

const guide = readText('docs/model.md');
const blocks = codeBlocks(guide);

/** The numbers of a table below its heading: the days in front of each row, then one number for each of three half-lives. */
const table = (heading: string): readonly { days: number; shown: readonly string[] }[] => {
  const [, below = ''] = guide.split(`${heading} | half-life 30 days | half-life 60 days | half-life 90 days |\n`);
  const [rows = ''] = below.split('\n\n');
  return rows
    .split('\n')
    .slice(1)
    .map((row) => row.split('|').map((cell) => cell.trim()))
    .map(([, first = '', ...shown]) => ({ days: Number(/\d+/.exec(first)?.[0]), shown: shown.slice(0, 3) }));
};
const halfLives = [30, 60, 90];

describe('the guide to the model', () => {
  it.each(blocks)('shows only what Polku would take ($info)', (block) => {
    expect(() => readModelPart(block)).not.toThrow();
  });

  it('has an example of every part', () => {
    expect(new Set(blocks.map(({ info }) => info))).toEqual(new Set(modelParts.map((part) => `yaml ${part}`)));
  });

  it('is right about how points fade', () => {
    const rows = table('| after');
    expect(rows.map(({ days }) => days)).toEqual([0, 30, 60, 90, 180]);
    for (const { days, shown } of rows) {
      expect(shown).toEqual(halfLives.map((halfLife) => (12 * remaining(days * DAY, halfLife * DAY)).toFixed(1)));
    }
  });

  it('is right about what a habit adds up to', () => {
    const rows = table('| how often');
    expect(rows.map(({ days }) => days)).toEqual([7, 30, 90]);
    for (const { days, shown } of rows) {
      // The sum of the geometric series 10 · (1 + r + r² + …), r = what is left after one period.
      const sums = halfLives.map((halfLife) => 10 / (1 - remaining(days * DAY, halfLife * DAY)));
      expect(shown).toEqual(sums.map((sum) => sum.toFixed(0)));
    }
  });
});
