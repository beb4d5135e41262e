import { type Element, isElement, type Node } from './markup.ts';
import { tidied } from './tidied.ts';

/** Blocks end what is on a line; these also leave a line empty around them. */
const SPACED = new Set([
  'p',
  'h1',
  'h2',
  'h3',
  'h4',
  'ul',
  'ol',
  'table',
  'blockquote',
  'mj-text',
  'mj-button',
  'mj-image',
  'mj-table',
]);

const words = (text: string): string => text.replace(/\s+/g, ' ');

const linked = ({ attributes }: Element, text: string): string => {
  const to = (attributes.href ?? '').replace(/^mailto:/, '');
  return to === '' || to === text.trim() ? text : `${text}: ${to}`;
};

const items = ({ name, children, attributes }: Element): string => {
  let number = Number(attributes.start ?? 1);
  const mark = () => (name === 'ol' ? `${number++}. ` : '- ');
  return children
    .map((child) => {
      if (!isElement(child)) return child.trim() === '' ? '' : `${child.trim()}\n`;
      return `${mark()}${inline(child.children).replace(/\n+/g, '\n  ')}\n`;
    })
    .join('');
};

const rows = (nodes: readonly Node[]): string =>
  nodes
    .map((node) => {
      if (!isElement(node)) return node.trim() === '' ? '' : `${node.trim()}\n`;
      if (node.name !== 'tr') return rows(node.children);
      const cells = node.children.map((cell) => (isElement(cell) ? inline(cell.children) : cell.trim()));
      return `${cells.filter((cell) => cell !== '').join('  ')}\n`;
    })
    .join('');

const inElement = (element: Element): string => {
  const { name, children, attributes } = element;
  switch (name) {
    case 'br':
      return '\n';
    case 'ul':
    case 'ol':
      return items(element);
    case 'table':
    case 'mj-table':
      return rows(children);
    case 'mj-image':
      return attributes.alt === undefined || attributes.alt === '' ? '' : linked(element, attributes.alt);
    case 'a':
    case 'mj-button':
      return linked(element, written(children));
    default:
      return written(children);
  }
};

const written = (nodes: readonly Node[]): string =>
  nodes
    .map((node) => {
      if (!isElement(node)) return words(node);
      const text = inElement(node);
      return SPACED.has(node.name) ? `\n\n${text.trim()}\n\n` : text;
    })
    .join('')
    // The blank after a <br> is none; what hangs under the mark of an item has two.
    .replace(/\n (?! )/g, '\n');

const inline = (nodes: readonly Node[]): string => tidied(written(nodes));

/** A letter for those who read plain text, from the same elements; the tags stay as they are. */
export const plainText = (nodes: readonly Node[]): string => tidied(written(nodes));
