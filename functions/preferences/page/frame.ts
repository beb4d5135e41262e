import { type Html, html, trusted } from '../../../shared/mailing/html.ts';
import { STYLE } from './style.ts';
import { PAGE_LANGUAGES, type PageLanguage, pageWords } from './words.ts';

export type Framed = {
  readonly language: PageLanguage;
  readonly organisation: string;
  readonly title: string;
  readonly body: Html;
};

/** A whole page, which works without scripts and loads nothing. */
export const frame = ({ language, organisation, title, body }: Framed): string =>
  html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex, nofollow">
<meta name="referrer" content="no-referrer">
<title>${title} – ${organisation}</title>
<link rel="icon" href="data:,">
<style>${trusted(STYLE)}</style>
</head>
<body>
<main><div class="card">
<p class="name">${organisation}</p>
<h1>${title}</h1>
${body}
</div></main>
<footer><nav aria-label="${pageWords[language].otherLanguages}"><ul>
${PAGE_LANGUAGES.filter((other) => other !== language).map(
  (other) => html`<li><a href="?lang=${other}" hreflang="${other}" lang="${other}">${pageWords[other].name}</a></li>
`,
)}</ul></nav></footer>
</body>
</html>
`.markup;
