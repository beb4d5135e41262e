import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { document } from '../../support/given.ts';
import { NOW, problem, terminal } from './terminal.ts';

describe('model', () => {
  const file = 'model.yaml';
  const good = { files: { [file]: stringify(document) } };

  it('is published', async () => {
    const { type, asked } = terminal(
      { 'POST /v1/models': [201, { version: 7, publishedAt: NOW, changed: true }] },
      good,
    );
    expect(await type('model', 'publish', file)).toMatchObject({
      code: 0,
      out: 'Published as version 7. It is in force for everybody within a minute. Silent members follow: `model rescore status` shows how many.\n',
    });
    expect(JSON.parse(asked[0]?.body ?? '')).toEqual(document);
  });

  it('is only looked at with --dry-run, which needs no Polku', async () => {
    const { type, asked } = terminal({}, { ...good, running: false });
    expect(await type('model', 'publish', file, '--dry-run')).toMatchObject({
      code: 0,
      out: 'model.yaml is valid. Nothing was published.\n',
    });
    expect(asked).toEqual([]);
  });

  it('is refused with every fault at its place in the file', async () => {
    const text = 'title: A club\nscores: []\nrules:\n  - id: one\n    points: many\njourneys: []\n';
    const { code, err } = await terminal({}, { files: { [file]: text } }).type('model', 'publish', file);
    expect(code).toBe(1);
    expect(err.split('\n')).toContain(
      'model.yaml:5:13  /rules/0/points  a number from -10000 to 10000, or { field, times, atLeast, atMost }',
    );
    expect(err.split('\n')).toContain('model.yaml:4:5  /rules/0/on  is missing');
    expect(err).toMatch(/Not published: \d faults in model\.yaml\.\n$/);
  });

  it('shows the faults that only Polku found', async () => {
    const refusal = problem(422, 'Not valid', { errors: [{ pointer: '/rules/1/points', message: 'too many' }] });
    const { type } = terminal({ 'POST /v1/models': refusal }, good);
    expect((await type('model', 'publish', file)).err).toMatch(
      /^model\.yaml:\d+:\d+ {2}\/rules\/1\/points {2}too many\nNot published: one fault in/,
    );
  });

  it.each([
    ['that is not there', {}, 'There is no such file: model.yaml.\n'],
    ['that is not YAML', { [file]: 'a: [1\nb: 2' }, /^model\.yaml:2:1: .*\.\n$/],
    [
      'with a text that YAML reads as an alias',
      { [file]: 'rules: []\ntitle: { en: *New }\n' },
      'model.yaml:2:14: "*New" is read as an alias of what "&New" names, and nothing does. Text that begins with * needs quotation marks.\n',
    ],
    [
      'whose aliases stand for more and more',
      {
        [file]: [...'bcdefgh'].reduce(
          (text, name, i) => `${text}${name}: &${name} [*${'abcdefg'[i]}, *${'abcdefg'[i]}]\n`,
          'a: &a [x, x]\n',
        ),
      },
      'model.yaml: its aliases stand for more than anybody would write.\n',
    ],
    [
      'that holds two',
      { [file]: 'title: One\n---\ntitle: Two\n' },
      'model.yaml:2:1: a second document begins here (after ---): a file holds one, so put each in a file of its own.\n',
    ],
    ['that contains itself', { [file]: 'a: &a [*a]\n' }, 'model.yaml: a part of it contains itself, by an alias.\n'],
    [
      'nested without end',
      { [file]: '['.repeat(5000) + ']'.repeat(5000) },
      /^model\.yaml:1:\d+: it is nested too deep\.\n$/,
    ],
  ])('a file %s is a sentence', async (_, files: Record<string, string>, sentence) => {
    const { err } = await terminal({}, { files }).type('model', 'publish', file);
    if (typeof sentence === 'string') expect(err).toBe(sentence);
    else expect(err).toMatch(sentence);
  });

  it('is listed, for people and for programs', async () => {
    const models = [
      { version: 2, publishedAt: NOW, current: true },
      { version: 1, publishedAt: NOW, current: false },
    ];
    const { type } = terminal({ 'GET /v1/models': [200, { models }] });
    expect((await type('model', 'list')).out).toBe('2  2 Mar 2026, 14:00  in force\n1  2 Mar 2026, 14:00  \n');
    expect(JSON.parse((await type('model', 'list', '--json')).out)).toEqual({ models });
  });
});

describe('model check', () => {
  const file = 'model.yaml';
  const check = (model: unknown, ...args: string[]) =>
    terminal({}, { files: { [file]: stringify(model) }, running: false }).type('model', 'check', file, ...args);

  it('names what looks amiss at its place in the file, in the order of the file, and needs no Polku', async () => {
    const [rule, ...rules] = document.rules;
    const { code, out, err } = await check({ ...document, rules: [{ ...rule, on: 'event.atended' }, ...rules] });
    expect({ code, out }).toEqual({ code: 0, out: 'model.yaml is valid; 6 things to look at.\n' });
    expect(err.split('\n')).toContain(
      'model.yaml:9:9  /rules/0/on  warning: "event.atended" is none of the types that Polku knows: it counts only if a system of yours sends it; did you mean "event.attended"?',
    );
    const lines = err
      .trim()
      .split('\n')
      .map((line) => Number(line.split(':')[1]));
    expect(lines).toEqual(lines.toSorted((a, b) => a - b));
  });

  it('says of faults what was most likely meant, and fails', async () => {
    const [score] = document.scores;
    const { code, err } = await check({ ...document, scores: [{ ...score, halflife: '30 days' }] });
    expect(code).toBe(1);
    expect(err).toBe(
      'model.yaml:3:5  /scores/0  Unrecognized key: "halflife"; did you mean "halfLife"?\nNot valid: one fault in model.yaml.\n',
    );
  });

  it('is put right in a copy where that can be, with its comments, and the copy is checked', async () => {
    const good = stringify(document).replace('\nrules:', '\n# What counts.\nrules:');
    const slips: readonly (readonly [string, string])[] = [
      ['halfLife: 30 days', 'halflife: 30 days # a month'],
      ['    score: engagement\n    points: 20', "    score: 'engagment'\n    points: 20"],
      ['purpose: membership', 'purpose: "membershp"'],
      ['      attribute: status\n      eq: lead', '      atribute: status\n      eq: lead'],
      ['      times: 3', '      tims: 3'],
    ];
    const bad = slips.reduce((text, [right, wrong]) => text.replace(right, wrong), good);
    const { type, written } = terminal({}, { files: { 'model.yaml': bad } });
    const { err } = await type('model', 'check', 'model.yaml', '--mended', 'mended.yaml');
    expect(written['mended.yaml']).toBe(
      good
        .replace('halfLife: 30 days', 'halfLife: 30 days # a month')
        .replace('    score: engagement\n    points: 20', "    score: 'engagement'\n    points: 20")
        .replace('purpose: membership', 'purpose: "membership"'),
    );
    expect(err).toContain('mended.yaml: model.yaml with 5 words put right.');
  });

  it('is put right in JSON too', async () => {
    const bad = JSON.stringify(document, undefined, 2).replace('"halfLife"', '"halflife"');
    const { type, written } = terminal({}, { files: { 'model.json': bad } });
    await type('model', 'check', 'model.json', '--mended', 'mended.json');
    expect(JSON.parse(written['mended.json'] ?? '')).toEqual(document);
  });

  it('is left alone where what was most likely meant stands beside it', async () => {
    const bad = stringify(document).replace('halfLife: 30 days', 'halfLife: 30 days\n    halflife: 9 days');
    const { type, written } = terminal({}, { files: { 'model.yaml': bad } });
    expect((await type('model', 'check', 'model.yaml', '--mended', 'x.yaml')).err).toContain('Nothing was written');
    expect(written).toEqual({});
  });

  it('is not written where nothing can be put right, nor over another file', async () => {
    const files = { 'good.yaml': stringify(document), 'bad.yaml': stringify(document).replace('halfLife', 'halflife') };
    const { type, written } = terminal({}, { files });
    expect((await type('model', 'check', 'good.yaml', '--mended', 'x.yaml')).err).toContain('Nothing was written');
    expect(await type('model', 'check', 'bad.yaml', '--mended', 'good.yaml')).toMatchObject({
      code: 1,
      err: 'There is such a file already: good.yaml.\n',
    });
    expect(written).toEqual({});
  });

  it('tells a program the same', async () => {
    const { out } = await check(document, '--json');
    expect(JSON.parse(out)).toMatchObject({
      valid: true,
      findings: [
        { pointer: '/journeys/0/stages/0', level: 'info', lint: 'silent-stages', line: 40 },
        { pointer: '/journeys/0/stages/1', level: 'info', lint: 'silent-stages' },
        { pointer: '/journeys/1/stages/0/message', level: 'info', lint: 'said-again' },
        { pointer: '/journeys/1/stages/1', level: 'info', lint: 'silent-stages' },
        { pointer: '/journeys/1/stages/2', level: 'info', lint: 'silent-stages' },
      ],
    });
  });
});

describe('model publish with notes', () => {
  const file = 'model.yaml';
  const files = { [file]: stringify(document) };
  const said = ['--author', 'Ingrid', '--hypothesis', 'More come back', '--review', '2027-03-01'];
  const notes = { author: 'Ingrid', hypothesis: 'More come back', review: '2027-03-01' };
  const published = { version: 7, publishedAt: NOW, changed: true };

  it('sends them along', async () => {
    const { type, asked } = terminal({ 'POST /v1/models': [201, published] }, { files });
    expect((await type('model', 'publish', file, ...said)).code).toBe(0);
    expect(JSON.parse(asked[0]?.body ?? '')).toEqual({ model: document, ...notes });
  });

  it('finds the place of a fault all the same', async () => {
    const refusal = problem(422, 'Not valid', { errors: [{ pointer: '/model/rules/1/points', message: 'too many' }] });
    const { type } = terminal({ 'POST /v1/models': refusal }, { files });
    expect((await type('model', 'publish', file, ...said)).err).toMatch(/^model\.yaml:1\d:\d+ {2}\/rules\/1\/points/);
  });

  it('says where they were not kept', async () => {
    const { type } = terminal({ 'POST /v1/models': [200, { ...published, changed: false }] }, { files });
    expect((await type('model', 'publish', file, ...said)).out).toContain('these were not stored');
  });

  it('needs a date to review', async () => {
    const { type } = terminal({}, { files });
    expect((await type('model', 'publish', file, '--review', 'spring')).err).toContain('--review 2027-03-01');
  });

  it('are listed and shown', async () => {
    const version = { version: 2, publishedAt: NOW, ...notes, rollbackOf: 1 };
    const { type } = terminal({
      'GET /v1/models': [
        200,
        {
          models: [
            { ...version, current: true },
            { version: 1, publishedAt: NOW, current: false },
          ],
        },
      ],
      'GET /v1/models/current': [200, { ...version, model: document }],
    });
    expect((await type('model', 'list')).out.split('\n')[0]).toBe(
      '2  2 Mar 2026, 14:00  in force  by Ingrid; back to version 1; hypothesis: More come back; to be reviewed on 2027-03-01',
    );
    expect((await type('model', 'show')).out).toContain('# hypothesis: More come back\n');
  });
});

const versions = {
  'GET /v1/models/current': [200, { version: 2, publishedAt: NOW, model: { ...document, title: 'Another' } }],
  'GET /v1/models/2': [200, { version: 2, publishedAt: NOW, model: { ...document, title: 'Another' } }],
  'GET /v1/models/1': [200, { version: 1, publishedAt: NOW, model: document }],
} as const;
const title = 'Model\n  ~ changed\n      title: Another → A club\n';

describe('model diff', () => {
  it('tells in words what differs between versions, or a version and a file', async () => {
    const { type } = terminal(versions, { files: { 'model.yaml': stringify(document) } });
    expect(await type('model', 'diff', '2', '1')).toEqual({ code: 0, out: title, err: '' });
    expect((await type('model', 'diff', 'current', 'model.yaml')).out).toBe(title);
    expect((await type('model', 'diff', '1', 'model.yaml')).out).toBe('The two are the same.\n');
    expect(JSON.parse((await type('--json', 'model', 'diff', '2', '1')).out)).toMatchObject({
      changes: [{ part: 'model', details: [{ what: 'title', before: 'Another', after: 'A club' }] }],
    });
  });

  it('tells what is new in a part', async () => {
    const [, ...rules] = document.rules;
    const { type } = terminal(
      {},
      {
        files: { 'a.yaml': stringify({ ...document, rules }), 'b.yaml': stringify(document) },
      },
    );
    expect((await type('model', 'diff', 'a.yaml', 'b.yaml')).out.split('\n')).toEqual([
      'Rules',
      '  + added attended, “Attended an event”',
      '      listens to: event.attended',
      '      score: engagement',
      '      points: 20',
      '',
    ]);
    expect((await type('model', 'diff', 'b.yaml', 'a.yaml')).out).toContain('  − removed attended');
  });
});

describe('model rollback', () => {
  it('asks for the earlier version to be brought back', async () => {
    const { type, asked } = terminal({
      'POST /v1/models/1/rollback': [201, { version: 3, publishedAt: NOW, changed: true }],
    });
    expect((await type('model', 'rollback', '1', '--hypothesis', 'It was better before')).out).toBe(
      'Published as version 3, which holds what version 1 held. It is in force for everybody within a minute. Silent members follow: `model rescore status` shows how many.\n',
    );
    expect(JSON.parse(asked[0]?.body ?? '')).toEqual({ hypothesis: 'It was better before' });
  });

  it('only shows what would change with --dry-run', async () => {
    const { type, asked } = terminal(versions);
    expect((await type('model', 'rollback', '1', '--dry-run')).out).toBe(title);
    expect(asked.map(({ request }) => request)).toEqual(['GET /v1/models/current', 'GET /v1/models/1']);
  });

  it('needs a version', async () => {
    expect((await terminal().type('model', 'rollback', 'yesterday')).err).toContain('Say to which version');
    const { type } = terminal({
      'POST /v1/models/9/rollback': problem(404, 'There is no such version of the model: they go from 1 to 2'),
    });
    expect((await type('model', 'rollback', '9')).err).toBe(
      'There is no such version of the model: they go from 1 to 2.\n',
    );
  });
});

describe('model export and import', () => {
  const addressed = { ...document, title: 'Ask kari@union.no' };

  it('moves a model through a file, without a word about anybody', async () => {
    const { type, written } = terminal({
      ...versions,
      'GET /v1/models/1': [200, { version: 1, publishedAt: NOW, author: 'Ingrid', model: document }],
    });
    expect((await type('model', 'export', '1', 'out.yaml')).out).toBe('Wrote the model of version 1 to out.yaml.\n');
    expect((await type('model', 'export', 'out.json')).out).toBe('Wrote the model of version 2 to out.json.\n');
    expect(written['out.yaml']).toBe(stringify(document));
    expect(JSON.parse(written['out.json'] ?? '')).toMatchObject({ title: 'Another' });
    expect((await type('model', 'export', 'out.json')).err).toBe('There is such a file already: out.json.\n');
    const { type: elsewhere, asked } = terminal(
      { 'POST /v1/models': [201, { version: 1, publishedAt: NOW, changed: true }] },
      { files: { 'out.yaml': written['out.yaml'] ?? '' } },
    );
    expect((await elsewhere('model', 'import', 'out.yaml')).code).toBe(0);
    expect(JSON.parse(asked[0]?.body ?? '')).toEqual(document);
  });

  it('refuses somebody’s address, without repeating it, unless told otherwise', async () => {
    const { type, written } = terminal(
      { 'GET /v1/models/1': [200, { version: 1, publishedAt: NOW, model: addressed }] },
      { files: { 'in.yaml': stringify(addressed) } },
    );
    const { code, err } = await type('model', 'export', '1', 'out.yaml');
    expect({ code, err }).toEqual({
      code: 1,
      err: 'Not exported: there is an e-mail address at /title. Take it out or, if no person can be known by it, use --force.\n',
    });
    expect(written).toEqual({});
    expect((await type('model', 'export', '1', 'out.yaml', '--force')).code).toBe(0);
    expect((await type('model', 'import', 'in.yaml', '--dry-run')).err).toContain('Not imported');
    expect((await type('model', 'import', 'in.yaml', '--dry-run', '--force')).code).toBe(0);
  });
});
