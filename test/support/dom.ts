import { type DefaultTreeAdapterTypes, parse } from 'parse5';

type Node = DefaultTreeAdapterTypes.ChildNode;

/** The elements of a page with their attributes, in order, without any text: what the markup does. */
export const skeleton = (markup: string): string[] => {
  const seen: string[] = [];
  const visit = (node: Node, depth: number): void => {
    if (!('tagName' in node)) {
      if (node.nodeName !== '#text') seen.push(`${' '.repeat(depth)}${node.nodeName}`);
      return;
    }
    const attributes = node.attrs.map(({ name, value }) => `${name}=${JSON.stringify(value)}`);
    seen.push(`${' '.repeat(depth)}<${[node.tagName, ...attributes].join(' ')}>`);
    for (const child of node.childNodes) visit(child, depth + 1);
  };
  for (const child of parse(markup).childNodes) visit(child, 0);
  return seen;
};

/** The same without what is only read out: titles, alternative texts and labels. */
export const elementsOf = (markup: string): string[] =>
  skeleton(markup).map((line) => line.replace(/ (title|alt|aria-label)="(?:[^"\\]|\\.)*"/g, ''));

/** The text of a page, as a reader sees it. */
export const textOf = (markup: string): string => {
  const texts: string[] = [];
  const visit = (node: Node): void => {
    if ('value' in node) texts.push(node.value);
    if ('childNodes' in node && node.nodeName !== 'style') for (const child of node.childNodes) visit(child);
  };
  for (const child of parse(markup).childNodes) visit(child);
  return texts.join('');
};
