import { localText } from '../../kernel/text.ts';
import { type StaffLanguage, staffLanguage, staffLanguages } from '../../risk/words.ts';
import { variantTemplates } from '../../scoring/experiment.ts';
import type { Letterhead, Template } from '../../scoring/letter.ts';
import type { Model } from '../../scoring/model.ts';
import { escapeHtml } from '../html.ts';
import { CONTENT, mayHold } from './allowed.ts';
import { type CompiledLetter, type Letters, letterName } from './compiled-letter.ts';
import { DEFAULT_DIGEST, DEFAULT_HEADER, defaultAlert, defaultFooter, staffFooter } from './default-parts.ts';
import { dressed } from './dressed.ts';
import { coloursOf, letterFrame } from './letter-frame.ts';
import { isElement, type Node, parseMarkup, printMarkup } from './markup.ts';
import { plainText } from './plain-text.ts';
import { tagsIn } from './tags.ts';

type Paper = { readonly language: string; readonly letterhead: Letterhead | undefined; readonly footer: string };

/** Content by itself gets a section and a column. */
const inSection = (nodes: readonly Node[]): readonly Node[] =>
  nodes.some((node) => isElement(node) && CONTENT.has(node.name))
    ? [{ name: 'mj-section', attributes: {}, children: [{ name: 'mj-column', attributes: {}, children: nodes }] }]
    : nodes;

/** MJML drops texts between its elements, so the tags there are passed through it. */
const withTagsKept = (nodes: readonly Node[], parent = ''): readonly Node[] =>
  nodes.flatMap((node): Node[] => {
    if (isElement(node)) return [{ ...node, children: withTagsKept(node.children, node.name) }];
    if (mayHold[parent] === undefined) return [node];
    return tagsIn(node).length === 0 ? [] : [{ name: 'mj-raw', attributes: {}, children: [node.trim()] }];
  });

/** Where the members stand in a mail to owners, the HTML or text made for them goes in as it is. */
const slotted = (template: string): string => template.replace(/\{\{>\s*\w+\s*\}\}/g, '{{{slot}}}');

const parsed = (source: string): readonly Node[] => withTagsKept(inSection(parseMarkup(slotted(source)).nodes));

/** A letter in one language. The template and the parts of the letterhead must have no faults. */
const compileLetter = async (
  { subject, preheader = '', body }: Template,
  { language, letterhead, footer }: Paper,
): Promise<CompiledLetter> => {
  const colours = coloursOf(letterhead);
  const header = letterhead?.header === undefined ? DEFAULT_HEADER : localText(letterhead.header, language, 'en');
  const nodes = { header: parsed(header), body: parsed(body), footer: parsed(footer) };
  const mjml = (part: readonly Node[]) => printMarkup(dressed(part, colours));
  // A megabyte, which nobody needs who only sends.
  const { default: mjml2html } = await import('mjml-browser');
  const { html } = await mjml2html(
    letterFrame({
      language,
      colours,
      subject: escapeHtml(subject),
      preheader: escapeHtml(preheader),
      header: mjml(nodes.header),
      body: mjml(nodes.body),
      footer: mjml(nodes.footer),
    }),
    { fonts: {}, validationLevel: 'soft' },
  );
  return {
    subject,
    html: html.replace(/\n\s+/g, '\n'),
    text: `${plainText(nodes.body)}\n\n-- \n${plainText(nodes.footer)}`,
  };
};

const footerFor = (language: string, letterhead: Letterhead | undefined): string =>
  letterhead?.footer === undefined
    ? defaultFooter(staffLanguage(language, 'en'))
    : localText(letterhead.footer, language, 'en');

/** The letter of a message, and those of its variants. */
const lettersOf = ({ id, templates, experiment }: Model['messages'][number]) => [
  [letterName(id), templates] as const,
  ...(experiment?.variants ?? []).map(
    (variant) => [letterName(id, variant.id), variantTemplates(variant, templates)] as const,
  ),
];

/** All letters of a model that has no faults. */
export const compileLetters = async ({
  messages,
  letterhead,
}: Pick<Model, 'messages' | 'letterhead'>): Promise<Letters> => {
  const each = async (templates: Readonly<Record<string, Template>>, footer: (language: string) => string) =>
    Object.fromEntries(
      await Promise.all(
        Object.entries(templates).map(async ([language, template]) => {
          const paper = { language, letterhead, footer: footer(language) };
          return [language, await compileLetter(template, paper)] as const;
        }),
      ),
    );
  const toMembers = (language: string) => footerFor(language, letterhead);
  const toStaff = (language: string) => staffFooter(staffLanguage(language, 'en'));
  const staff = (house: (language: StaffLanguage) => Template) =>
    Object.fromEntries(staffLanguages.map((language) => [language, house(language)]));
  return {
    messages: Object.fromEntries(
      await Promise.all(
        messages.flatMap(lettersOf).map(async ([name, templates]) => [name, await each(templates, toMembers)] as const),
      ),
    ),
    alert: await each({ ...staff(defaultAlert), ...letterhead?.alert }, toStaff),
    digest: await each({ ...staff(() => DEFAULT_DIGEST), ...letterhead?.digest }, toStaff),
  };
};
