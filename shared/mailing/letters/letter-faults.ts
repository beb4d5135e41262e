import type { Letterhead, Template } from '../../scoring/letter.ts';
import { type FieldSort, FRAME_FIELDS, fieldsOf, type MailKind } from '../fields.ts';
import { ATTRIBUTES, CLASSES, CONTENT, HTML, mayHold, SPOKEN } from './allowed.ts';
import { type Element, isElement, type Node, parseMarkup } from './markup.ts';
import { type Tag, tagsIn, withoutTags } from './tags.ts';

export type TemplateFault = { readonly path: readonly string[]; readonly message: string };

/** What may be named in a text, and where people stand in the mails to owners. */
type Allowed = { readonly fields: Readonly<Record<string, FieldSort>>; readonly slot?: string };

/** In mails to owners: where what is said of the member, or of each of them, stands. */
export const slots: Readonly<Record<MailKind, string | undefined>> = {
  message: undefined,
  alert: 'person',
  digest: 'people',
};

const unknownField = (name: string, { fields }: Allowed) =>
  `there is no field "${name}" (there are: ${Object.keys(fields).sort().join(', ')})`;

const inTag = ({ sign, name }: Tag, allowed: Allowed, lists: readonly string[]): string[] => {
  const { fields, slot } = allowed;
  switch (sign) {
    case '':
    case '#':
    case '^': {
      if (name === '.' && lists.some((list) => Object.hasOwn(fields, list) && fields[list] === 'list')) return [];
      return Object.hasOwn(fields, name) ? [] : [unknownField(name, allowed)];
    }
    case '!':
    case '/':
      return [];
    case '>':
      return name === slot ? [] : [`other templates cannot be included ("${name}")`];
    case '=':
      return ['the delimiters cannot be changed'];
    default:
      return [`"${name}" would be printed unescaped: write {{${name}}}`];
  }
};

/** The faults of the tags in a row of texts, which belong together: what is begun in them ends in them. */
const tagFaults = (texts: readonly string[], allowed: Allowed, outer: readonly string[] = []): string[] => {
  const open: string[] = [];
  const faults = texts.flatMap(tagsIn).flatMap((tag) => {
    const said = inTag(tag, allowed, [...outer, ...open]);
    if (tag.sign === '#' || tag.sign === '^') open.push(tag.name);
    if (tag.sign !== '/') return said;
    return open.pop() === tag.name ? said : [...said, `the section "${tag.name}" ends where it did not begin`];
  });
  return [
    ...faults,
    ...open.map((name) => `the section "${name}" does not end within the element in which it begins`),
    ...(texts.some((text) => /\{\{|\}\}/.test(withoutTags(text))) ? ['a tag is not closed'] : []),
  ];
};

const whole = /^\{\{\s*([A-Za-z]\w*)\s*\}\}$/;

const linkFaults = (value: string, { fields }: Allowed): string[] => {
  const [, field] = whole.exec(value.trim()) ?? [];
  if (field !== undefined && Object.hasOwn(fields, field) && fields[field] === 'link') return [];
  if (value.includes('{{'))
    return [
      'a field may stand in a link only as the whole of it, and only one that is a link: addresses end up in logs',
    ];
  return /^(https:\/\/[^\s/]|mailto:[^\s])/i.test(value) ? [] : ['a link must begin with https:// or mailto:'];
};

const attributeFaults = (name: string, value: string, allowed: Allowed): string[] => {
  if (!ATTRIBUTES.has(name)) return [`has an attribute that is not allowed: ${name}`];
  if (name === 'href') return linkFaults(value, allowed);
  if (SPOKEN.has(name)) return tagFaults([value], allowed);
  if (value.includes('{{')) return [`a field may stand in the text, in alt and in title, not in ${name}`];
  if (name === 'css-class' && !CLASSES.has(value))
    return [`there is no class "${value}" (there are: ${[...CLASSES].join(', ')})`];
  if (name === 'src' && !/^https:\/\/[^\s/]/i.test(value)) return ['a picture must come from https://'];
  if (/url\s*\(|expression\s*\(|@import|[<>\\]|\/\*/i.test(value)) return [`loads or runs something: ${name}`];
  if (name === 'style' && /(^|[;\s])(display|position|visibility|opacity)\s*:/i.test(value))
    return ['a style may not hide or move anything'];
  return [];
};

/** Sections around a child element: what is begun and not ended in the texts before it. */
const openBefore = (nodes: readonly Node[], index: number): string[] => {
  const open: string[] = [];
  for (const { sign, name } of nodes
    .slice(0, index)
    .filter((node) => !isElement(node))
    .flatMap((text) => tagsIn(String(text)))) {
    if (sign === '#') open.push(name);
    if (sign === '/') open.splice(open.lastIndexOf(name), 1);
  }
  return open;
};

const elementFaults = (element: Element, parent: string, allowed: Allowed, lists: readonly string[]): string[] => {
  const { name, attributes, children } = element;
  const isMjml = name.startsWith('mj');
  const fits = isMjml ? (mayHold[parent]?.has(name) ?? false) : HTML.has(name) && mayHold[parent] === undefined;
  if (!fits) {
    const known = isMjml ? Object.values(mayHold).some((inner) => inner.has(name)) : HTML.has(name);
    return [
      known
        ? `<${name}> may not stand ${parent === '' ? 'by itself' : `in <${parent}>`}`
        : `has a tag that is not allowed in a message: <${name}>`,
    ];
  }
  return [
    ...Object.entries(attributes).flatMap(([key, value]) => attributeFaults(key, value, allowed)),
    ...childFaults(children, name, allowed, lists),
  ];
};

const childFaults = (
  nodes: readonly Node[],
  parent: string,
  allowed: Allowed,
  lists: readonly string[] = [],
): string[] => {
  const texts = nodes.filter((node) => !isElement(node)).map(String);
  const isFrame =
    mayHold[parent] !== undefined || parent === 'mj-image' || parent === 'mj-divider' || parent === 'mj-spacer';
  return [
    ...tagFaults(texts, allowed, lists),
    ...(isFrame &&
    texts.some(
      (text) => withoutTags(text).trim() !== '' || tagsIn(text).some(({ sign }) => sign === '' || sign === '>'),
    )
      ? [
          `a text must stand in <mj-text>, <mj-button> or <mj-table>, not ${parent === '' ? 'by itself' : `in <${parent}>`}`,
        ]
      : []),
    ...nodes.flatMap((node, i) =>
      isElement(node) ? elementFaults(node, parent, allowed, [...lists, ...openBefore(nodes, i)]) : [],
    ),
  ];
};

/** A letter is either all content, which gets one column, or all sections and wrappers. */
const mixed = (nodes: readonly Node[]): string[] => {
  const names = nodes.filter(isElement).map(({ name }) => name);
  return names.some((name) => CONTENT.has(name)) && names.some((name) => name === 'mj-section' || name === 'mj-wrapper')
    ? ['put every element into a section, or none']
    : [];
};

const bodyFaults = (source: string, allowed: Allowed): string[] => {
  const { nodes, unclosed } = parseMarkup(source);
  return [
    ...new Set([
      ...unclosed.map((name) => `<${name}> is never closed`),
      ...childFaults(nodes, '', allowed),
      ...mixed(nodes),
      ...(nodes.some(isElement) ? [] : ['has no MJML element, such as <mj-text>']),
    ]),
  ];
};

const lineFaults = (line: string, allowed: Allowed): string[] => [
  ...tagFaults([line], { fields: allowed.fields }),
  ...(/[\p{Cc}\p{Zl}\p{Zp}]/u.test(line) ? ['must be one line'] : []),
];

const at = (path: string, messages: readonly string[]): TemplateFault[] =>
  messages.map((message) => ({ path: [path], message }));

/** Everything that is wrong with a template, by its path in it. None: it can be rendered for anybody. */
export const templateFaults = (
  { subject, preheader, body }: Template,
  kind: MailKind = 'message',
  letterhead?: Letterhead,
): readonly TemplateFault[] => {
  const slot = slots[kind];
  const allowed = { fields: fieldsOf(kind, letterhead), ...(slot === undefined ? {} : { slot }) };
  return [
    ...at('subject', lineFaults(subject, allowed)),
    ...at('preheader', preheader === undefined ? [] : lineFaults(preheader, allowed)),
    ...at('body', [
      ...bodyFaults(body, allowed),
      ...(slot === undefined || tagsIn(body).some(({ sign, name }) => sign === '>' && name === slot)
        ? []
        : [`must say where the members are listed: {{> ${slot}}}`]),
    ]),
  ];
};

/** Everything that is wrong with the subject of a letter to members. */
export const subjectFaults = (subject: string, letterhead: Letterhead | undefined): readonly string[] =>
  lineFaults(subject, { fields: fieldsOf('message', letterhead) });

/** Everything that is wrong with a header or a footer. */
export const partFaults = (source: string): readonly string[] => bodyFaults(source, { fields: FRAME_FIELDS });
