import { localText } from '../../../kernel/text.ts';
import { tagsIn } from '../../../mailing/letters/tags.ts';
import type { Finding, Lint } from '../../finding.ts';
import { lettersIn } from '../../letters-in.ts';

const leadsOut = (source: string): boolean => tagsIn(source).some(({ name }) => name === 'unsubscribeUrl');

/** Letters that people may unsubscribe from, with a footer that does not say how. The headers say it all the same. */
export const waysOut: Lint = {
  name: 'ways-out',
  look: (model) => {
    const footer = model.letterhead?.footer;
    if (footer === undefined) return [];
    return lettersIn(model).flatMap(({ path, language, template, purpose }): Finding[] => {
      const needed = purpose !== undefined && purpose !== 'service';
      if (!needed || leadsOut(template.body) || leadsOut(localText(footer, language, 'en'))) return [];
      return [
        {
          path,
          level: 'warning',
          message: `is for ${purpose}, and neither it nor the footer leads out: <a href="{{unsubscribeUrl}}">`,
        },
      ];
    });
  },
};
