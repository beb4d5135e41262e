import { styleText } from 'node:util';
import { invisible } from '../../../shared/kernel/invisible.ts';
import type { World } from './world.ts';

type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow';
export type Cell = string | { readonly text: string; readonly style?: Style; readonly right?: boolean };

/** What others sent must not steer the terminal. */
export const plain = (text: string): string => text.replace(invisible, '�');

const asCell = (cell: Cell) => (typeof cell === 'string' ? { text: cell } : cell);

/** How a command writes: dates in the local way, columns, colours where they are wanted. */
export const paper = ({ write, colour, locale, zone }: Pick<World, 'write' | 'colour' | 'locale' | 'zone'>) => {
  const instant = new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    ...(zone ? { timeZone: zone } : {}),
  });
  const number = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const styled = (text: string, style: Style | undefined): string =>
    colour && style ? styleText(style, text, { validateStream: false }) : text;

  const columned = (rows: readonly (readonly Cell[])[], indent = ''): string[] => {
    const cells = rows.map((row) => row.map(asCell).map(({ text, ...rest }) => ({ ...rest, text: plain(text) })));
    const columns = Math.max(0, ...cells.map((row) => row.length));
    const widths = Array.from({ length: columns }, (_, i) => Math.max(...cells.map((row) => row[i]?.text.length ?? 0)));
    return cells.map((row) => {
      const texts = row.map(({ text, style, right }, i) => {
        const last = i === row.length - 1;
        const wide = right ? text.padStart(widths[i] ?? 0) : last ? text : text.padEnd(widths[i] ?? 0);
        return styled(wide, style);
      });
      return indent + texts.join('  ');
    });
  };

  return {
    line: (text = '', style?: Style): void => write(`${styled(text, style)}\n`),
    date: (iso: string): string => instant.format(new Date(iso)),
    number: (value: number): string => number.format(value),
    /** Rows in columns as wide as their widest cell. */
    table(rows: readonly (readonly Cell[])[], indent = ''): void {
      for (const line of columned(rows, indent)) write(`${line}\n`);
    },
    /** The lines of such a table. */
    lines: columned,
  };
};
export type Paper = ReturnType<typeof paper>;
