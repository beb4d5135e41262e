import { contrastOf } from './contrast.ts';
import type { Colours } from './letter-frame.ts';
import { type Element, isElement, type Node } from './markup.ts';

type Look = { readonly ink: string; readonly ground: string };
/** The colours of a place in a letter by day and by night. */
type Place = { readonly light: Look; readonly dark: Look };

/** Text that is hard to read, and what its colours are. */
export type Faint = Look & { readonly scheme: 'light' | 'dark'; readonly ratio: number };

/** WCAG 2.2, 1.4.3: of text, and of large text. */
const ENOUGH = 4.5;
const ENOUGH_IF_LARGE = 3;
const LARGE = new Set(['h1', 'h2']);

const styled = ({ attributes }: Element, property: string): string | undefined =>
  new RegExp(`(?:^|;)\\s*${property}\\s*:\\s*(#[0-9a-fA-F]{3,6}|white|black)\\b`).exec(attributes.style ?? '')?.[1];

const named = (
  element: Element,
  { light, dark }: Colours,
  { ground }: Look,
  scheme: 'light' | 'dark',
): Partial<Look> => {
  const colours = scheme === 'light' ? light : dark;
  switch (element.attributes['css-class']) {
    case 'muted':
      return { ink: colours.muted };
    case 'brand':
      return { ink: colours.brand };
    case 'box':
      return { ground: colours.box };
    default:
      return element.name === 'mj-button' ? { ink: colours.onBrand, ground: colours.brand } : { ground };
  }
};

/** In the dark the frame's own colours go before those of MJML elements; those of HTML in the text stay. */
const placeIn = (element: Element, place: Place, colours: Colours): Place => {
  const { attributes, name } = element;
  const ground = attributes['background-color'] ?? attributes['container-background-color'];
  const own = { ink: styled(element, 'color'), ground: styled(element, 'background(?:-color)?') };
  const mixed = (scheme: 'light' | 'dark', given: Partial<Record<keyof Look, string | undefined>>): Look => {
    const base = { ...place[scheme], ...named(element, colours, place[scheme], scheme) };
    const link = name === 'a' ? { ink: colours[scheme].brand } : {};
    const before = { ...base, ...link };
    return { ink: own.ink ?? given.ink ?? before.ink, ground: own.ground ?? given.ground ?? before.ground };
  };
  const boxed = attributes['css-class'] === 'box' || name === 'mj-button';
  return {
    light: mixed('light', { ink: attributes.color, ground }),
    dark: mixed('dark', { ground: boxed ? undefined : ground }),
  };
};

/** All text in a letter whose colours are too alike, each pair once. */
export const faintIn = (nodes: readonly Node[], colours: Colours): readonly Faint[] => {
  const found = new Map<string, Faint>();
  const look = (list: readonly Node[], place: Place, enough: number): void => {
    for (const node of list) {
      if (isElement(node)) {
        look(node.children, placeIn(node, place, colours), LARGE.has(node.name) ? ENOUGH_IF_LARGE : enough);
        continue;
      }
      if (node.trim() === '') continue;
      for (const scheme of ['light', 'dark'] as const) {
        const { ink, ground } = place[scheme];
        const ratio = contrastOf(ink, ground);
        if (ratio !== undefined && ratio < enough)
          found.set(`${scheme} ${ink} ${ground}`, { scheme, ink, ground, ratio });
      }
    }
  };
  const { light, dark } = colours;
  look(nodes, { light: { ink: light.ink, ground: light.card }, dark: { ink: dark.ink, ground: dark.card } }, ENOUGH);
  return [...found.values()];
};
