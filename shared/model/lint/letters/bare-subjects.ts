import mustache from 'mustache';
import { alwaysKnown } from '../../../mailing/fields.ts';
import type { Finding, Lint } from '../../finding.ts';
import { subjectsIn } from '../../letters-in.ts';

/** Something that is there for everybody. */
const SOMETHING = 'x';
const everybody = Object.fromEntries(alwaysKnown.map((name) => [name, SOMETHING]));

/** What no sentence begins with: a mark that belongs to what should stand before it. */
const leftOver = /^[,;:.!?)\]}…–—-]/u;

/** Subjects of which little is left for those of whom only the least is known: nobody has to tell their name. */
export const bareSubjects: Lint = {
  name: 'bare-subjects',
  look: (model) =>
    subjectsIn(model).flatMap(({ path, subject }): Finding[] => {
      const left = mustache.render(subject, everybody, {}, { escape: (value) => value }).trim();
      const [mark] = leftOver.exec(left) ?? [];
      if (left !== '' && mark === undefined) return [];
      const says = left === '' ? 'is empty' : `begins with “${mark}”`;
      return [
        {
          path,
          level: 'warning',
          message: `${says} for those of whom its fields are not known: say what stands there then, between {{^field}} and {{/field}}`,
        },
      ];
    }),
};
