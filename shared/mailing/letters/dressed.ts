import type { Colours } from './letter-frame.ts';
import { isElement, type Node } from './markup.ts';

/** What HTML in a letter looks like where nothing else is said; on the element, since some mail programs drop style sheets. */
const dress = ({ light }: Colours): Readonly<Record<string, string>> => ({
  a: `color:${light.brand}`,
  p: 'margin:0 0 14px',
  ul: 'margin:0 0 14px;padding:0 0 0 22px',
  ol: 'margin:0 0 14px;padding:0 0 0 22px',
  li: 'margin:0 0 6px',
  h1: 'margin:0 0 14px;font-size:24px;line-height:31px;font-weight:700',
  h2: 'margin:0 0 10px;font-size:18px;line-height:26px;font-weight:700',
  h3: 'margin:0 0 6px;font-size:16px;line-height:24px;font-weight:700',
});

/** What the classes mean on a light ground; the style sheet of the frame says what on a dark one. */
const classes = ({ light }: Colours): Readonly<Record<string, Readonly<Record<string, string>>>> => ({
  brand: { color: light.brand },
  muted: { color: light.muted },
  box: { 'background-color': light.box, 'border-radius': '8px' },
});

/** Elements with the styles of the house; one of their own goes first. */
export const dressed = (nodes: readonly Node[], colours: Colours): readonly Node[] => {
  const styles = dress(colours);
  const looks = classes(colours);
  const each = (node: Node): Node => {
    if (!isElement(node)) return node;
    const house = Object.hasOwn(styles, node.name) ? styles[node.name] : undefined;
    const own = node.attributes.style;
    const named = node.attributes['css-class'] ?? '';
    const look = Object.hasOwn(looks, named) ? looks[named] : {};
    const style = [house, own].filter((one) => one !== undefined).join(';');
    return {
      ...node,
      attributes: { ...look, ...node.attributes, ...(style === '' ? {} : { style }) },
      children: node.children.map(each),
    };
  };
  return nodes.map(each);
};
