import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { checkModel } from '../../shared/model/check.ts';
import { Model } from '../../shared/scoring/model.ts';
import { codeBlocks, readText } from '../support/guide.ts';
import { type Happening, livedUnderModel } from '../support/sample.ts';

const page = readText('docs/scoring-model.md');
const blocks = codeBlocks(page);
const text = (info: string) =>
  blocks
    .filter((block) => block.info === info)
    .map(({ content }) => content)
    .join('\n');
const written: unknown = parse(text('yaml guide'));
const END = '2026-12-31';

const happening = (line: string): Happening => {
  const [when = '', type = '', ...data] = line.split(' ');
  return [
    when,
    type,
    Object.fromEntries(data.map((pair): [string, string] => [pair.split('=')[0] ?? '', pair.split('=')[1] ?? ''])),
  ];
};
const aino = () => livedUnderModel(Model.parse(written))(...text('life').trim().split('\n').map(happening));

/** The rows of the table under these heads. */
const rows = (...heads: string[]): readonly string[][] => {
  const [, below = ''] = page.split(`| ${heads.join(' | ')} |\n`);
  return (below.split('\n\n')[0] ?? '')
    .split('\n')
    .slice(1)
    .map((row) =>
      row
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
};

describe('the guide in five steps', () => {
  it('builds a model with which nothing is amiss but what it says itself', () =>
    expect(checkModel(written).filter(({ level }) => level !== 'info')).toEqual([]));

  it('shows the scores that Aino has', () => {
    const shown = rows('on', 'interest', 'belonging');
    expect(shown).toHaveLength(5);
    for (const [on = '', ...values] of shown) {
      expect([on, ...['interest', 'belonging'].map((score) => aino().score(score, on).toFixed(0))]).toEqual([
        on,
        ...values,
      ]);
    }
  });

  it('shows the stages that she comes to', () => {
    const stages = ['lead', 'member'].flatMap((journey) =>
      aino()
        .diary(journey, END)
        .map((line) => [line.split(' ')[0], journey, line.split(' ')[1]]),
    );
    expect(rows('from', 'journey', 'stage')).toEqual(stages.filter(([, , stage]) => stage !== '-'));
  });

  it('shows the messages that she gets', () =>
    expect(rows('on', 'message')).toEqual(
      aino()
        .letters(END)
        .map((line) => line.split(' ')),
    ));

  it('is right that a message may be kept from those who fall back', () => {
    const forward = structuredClone(Model.parse(written));
    const [, member] = forward.journeys;
    const [first] = member?.stages ?? [];
    if (first) first.onlyForward = true;
    expect(Model.safeParse(forward).success).toBe(true);
  });

  it('names only commands that there are', () => {
    const commands = [...page.matchAll(/npm run polku -- model (\w+)/g)].map(([, name]) => name);
    expect(commands.length).toBeGreaterThan(3);
    const source = ['model-commands', 'model-publish', 'model-versions', 'preview-command']
      .map((file) => readText(`infra/local/cli/${file}.ts`))
      .join('\n');
    for (const name of commands) expect(source).toContain(`.command('${name}`);
  });
});
