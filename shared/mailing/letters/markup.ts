import { load } from 'cheerio/slim';

export type Element = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Node[];
};
export type Node = Element | string;

export const isElement = (node: Node): node is Element => typeof node !== 'string';

type Parsed = ReturnType<ReturnType<typeof load>['root']>['0']['children'][number];

/** Deeper down nothing is read: no letter needs it. */
const DEEPEST = 40;

/** HTML lets these end by themselves. */
const endsByItself = new Set(['p', 'li', 'td', 'th', 'tr', 'thead', 'tbody', 'br', 'hr', 'img', 'wbr', 'col']);
const isVoid = new Set(['br', 'hr', 'img', 'wbr', 'col']);

/** Whether an element, as it was written, ends with its own tag or has closed itself. */
const isEnded = (name: string, written: string): boolean => {
  const [, ended] = /<\/([^<>\s/]+)\s*>$/.exec(written.slice(-100)) ?? [];
  return ended === undefined ? written.endsWith('/>') : ended.toLowerCase() === name;
};

/**
 * The elements of a piece of MJML or HTML, entities decoded, comments left out, and the names of those that were begun
 * and never ended. Read as mail programs read HTML; an element may also close itself, as MJML's do.
 */
export const parseMarkup = (
  source: string,
): { readonly nodes: readonly Node[]; readonly unclosed: readonly string[] } => {
  const unclosed: string[] = [];
  const read = (list: readonly Parsed[], depth: number): Node[] =>
    list.flatMap((node): Node[] => {
      if (node.type === 'text') return [node.data];
      if (!('name' in node && 'attribs' in node) || depth > DEEPEST) return [];
      const { name, attribs: attributes } = node;
      if (!endsByItself.has(name) && !isEnded(name, source.slice(node.startIndex ?? 0, (node.endIndex ?? 0) + 1))) {
        unclosed.push(name);
      }
      return [{ name, attributes, children: read(node.children, depth + 1) }];
    });
  const html = { xmlMode: false, recognizeSelfClosing: true, withStartIndices: true, withEndIndices: true };
  const document = load(source, { xml: { ...html, lowerCaseTags: true, lowerCaseAttributeNames: true } });
  return { nodes: read(document.root()[0]?.children ?? [], 0), unclosed };
};

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => entities[sign] ?? '');

/** Writes elements anew: balanced, every attribute in quotes. What was looked at is what is sent, whatever was written. */
export const printMarkup = (nodes: readonly Node[]): string =>
  nodes
    .map((node) => {
      if (!isElement(node)) return escaped(node);
      const { name, attributes, children } = node;
      const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
      const begin = `<${name}${given.join('')}`;
      return isVoid.has(name) ? `${begin}>` : `${begin}>${printMarkup(children)}</${name}>`;
    })
    .join('');
