import type { Letterhead } from '../../scoring/letter.ts';

/** Colours by what they are for, on a light ground and on a dark one. */
export type Colours = { readonly light: Palette; readonly dark: Palette };
type Palette = {
  readonly page: string;
  readonly card: string;
  readonly ink: string;
  readonly muted: string;
  readonly line: string;
  readonly box: string;
  readonly brand: string;
  readonly onBrand: string;
  readonly bar: string;
};

export const coloursOf = (letterhead: Letterhead | undefined): Colours => ({
  light: {
    page: '#eff2f0',
    card: '#ffffff',
    ink: '#1b2421',
    muted: '#55625c',
    line: '#d9e0dc',
    box: '#edf5f1',
    brand: letterhead?.brand ?? '#14513f',
    onBrand: '#ffffff',
    bar: '#b6c7c0',
  },
  dark: {
    page: '#101513',
    card: '#1a211e',
    ink: '#e6ece9',
    muted: '#a7b5af',
    line: '#303a36',
    box: '#17302a',
    brand: letterhead?.brandDark ?? '#86d6b6',
    onBrand: '#10201a',
    bar: '#56736a',
  },
});

const FONT = "-apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

/** Written from the right to the left. ISO 639-1. */
const RIGHT_TO_LEFT = new Set(['ar', 'dv', 'fa', 'he', 'ks', 'ps', 'sd', 'ug', 'ur', 'yi']);
export const directionOf = (language: string): 'ltr' | 'rtl' => (RIGHT_TO_LEFT.has(language) ? 'rtl' : 'ltr');

/** Colours for the dark, by class: whoever drops the style sheet shows the light ones, which stand on the elements. */
const darkRules = ({
  page,
  card,
  ink,
  muted,
  line,
  box,
  brand,
  onBrand,
  bar,
}: Palette): readonly [string, string][] => [
  ['.page, .page > div', `background: ${page} !important; background-color: ${page} !important`],
  ['.card, .card > table', `background: ${card} !important; background-color: ${card} !important`],
  ['.card > table > tbody > tr > td', `border-color: ${line} !important`],
  ['.ink > div, .card .ink', `color: ${ink} !important`],
  ['.card .muted, .card .muted > div', `color: ${muted} !important`],
  ['.card .brand, .card .brand > div, .card a', `color: ${brand} !important`],
  ['.card .line, .card .line > p', `border-color: ${line} !important`],
  ['.card .box, .card .box > table', `background: ${box} !important; background-color: ${box} !important`],
  ['.card .step', `background: ${box} !important; border-color: ${brand} !important; color: ${ink} !important`],
  ['.card .button table td', `background: ${brand} !important`],
  ['.card .button a', `background: ${brand} !important; color: ${onBrand} !important`],
  ['.card .bar', `background: ${bar} !important`],
  ['.card .bar-now', `background: ${brand} !important`],
];

const styles = ({ light, dark }: Colours): string => {
  const rules = darkRules(dark);
  const sheet = rules.map(([selector, rule]) => `${selector} { ${rule}; }`).join('\n');
  // Outlook on the web and on phones has no media query for it, and marks the elements instead.
  const outlook = rules
    .map(
      ([selector, rule]) =>
        `${selector
          .split(', ')
          .map((one) => `[data-ogsc] ${one}`)
          .join(', ')} { ${rule}; }`,
    )
    .join('\n');
  return `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
.card div { overflow-wrap: anywhere; }
.card a { color: ${light.brand}; }
.card img { font-family: ${FONT}; font-size: 17px !important; line-height: 24px !important; font-weight: 600; }
@media (max-width: 520px) {
  .outer { padding: 0 !important; }
  .card, .card > table > tbody > tr > td { border-radius: 0 !important; border-left: 0 !important; border-right: 0 !important; }
  .pad > table > tbody > tr > td { padding-left: 4px !important; padding-right: 4px !important; }
  .column { display: block !important; width: auto !important; padding-left: 0 !important; }
  .below { padding-top: 14px !important; }
}
@media (prefers-color-scheme: dark) {
${sheet}
}
${outlook}`;
};

/** So that a list of mails shows the preheader, and not the first words of the letter after it. */
const FILLER = '&#847;&zwnj;&nbsp;'.repeat(30);

export type Framed = {
  readonly language: string;
  readonly colours: Colours;
  /** Subject and preheader, with tags, escaped for HTML. */
  readonly subject: string;
  readonly preheader: string;
  /** Sections of MJML. */
  readonly header: string;
  readonly body: string;
  readonly footer: string;
};

/** A whole letter as MJML, around its content. */
export const letterFrame = ({ language, colours, subject, preheader, header, body, footer }: Framed): string => {
  const { light } = colours;
  const align = directionOf(language) === 'rtl' ? 'right' : 'left';
  return `<mjml lang="${language}" dir="${directionOf(language)}">
<mj-head>
<mj-title>${subject}</mj-title>
${preheader === '' ? '' : `<mj-preview>${preheader}${FILLER}</mj-preview>`}
<mj-attributes>
<mj-all font-family="${FONT}"></mj-all>
<mj-section padding="0 16px" css-class="pad"></mj-section>
<mj-text align="${align}" font-size="16px" line-height="25px" color="${light.ink}" padding="8px 16px" css-class="ink"></mj-text>
<mj-table align="${align}" font-size="16px" line-height="25px" color="${light.ink}" padding="8px 16px" css-class="ink"></mj-table>
<mj-button align="${align}" font-size="16px" font-weight="600" line-height="22px" color="${light.onBrand}" background-color="${light.brand}" border-radius="8px" inner-padding="13px 22px" padding="10px 16px" css-class="button"></mj-button>
<mj-image align="${align}" padding="8px 16px"></mj-image>
<mj-divider border-width="1px" border-color="${light.line}" padding="14px 16px" css-class="line"></mj-divider>
</mj-attributes>
<mj-style>${styles(colours)}</mj-style>
<mj-raw><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><meta name="format-detection" content="telephone=no, date=no, address=no, email=no"></mj-raw>
</mj-head>
<mj-body width="640px" background-color="${light.page}" css-class="page">
<mj-section padding="12px" css-class="outer"><mj-column padding="0"><mj-spacer height="1px"></mj-spacer></mj-column></mj-section>
<mj-wrapper padding="16px 0" background-color="${light.card}" border="1px solid ${light.line}" border-radius="12px" css-class="card">
${header}${body}${footer}
</mj-wrapper>
<mj-section padding="12px" css-class="outer"><mj-column padding="0"><mj-spacer height="1px"></mj-spacer></mj-column></mj-section>
</mj-body>
</mjml>`;
};
