import type { LocalText } from '../../kernel/text.ts';
import type { Model } from '../../scoring/model.ts';
import type { Lint } from '../finding.ts';
import { stagesOf } from '../places.ts';

type Text = { readonly path: readonly PropertyKey[]; readonly languages: readonly string[] };

const texts = (text: LocalText | undefined, path: readonly PropertyKey[]): readonly Text[] =>
  typeof text === 'object' ? [{ path, languages: Object.keys(text) }] : [];

/** Every place that is written in several languages. One text for all is meant for all. */
const textsIn = (model: Model): readonly Text[] => [
  ...texts(model.title, ['title']),
  ...model.scores.flatMap(({ title, bands = [], fit = [] }, i) => [
    ...texts(title, ['scores', i, 'title']),
    ...bands.flatMap((band, b) => texts(band.title, ['scores', i, 'bands', b, 'title'])),
    ...fit.flatMap((fact, f) => texts(fact.title, ['scores', i, 'fit', f, 'title'])),
  ]),
  ...model.grades.flatMap(({ title }, i) => texts(title, ['grades', i, 'title'])),
  ...model.rules.flatMap(({ title }, i) => texts(title, ['rules', i, 'title'])),
  ...model.capGroups.flatMap(({ title }, i) => texts(title, ['capGroups', i, 'title'])),
  ...model.journeys.flatMap(({ title }, i) => texts(title, ['journeys', i, 'title'])),
  ...stagesOf(model).flatMap(({ stage, path }) => [
    ...texts(stage.title, [...path, 'title']),
    ...texts(stage.nextStep, [...path, 'nextStep']),
  ]),
  ...model.messages.flatMap(({ title, templates }, i) => [
    ...texts(title, ['messages', i, 'title']),
    { path: ['messages', i, 'templates'], languages: Object.keys(templates) },
  ]),
  ...(model.outcomes ?? []).flatMap(({ title }, i) => texts(title, ['outcomes', i, 'title'])),
];

/** A language that stands somewhere in the model and is missing elsewhere. */
export const missingLanguages: Lint = {
  name: 'missing-languages',
  look: (model) => {
    const all = textsIn(model);
    const used = [...new Set(all.flatMap(({ languages }) => languages))].sort();
    return all.flatMap(({ path, languages }) => {
      const missing = used.filter((language) => !languages.includes(language));
      if (missing.length === 0) return [];
      return [
        { path, level: 'warning', message: `is missing in ${missing.join(', ')}, which the model has elsewhere` },
      ];
    });
  },
};
