import type { LocalText } from '../../kernel/text.ts';
import type { Model } from '../../scoring/model.ts';
import { type Detail, detailsBetween } from './details.ts';

const lists = ['scores', 'grades', 'rules', 'capGroups', 'journeys', 'messages'] as const;
type Listed = (typeof lists)[number];

/** What became of one part of a model, or of what the model says of itself. */
export type Change = {
  readonly part: 'model' | Listed;
  readonly kind: 'added' | 'removed' | 'changed';
  /** None for the model itself. */
  readonly id?: string;
  readonly title?: LocalText;
  readonly details: readonly Detail[];
};

type Item = { readonly id: string; readonly title: LocalText };

const changesIn = (part: Listed, before: readonly Item[], after: readonly Item[]): readonly Change[] => {
  const [was, is] = [before, after].map((list) => new Map(list.map((item) => [item.id, item])));
  return [
    ...after.flatMap((item): readonly Change[] => {
      const { id, title } = item;
      const earlier = was?.get(id);
      if (!earlier) return [{ part, kind: 'added', id, title, details: detailsBetween({}, { ...item }) }];
      const details = detailsBetween({ ...earlier }, { ...item });
      return details.length === 0 ? [] : [{ part, kind: 'changed', id, title, details }];
    }),
    ...before
      .filter(({ id }) => !is?.has(id))
      .map(({ id, title }): Change => ({ part, kind: 'removed', id, title, details: [] })),
  ];
};

const itself = ({ scores, grades, rules, capGroups, journeys, messages, ...rest }: Model) => rest;

/** What a model has that another had not, has no longer, or has otherwise; parts are the same where their ids are. */
export const modelDiff = (before: Model, after: Model): readonly Change[] => {
  const details = detailsBetween(itself(before), itself(after));
  const own: Change[] = details.length === 0 ? [] : [{ part: 'model', kind: 'changed', details }];
  return [...own, ...lists.flatMap((part) => changesIn(part, before[part], after[part]))];
};
