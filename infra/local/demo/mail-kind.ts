import { staffWords } from '../../../shared/mailing/staff-words.ts';
import type { Model } from '../../../shared/scoring/model.ts';

/** Sections and fields of templates, and fields of the words for staff: `{{#firstName}}…{{/firstName}}`, `{n}`. */
const FIELD = /\{\{[#^].*?\{\{\/.*?\}\}|\{\{\{?.*?\}\}\}?|\{\w+\}/;

const literal = (text: string): string =>
  text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, (sign) => `\\x${sign.charCodeAt(0).toString(16)}`);

/** A subject with fields as a pattern for what it becomes. */
const patternOf = (subject: string): RegExp => new RegExp(`^${subject.split(FIELD).map(literal).join('.*')}`, 'u');

const staffPatterns = Object.values(staffWords).flatMap(({ alert, digest }) => [
  { kind: 'alert to an owner', pattern: new RegExp(literal(alert.heading), 'u') },
  ...Object.values(digest.subject).map((form) => ({ kind: 'digest to an owner', pattern: patternOf(form) })),
]);

/** What kind of mail a subject belongs to. Polku's mails bear no mark that says so: it would tell on the member. */
export const mailKind = ({ messages }: Pick<Model, 'messages'>): ((subject: string) => string) => {
  const patterns = [
    ...messages.flatMap(({ id, templates }) =>
      Object.values(templates).map((template) => ({
        kind: `message "${id}" to a member`,
        pattern: patternOf(template.subject),
      })),
    ),
    ...staffPatterns,
  ];
  return (subject) => patterns.find(({ pattern }) => pattern.test(subject))?.kind ?? 'other';
};
