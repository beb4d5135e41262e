import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { DAY } from '../../shared/kernel/duration.ts';
import { EventCondition, MemberCondition } from '../../shared/scoring/condition.ts';
import { Model } from '../../shared/scoring/model.ts';
import { remaining } from '../../shared/scoring/score.ts';
import { Staff } from '../../shared/scoring/staff.ts';

const read = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
const guide = read('docs/model.md');
const union = Model.parse(parse(read('samples/trade-union/model.yaml')));

/** Beside the sample's own, so that what a part refers to is there. */
const asPart = (key: 'scores' | 'rules' | 'journeys' | 'messages') => (content: unknown) =>
  Model.parse({ ...union, [key]: [...union[key], ...z.array(z.unknown()).parse(content)] });

const readers: Readonly<Record<string, (content: unknown) => unknown>> = {
  model: (content) => Model.parse(content),
  scores: asPart('scores'),
  rules: asPart('rules'),
  journeys: asPart('journeys'),
  messages: asPart('messages'),
  'event-conditions': (content) => z.array(EventCondition).min(1).parse(content),
  'member-conditions': (content) => z.array(MemberCondition).min(1).parse(content),
  staff: (content) => Staff.parse(content),
};

const blocks = [...guide.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)].map(([, info = '', content = '']) => ({
  kind: /^yaml (\S+)$/.exec(info)?.[1] ?? `unmarked: ${info}`,
  content,
}));

/** The numbers of a table: the days in front of each row, then one number for each of three half-lives. */
const table = (heading: string): readonly { days: number; shown: readonly string[] }[] => {
  const [rows = ''] = /^(\| (?!---).*\n)+/m.exec((guide.split(heading)[1] ?? '').replace(/^[^|]*\| ?-.*\n/, '')) ?? [];
  return rows
    .trim()
    .split('\n')
    .map((row) => row.split('|').map((cell) => cell.trim()))
    .map(([, first = '', ...shown]) => ({ days: Number(/\d+/.exec(first)?.[0]), shown: shown.slice(0, 3) }));
};
const halfLives = [30, 60, 90];

describe('the guide to the model', () => {
  it.each(blocks)('shows only what Polku would take ($kind)', ({ kind, content }) => {
    const reader = readers[kind];
    if (!reader) throw new Error(`No reader for this block: ${kind}`);
    expect(() => reader(parse(content))).not.toThrow();
  });

  it('has an example of every part', () => {
    expect(new Set(blocks.map(({ kind }) => kind))).toEqual(new Set(Object.keys(readers)));
  });

  it('is right about how points fade', () => {
    const rows = table('| after | half-life 30 days | half-life 60 days | half-life 90 days |\n');
    expect(rows.map(({ days }) => days)).toEqual([0, 30, 60, 90, 180]);
    for (const { days, shown } of rows) {
      expect(shown).toEqual(halfLives.map((halfLife) => (12 * remaining(days * DAY, halfLife * DAY)).toFixed(1)));
    }
  });

  it('is right about what a habit adds up to', () => {
    const rows = table('| how often | half-life 30 days | half-life 60 days | half-life 90 days |\n');
    expect(rows.map(({ days }) => days)).toEqual([7, 30, 90]);
    for (const { days, shown } of rows) {
      // The sum of the geometric series 10 · (1 + r + r² + …), r = what is left after one period.
      const sums = halfLives.map((halfLife) => 10 / (1 - remaining(days * DAY, halfLife * DAY)));
      expect(shown).toEqual(sums.map((sum) => sum.toFixed(0)));
    }
  });
});
