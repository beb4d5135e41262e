import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { checkModel } from '../../shared/model/check.ts';
import { walk } from '../../shared/preview/walk.ts';
import { compile } from '../../shared/scoring/compile.ts';
import { Model } from '../../shared/scoring/model.ts';
import { NOW, problem, terminal } from '../local/cli/terminal.ts';
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

  it('is right that the second welcome stays away from those who fall back', () => {
    const forward = structuredClone(Model.parse(written));
    const [first] = forward.journeys.find(({ id }) => id === 'member')?.stages ?? [];
    if (first) first.onlyForward = true;
    const consent: Happening = ['2026-01-10', 'consent.given', { purpose: 'membership' }];
    const sent = (model: Model) => {
      const [at, side] = [Date.parse(END), { model, compiled: compile(model) }];
      const events = [consent, ...text('life').trim().split('\n').map(happening)].map(([when, type, data = {}], i) => ({
        ...{ source: 'crm', id: String(i), member: 'aino', type, data, email: 'aino@example.org' },
        time: Date.parse(`${when}T12:00:00Z`),
      }));
      const { fates } = walk(side, events, { from: 0, at }, { member: 'aino', zone: model.timeZone });
      return fates.flatMap((fate) => (fate.kind === 'sent' ? [fate.message] : []));
    };
    expect(sent(Model.parse(written))).toEqual(['welcome', 'we-miss-you', 'welcome']);
    expect(sent(forward)).toEqual(['welcome', 'we-miss-you']);
  });

  it('ends with commands that do what it says with this very model', async () => {
    const files = { FILE: text('yaml guide') };
    const earlier = { version: 3, publishedAt: NOW, model: { ...Object(written), title: 'B' } };
    const { type, asked } = terminal(
      {
        'GET /v1/models/3': [200, earlier],
        'POST /v1/previews': problem(413, 'Asked for'),
        'POST /v1/models': [201, { version: 4, publishedAt: NOW, changed: true }],
      },
      { files },
    );
    const commands = text('sh')
      .split('\n')
      .filter((line) => line.startsWith('npm run polku -- '))
      .map((line) => line.replace(/^npm run polku -- /, '').replace(/ *#.*$/, ''));
    expect(commands.map((line) => line.split(' ')[1])).toEqual(['check', 'diff', 'preview', 'publish']);
    const said: string[] = [];
    for (const command of commands) {
      const words = [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word]) => quoted ?? word ?? '');
      const { out, err } = await type(...words);
      said.push(out + err);
    }
    expect(said[0]).toContain('FILE is valid');
    expect(said[1]).toContain('title: B → A walking association');
    expect(said[2]).toBe('Asked for.\n');
    expect(said[3]).toContain('Published as version 4');
    expect(JSON.parse(asked.at(-1)?.body ?? '')).toMatchObject({
      hypothesis: 'Fewer leave in their first year',
      review: '2027-06-01',
    });
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
