import type { Lint } from '../finding.ts';

/** Variants that lack a language of their message: whoever reads it gets another letter, and the comparison is blurred. */
export const blurredVariants: Lint = {
  name: 'blurred-variants',
  look: ({ messages }) =>
    messages.flatMap(({ templates, experiment }, i) =>
      (experiment?.variants ?? []).flatMap((variant, v) => {
        const key = variant.templates ? 'templates' : 'subject';
        const its = Object.keys(variant[key] ?? {});
        const missing = Object.keys(templates).filter((language) => !its.includes(language));
        if (missing.length === 0) return [];
        const message = `is missing in ${missing.join(', ')}: who reads that gets ${key === 'subject' ? 'the usual subject' : 'another language'}, and counts as having got the variant`;
        return [{ path: ['messages', i, 'experiment', 'variants', v, key], level: 'warning' as const, message }];
      }),
    ),
};
