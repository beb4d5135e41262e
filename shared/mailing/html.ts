/** HTML that is safe to print as it is. Made by `html` alone, or by whoever vouches for it with `trusted`. */
export class Html {
  readonly markup: string;
  constructor(markup: string) {
    this.markup = markup;
  }
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? '');

type Part = Html | string | number | undefined | readonly (Html | undefined)[];

const printed = (part: Part): string => {
  if (part === undefined) return '';
  if (part instanceof Html) return part.markup;
  if (typeof part === 'object') return part.map(printed).join('');
  return escapeHtml(String(part));
};

/** A template tag: whatever is put in is escaped, unless it is Html itself. Undefined prints nothing. */
export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Html =>
  new Html(strings.map((string, i) => string + (i < parts.length ? printed(parts[i]) : '')).join(''));

/** Vouches for markup that was escaped elsewhere. */
export const trusted = (markup: string): Html => new Html(markup);
