import { type Html, html, trusted } from './html.ts';

/** Light colours stand on the elements, since some mail clients drop style sheets; dark ones replace them by class. */
const sheet = trusted(`
:root { color-scheme: light dark; supported-color-schemes: light dark; }
body { margin: 0; padding: 0; -webkit-text-size-adjust: 100%; }
p { margin: 0 0 16px; }
a { color: #14513f; }
@media (max-width: 520px) {
  .outer { padding: 0 !important; }
  .card { border-radius: 0 !important; border-left: 0 !important; border-right: 0 !important; }
  .pad { padding-left: 20px !important; padding-right: 20px !important; }
  .column { display: block !important; width: auto !important; padding-left: 0 !important; }
  .below { padding-top: 14px !important; }
}
@media (prefers-color-scheme: dark) {
  .page { background: #101513 !important; color: #e6ece9 !important; }
  .card { background: #1a211e !important; border-color: #303a36 !important; color: #e6ece9 !important; }
  .ink { color: #e6ece9 !important; }
  .muted { color: #a7b5af !important; }
  .brand, a { color: #86d6b6 !important; }
  .line { border-color: #303a36 !important; }
  .step { background: #17302a !important; border-color: #86d6b6 !important; color: #e6ece9 !important; }
  .bar { background: #56736a !important; }
  .bar-now { background: #86d6b6 !important; }
}`);

const FONT = "-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif";

export type Frame = {
  readonly language: string;
  readonly title: string;
  readonly organisation: string;
  /** What a list of mails shows beside the subject. */
  readonly preview?: string;
  readonly body: Html;
  readonly footer?: Html | string;
};

/**
 * A whole HTML mail around its content: readable from 320 px upwards, light and dark, without any outside resource.
 */
export const frame = ({ language, title, organisation, preview, body, footer }: Frame): string =>
  html`<!doctype html>
<html lang="${language}" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no">
<title>${title}</title>
<style>${sheet}</style>
</head>
<body class="page" style="margin:0;padding:0;background:#eff2f0;color:#1b2421;font-family:${trusted(FONT)}">
${preview && html`<div style="display:none;max-height:0;overflow:hidden;mso-hide:all">${preview}</div>`}
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#eff2f0">
<tr><td align="center" class="outer" style="padding:24px 12px">
<table role="presentation" class="card" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:640px;background:#ffffff;border:1px solid #d9e0dc;border-radius:12px;border-collapse:separate;text-align:left">
<tr><td class="pad brand" style="padding:24px 32px 0;font-family:${trusted(FONT)};font-size:15px;line-height:22px;font-weight:600;color:#14513f">${organisation}</td></tr>
<tr><td class="pad ink" style="padding:16px 32px 28px;font-family:${trusted(FONT)};font-size:16px;line-height:25px;color:#1b2421;overflow-wrap:anywhere">
${body}
</td></tr>
${
  footer &&
  html`<tr><td class="pad muted line" style="padding:18px 32px 24px;border-top:1px solid #d9e0dc;font-family:${trusted(FONT)};font-size:13px;line-height:20px;color:#55625c">${footer}</td></tr>`
}
</table>
</td></tr>
</table>
</body>
</html>
`.markup;
