import type { Finding, Lint } from '../../finding.ts';
import { lettersIn } from '../../letters-in.ts';

const LONGEST = 100;

/** Letters beside whose subject a list of mails shows nothing, the same again, or half a sentence. */
export const preheaders: Lint = {
  name: 'preheaders',
  look: (model) =>
    lettersIn(model).flatMap(({ path, template: { subject, preheader } }): Finding[] => {
      if (preheader === undefined)
        return [{ path, level: 'warning', message: 'has no preheader: a list of mails shows the first words instead' }];
      const at = [...path, 'preheader'];
      if (preheader === subject) return [{ path: at, level: 'warning', message: 'says the same as the subject' }];
      return [...preheader].length > LONGEST
        ? [{ path: at, level: 'info', message: `is longer than ${LONGEST} characters: a list of mails cuts it off` }]
        : [];
    }),
};
