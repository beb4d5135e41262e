import { visit } from './door.ts';

/** Bodies that are authentic and wrong, by category; text, bytes, or a value to be sent as JSON. */
type Malformed = readonly [category: string, what: string, body: unknown];

const json = (text: string) => JSON.stringify(visit('e-1')).replace('"e-1"', text);
const inId = (text: string): unknown => visit(text);
const each = (category: string, list: readonly (readonly [string, unknown])[]): Malformed[] =>
  list.map(([what, body]) => [category, what, body]);
const named = (category: string, list: readonly string[]): Malformed[] =>
  list.map((text) => [category, JSON.stringify(text).slice(0, 60), text]);

const syntax = named('not JSON', [
  '',
  ' ',
  '{',
  '}',
  '[',
  ']',
  '[}',
  '{]',
  '{{}}',
  '[[',
  '{"a"}',
  '{"a":}',
  '{"a":1,}',
  '[1,]',
  "{'a':1}",
  '{a:1}',
  'undefined',
  'NaN',
  'Infinity',
  '-',
  '+1',
  '01',
  '1.',
  '.5',
  '1e',
  '0x10',
  'tru',
  'nul',
  '"',
  '"\\',
  '"\\u12"',
  '"\\x41"',
  '"a\nb"',
  '"a\u0000b"',
  '{}{}',
  '{} x',
  '// x\n{}',
  '/* */{}',
  '<xml/>',
  'a=b&c=d',
  '--boundary\r\n',
  '\u2028{}',
  '{"a":1 "b":2}',
]);

const encoding = each('not UTF-8', [
  ['a lone continuation byte', Buffer.from([0x80])],
  ['a cut sequence', Buffer.concat([Buffer.from('"'), Buffer.from([0xc3]), Buffer.from('"')])],
  ['an overlong slash', Buffer.concat([Buffer.from('"'), Buffer.from([0xc0, 0xaf]), Buffer.from('"')])],
  ['a surrogate in UTF-8', Buffer.concat([Buffer.from('"'), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('"')])],
  ['beyond Unicode', Buffer.concat([Buffer.from('"'), Buffer.from([0xf5, 0x80, 0x80, 0x80]), Buffer.from('"')])],
  ['UTF-16 with a mark', Buffer.from('\ufeff{}', 'utf16le')],
  ['UTF-16 without a mark', Buffer.from('{}', 'utf16le')],
  ['UTF-32', Buffer.from([0x7b, 0, 0, 0, 0x7d, 0, 0, 0])],
  ['Latin-1', Buffer.from(json('"é"'), 'latin1')],
  ['random bytes', Buffer.from(Array.from({ length: 999 }, (_, i) => (i * 197 + 31) % 256))],
  ['compressed', Buffer.from('1f8b0800000000000003abae0500', 'hex')],
]);

const depth = each('too deep', [
  ['arrays', '['.repeat(100_000)],
  ['arrays, closed', '['.repeat(100_000) + ']'.repeat(100_000)],
  ['objects', '{"a":'.repeat(50_000)],
  ['objects, closed', `${'{"a":'.repeat(40_000)}1${'}'.repeat(40_000)}`],
  ['in data', json(`"e","data":${'['.repeat(41)}${']'.repeat(41)}`)],
  ['brackets that close only', ']'.repeat(100_000)],
]);

const shape = each('no event', [
  ['null', null],
  ['a number', 7],
  ['a text', 'event'],
  ['true', true],
  ['an empty object', {}],
  ['an empty batch', []],
  ['a batch in a batch', [[visit('a')]]],
  ['a batch of nulls', [null, null]],
  ['numbers', [1, 2, 3]],
  ['a wrapper', { events: [visit('a')] }],
  ['a very great number', '1e999999'],
  ['a very long number', '9'.repeat(10_000)],
]);

const wrongValues: unknown[] = [
  null,
  0,
  -1,
  1.5,
  true,
  '',
  [],
  {},
  ['x'],
  { x: 1 },
  'x'.repeat(10_000),
  '\u0000',
  '\ud800',
  '\u007f',
];
const fields = ['id', 'type', 'member', 'time'].flatMap((field) =>
  each(
    `wrong ${field}`,
    wrongValues.map((value) => [JSON.stringify(value).slice(0, 40), visit('e-1', { [field]: value })]),
  ),
);
const missing = each(
  'missing',
  ['id', 'type', 'member', 'time'].map((field) => [field, visit('e-1', { [field]: undefined })]),
);
const member = each('wrong member', [
  ...wrongValues.map((id) => [`id ${JSON.stringify(id).slice(0, 40)}`, visit('e-1', { member: { id } })] as const),
  ...['a', '@', 'a@', '@b', 'a b@c.de', 'a@b', `${'a'.repeat(300)}@example.org`, 7, null, {}].map(
    (email) => [`email ${JSON.stringify(email).slice(0, 40)}`, visit('e-1', { member: { id: 'm', email } })] as const,
  ),
  ['a stranger beside', visit('e-1', { member: { id: 'm', name: 'x' } })],
]);
const time = each(
  'wrong time',
  [
    '2026',
    '2026-03',
    '2026-03-02',
    '2026-03-02T',
    '2026-03-02T25:00:00Z',
    '2026-03-02T11:60:00Z',
    '2026-13-01T00:00:00Z',
    '2026-00-10T00:00:00Z',
    '2025-02-29T00:00:00Z',
    '2026-03-02 11:00:00Z',
    '02.03.2026',
    '1772449200',
    '1772449200000',
    '0000-01-01T00:00:00Z',
    '9999-12-31T23:59:59Z',
    '+012026-03-02T11:00:00Z',
    '2026-03-02T11:00:00+25:00',
    '2026-03-02T11:00:00+0100',
    'now',
    '2026-03-02T11:00:00Z[Europe/Oslo]',
    '2026-W10-1T11:00:00Z',
    '2026-03-02T11:00:00,5Z',
  ].map((text) => [text, visit('e-1', { time: text })]),
);
const types = each(
  'wrong type',
  [
    'Benefit.Used',
    'benefit',
    '.used',
    'benefit.',
    'benefit..used',
    'benefit_used.x',
    'benefit used',
    'бенефит.used',
    '../../x',
    `a.${'b'.repeat(80)}`,
    '__proto__',
    'constructor',
    'toString',
  ].map((type) => [type, visit('e-1', { type })]),
);
const prototypes = each('tricks with prototypes', [
  ['as the event', '{"__proto__":{"id":"x"}}'],
  ['as the member', json('"e"').replace('{"id":"m-1"}', '{"__proto__":{"id":"m"}}')],
  ['constructor', json('"e","constructor":{"prototype":{"x":1}}')],
  ['beside the fields', json('"e","prototype":1')],
]);
const data = each('wrong data', [
  ['null', visit('e-1', { data: null })],
  ['a text', visit('e-1', { data: 'x' })],
  ['a batch', visit('e-1', { data: [] })],
  ['a known field of another kind', visit('e-1', { data: { topic: { a: 1 } } })],
  ['a key of 10,000 letters', visit('e-1', { type: 'odd.thing', data: { ['k'.repeat(10_000)]: 1 } })],
  ['purpose unknown', visit('e-1', { type: 'consent.given', data: { purpose: 'all' } })],
  ['attributes of attributes', visit('e-1', { type: 'member.updated', data: { attributes: { a: { b: 1 } } } })],
  [
    'too many attributes',
    visit('e-1', {
      type: 'member.updated',
      data: { attributes: Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`a${i}`, i])) },
    }),
  ],
]);
const large = each('too large', [
  ['spaces', ' '.repeat(262_145)],
  ['a text', `"${'a'.repeat(300_000)}"`],
  ['a batch of 101', Array.from({ length: 101 }, (_, i) => visit(`e-${i}`))],
  ['a batch of 87,000 nulls', `[${'0,'.repeat(87_000)}0]`],
  ['one event', visit('e-1', { data: { text: 'x'.repeat(70_000) } })],
  ['many keys', visit('e-1', { data: Object.fromEntries(Array.from({ length: 9_000 }, (_, i) => [`k${i}`, i])) })],
]);
const ids = each(
  'an id that no store should see',
  ['a\u0000b', 'a\nb', 'a\rb', '\u001b[31m', 'x'.repeat(129), '\u0085', '\udfff'].map((id) => [
    JSON.stringify(id).slice(0, 40),
    inId(id),
  ]),
);

export const malformed: readonly Malformed[] = [
  ...syntax,
  ...encoding,
  ...depth,
  ...shape,
  ...fields,
  ...missing,
  ...member,
  ...time,
  ...types,
  ...prototypes,
  ...data,
  ...large,
  ...ids,
];

/** Odd, and in order. */
export const odd: readonly Malformed[] = each('odd', [
  ['a byte order mark', `\ufeff${JSON.stringify(visit('e-1'))}`],
  ['a lone surrogate in the data', visit('e-1', { data: { text: '\ud800' } })],
  ['characters that SQS refuses', visit('e-1', { data: { text: '\ufffe\uffff\u0000\u0001\u001f' } })],
  ['an emoji as id', visit('🎉')],
  [
    'a key that is a prototype',
    json('"e-1","data":{"__proto__":{"polluted":true},"constructor":1,"toString":2}').replace(
      ',"data":{"topic":"pay"}',
      '',
    ),
  ],
  ['the same key twice', json('"a","id":"b"')],
  [
    'nested as deep as may be',
    visit('e-1', { type: 'odd.thing', data: { a: JSON.parse(`${'['.repeat(38)}${']'.repeat(38)}`) } }),
  ],
  [
    'numbers at the edge',
    json('"e-1","type":"odd.thing","data":{"a":1e308,"b":-0,"c":5e-324,"d":12345678901234567890}'),
  ],
  ['an id with a hash', visit('a#b')],
]);
