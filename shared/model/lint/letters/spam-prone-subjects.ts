import { withoutTags } from '../../../mailing/letters/tags.ts';
import type { Finding, Lint } from '../../finding.ts';
import { subjectsIn } from '../../letters-in.ts';

/** What mail programs on phones show of a subject, about. */
const SHOWN = 70;

const spam =
  /\b(gratis|free|ilmainen|ilmaiseksi|maksutta|100\s?%|garantert|garanterat|guaranteed|takuu|klikk her|klicka här|klikkaa tästä|click here|act now|vinner|vinnare|winner|voittaja)\b/iu;

const habits: readonly { readonly test: (subject: string) => boolean; readonly says: string }[] = [
  { test: (subject) => /[!?]{2,}/.test(subject), says: 'has several exclamation or question marks in a row' },
  {
    test: (subject) => {
      const letters = subject.match(/\p{L}/gu) ?? [];
      return letters.length > 8 && letters.filter((one) => /\p{Lu}/u.test(one)).length > letters.length * 0.6;
    },
    says: 'is in capitals',
  },
  { test: (subject) => /[$€£]{2,}|[$€£]\s?\d/.test(subject), says: 'names money' },
  { test: (subject) => /^\s*(re|fw|fwd|sv|vs|vl)\s*:/i.test(subject), says: 'looks like an answer, which it is not' },
  { test: (subject) => (subject.match(/\p{Extended_Pictographic}/gu) ?? []).length > 1, says: 'has several pictures' },
  { test: (subject) => spam.test(subject), says: 'has a word that spam has' },
];

/** Subjects that filters or people take for spam, or that are cut off. */
export const spamProneSubjects: Lint = {
  name: 'spam-prone-subjects',
  look: (model) =>
    subjectsIn(model).flatMap(({ path, subject }): Finding[] => {
      const words = withoutTags(subject);
      const long =
        [...words].length > SHOWN ? [`is longer than the ${SHOWN} characters that most mail programs show`] : [];
      return [...habits.filter(({ test }) => test(words)).map(({ says }) => says), ...long].map((message) => ({
        path,
        level: 'warning',
        message,
      }));
    }),
};
