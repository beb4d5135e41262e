import { contrastOf } from '../../../mailing/letters/contrast.ts';
import { faintIn } from '../../../mailing/letters/faint.ts';
import { coloursOf } from '../../../mailing/letters/letter-frame.ts';
import { type Element, isElement, type Node, parseMarkup } from '../../../mailing/letters/markup.ts';
import type { Model } from '../../../scoring/model.ts';
import type { Finding, Lint } from '../../finding.ts';
import { lettersIn } from '../../letters-in.ts';

const ENOUGH = 4.5;
const shown = (ratio: number): string => (Math.floor(ratio * 10) / 10).toFixed(1);

const elementsIn = (nodes: readonly Node[]): readonly Element[] =>
  nodes.filter(isElement).flatMap((element) => [element, ...elementsIn(element.children)]);

type Part = { readonly path: readonly PropertyKey[]; readonly source: string };

const partsIn = ({ letterhead }: Model): readonly Part[] =>
  (['header', 'footer'] as const).flatMap((name) => {
    const part = letterhead?.[name];
    if (typeof part === 'string') return [{ path: ['letterhead', name], source: part }];
    return Object.entries(part ?? {}).map(([language, source]) => ({ path: ['letterhead', name, language], source }));
  });

const inColours = ({ letterhead }: Model): readonly Finding[] => {
  const { light, dark } = coloursOf(letterhead);
  const pairs = [
    { key: 'brand', ink: light.brand, ground: light.card },
    { key: 'brand', ink: light.onBrand, ground: light.brand },
    { key: 'brandDark', ink: dark.brand, ground: dark.card },
    { key: 'brandDark', ink: dark.onBrand, ground: dark.brand },
  ];
  return pairs.flatMap(({ key, ink, ground }): Finding[] => {
    const ratio = contrastOf(ink, ground) ?? ENOUGH;
    return ratio >= ENOUGH
      ? []
      : [
          {
            path: ['letterhead', key],
            level: 'warning',
            message: `${ink} on ${ground} is hard to read: a contrast of ${shown(ratio)}, and ${ENOUGH} is the least`,
          },
        ];
  });
};

/** Text whose colours are too alike by day or in the dark, and pictures that say nothing to whoever does not see them. */
export const readableLetters: Lint = {
  name: 'readable-letters',
  look: (model) => {
    const colours = coloursOf(model.letterhead);
    const letters = lettersIn(model).map(({ path, template }) => ({ path: [...path, 'body'], source: template.body }));
    return [
      ...inColours(model),
      ...[...letters, ...partsIn(model)].flatMap(({ path, source }): Finding[] => {
        const { nodes } = parseMarkup(source);
        const faint = faintIn(nodes, colours).map(
          ({ scheme, ink, ground, ratio }) =>
            `${ink} on ${ground} is hard to read${scheme === 'dark' ? ' in the dark' : ''}: a contrast of ${shown(ratio)}, and ${ENOUGH} is the least`,
        );
        const silent = elementsIn(nodes)
          .filter(({ name, attributes }) => name === 'mj-image' && attributes.alt === undefined)
          .map(() => 'has a picture without alternative text: write alt="…", or alt="" where it says nothing');
        return [...faint, ...silent].map((message) => ({ path, level: 'warning', message }));
      }),
    ];
  },
};
