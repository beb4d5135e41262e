import mustache from 'mustache';
import type { Template } from '../scoring/model.ts';
import { FIELDS } from './fields.ts';

export type TemplateFault = { readonly path: readonly string[]; readonly message: string };

type Span = ReturnType<typeof mustache.parse>[number];

const fields: ReadonlySet<string> = new Set(FIELDS);

/** Tags, with whatever their quoted attributes hold, and comments; also such as are never closed. */
const tagOrComment = /<!--[\s\S]*?(-->|$)|<(?:"[^"]*("|$)|'[^']*('|$)|[^>"'])*(>|$)/g;

/** Tags that run, load, submit or hide, which mail clients drop or distrust; in them escaping is another thing. */
const unwelcome =
  /^<\/?\s*(script|style|iframe|object|embed|form|input|button|textarea|select|link|meta|base|svg|math|template|title|head|body|html|noscript|xmp|plaintext)\b/i;
const loads = /[\s/"'](on[a-z]+|src|srcset|background|poster)\s*=/i;
const badLink = /[\s/"']href\s*=(?!\s*["']?(https:\/\/|mailto:))/i;

const spanFaults = (spans: readonly Span[]): string[] =>
  spans.flatMap((span): string[] => {
    const [sign, name, , , below] = span;
    switch (sign) {
      case 'text':
      case '!':
        return [];
      case 'name':
        return fields.has(name) ? [] : [`there is no field "${name}" (there are: ${FIELDS.join(', ')})`];
      case '#':
      case '^':
        return [
          ...(fields.has(name) ? [] : [`there is no field "${name}" (there are: ${FIELDS.join(', ')})`]),
          ...(Array.isArray(below) ? spanFaults(below) : []),
        ];
      case '&':
        return [`"${name}" would be printed unescaped: write {{${name}}}`];
      case '>':
        return [`other templates cannot be included ("${name}")`];
      default:
        return ['the delimiters cannot be changed'];
    }
  });

const tagFaults = (tag: string): string[] => [
  // Its escaping would not be enough there.
  ...(tag.includes('{{') ? ['a field may stand in the text only, not inside a tag or a comment'] : []),
  ...(unwelcome.test(tag) ? [`has a tag that is not allowed in a message: <${unwelcome.exec(tag)?.[1]}>`] : []),
  ...(loads.test(tag) ? [`has an attribute that is not allowed: ${loads.exec(tag)?.[1]}`] : []),
  ...(badLink.test(tag) ? ['a link must begin with https:// or mailto:'] : []),
];

const markupFaults = (markup: string): string[] => [
  ...new Set(
    (markup.match(tagOrComment) ?? []).flatMap((tag) =>
      tag.startsWith('<!--') && !tag.includes('{{') ? [] : tagFaults(tag),
    ),
  ),
];

const parsed = (source: string): string[] => {
  try {
    return spanFaults(mustache.parse(source));
  } catch (error) {
    return [error instanceof Error ? error.message : 'is not a template'];
  }
};

/** Everything that is wrong with a template, by its path in it. None: it can be rendered for anybody. */
export const templateFaults = ({ subject, html, text }: Template): readonly TemplateFault[] => [
  ...[...parsed(subject), ...(/[\p{Cc}\p{Zl}\p{Zp}]/u.test(subject) ? ['must be one line'] : [])].map((message) => ({
    path: ['subject'],
    message,
  })),
  ...[...parsed(html), ...markupFaults(html)].map((message) => ({ path: ['html'], message })),
  ...parsed(text).map((message) => ({ path: ['text'], message })),
];
