import { publishable } from '../mailing/publishable.ts';
import type { Finding } from './finding.ts';
import { lints } from './lints.ts';
import { type Edit, withMends } from './mends.ts';

/** A fault stops publishing, the others do not. */
export type Remark = Omit<Finding, 'level'> & {
  readonly level: 'fault' | Finding['level'];
  readonly lint?: string;
  readonly edit?: Edit;
};

/** All that can be said about a model before it is published: its faults or, where it has none, what looks amiss. */
export const checkModel = (input: unknown): readonly Remark[] => {
  const read = publishable(input);
  if ('faults' in read) return withMends(read.faults, input).map((fault) => ({ ...fault, level: 'fault' }));
  return lints.flatMap(({ name, look }) => look(read.model).map((finding) => ({ ...finding, lint: name })));
};
