/** What may stand in what. Of MJML's elements those that mail programs show alike, and that load nothing but pictures. */
export const CONTENT: ReadonlySet<string> = new Set([
  'mj-text',
  'mj-button',
  'mj-image',
  'mj-divider',
  'mj-spacer',
  'mj-table',
]);

/** The MJML elements that may stand in each; the root is the letter. */
export const mayHold: Readonly<Record<string, ReadonlySet<string>>> = {
  '': new Set(['mj-wrapper', 'mj-section', ...CONTENT]),
  'mj-wrapper': new Set(['mj-section']),
  'mj-section': new Set(['mj-column', 'mj-group']),
  'mj-group': new Set(['mj-column']),
  'mj-column': CONTENT,
};

/** Of HTML what writes, and neither loads, runs, submits nor hides anything. */
export const HTML: ReadonlySet<string> = new Set(
  'p br strong b em i u s small sup sub span a ul ol li h1 h2 h3 h4 blockquote hr table thead tbody tr th td code'.split(
    ' ',
  ),
);

export const ATTRIBUTES: ReadonlySet<string> = new Set(
  `align valign vertical-align color background-color container-background-color font-size font-style font-weight
  line-height letter-spacing text-decoration text-align text-transform padding padding-top padding-right padding-bottom
  padding-left inner-padding width height border border-top border-bottom border-left border-right border-radius
  border-color border-width border-style css-class href src alt title style lang dir colspan rowspan cellpadding
  cellspacing scope role start type full-width direction mode`.split(/\s+/),
);

/** Where a field may stand among the attributes: in what is read out. */
export const SPOKEN: ReadonlySet<string> = new Set(['alt', 'title']);

/** What `css-class` may say: colours that are right on light and dark grounds. */
export const CLASSES: ReadonlySet<string> = new Set(['ink', 'muted', 'brand', 'box']);
