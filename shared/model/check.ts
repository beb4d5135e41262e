import { type ModelFault, publishable } from '../mailing/publishable.ts';
import type { Finding } from './finding.ts';
import { lints } from './lints.ts';
import { mendOf } from './mends.ts';

/** A fault stops publishing, the others do not. */
export type Remark = Omit<Finding, 'level'> & { readonly level: 'fault' | Finding['level']; readonly lint?: string };

const asRemark = (fault: ModelFault, input: unknown): Remark => {
  const mend = mendOf(fault, input);
  return { ...fault, level: 'fault', ...(mend === undefined ? {} : { mend }) };
};

/** All that can be said about a model before it is published: its faults or, where it has none, what looks amiss. */
export const checkModel = (input: unknown): readonly Remark[] => {
  const read = publishable(input);
  if ('faults' in read) return read.faults.map((fault) => asRemark(fault, input));
  return lints.flatMap(({ name, look }) => look(read.model).map((finding) => ({ ...finding, lint: name })));
};
