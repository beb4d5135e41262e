import type { ActivityEvent } from '../../events/envelope.ts';
import { milliseconds } from '../kernel/duration.ts';
import { canonicalJson } from '../kernel/json.ts';
import type { DataCondition } from './data-condition.ts';
import { dataTest } from './data-test.ts';
import type { SequenceCondition } from './history-condition.ts';
import type { Standing } from './standing.ts';

type Step = { readonly event: string; readonly where?: DataCondition | undefined };

export const stepsOf = ({ sequence }: SequenceCondition): readonly Step[] =>
  sequence.map((step) => (typeof step === 'string' ? { event: step } : step));

/** Where it is remembered when the whole sequence happened last. */
export const sequenceKey = (leaf: SequenceCondition): string =>
  [...stepsOf(leaf).map(({ event, where }) => (where ? `${event}${canonicalJson(where)}` : event)), leaf.within].join(
    '>',
  );

/** The types of event that it is made of, each once. */
export const typesOf = (leaf: SequenceCondition): readonly string[] => [
  ...new Set(stepsOf(leaf).map(({ event }) => event)),
];

/**
 * Of the first step, of the first two steps and so on, only the latest beginning is kept: whatever can still be
 * completed in time by an earlier one, can be by that. So a sequence of n steps takes n numbers, whatever happens.
 */
export const sequenceTracker = (leaf: SequenceCondition, timeZone: string) => {
  const key = sequenceKey(leaf);
  const open = `${key}>`;
  const within = milliseconds(leaf.within);
  const steps = stepsOf(leaf).map(({ event, where }) => {
    const fits = where ? dataTest(where, timeZone) : () => true;
    return (one: ActivityEvent) => one.type === event && fits(one);
  });
  return (history: Standing['history'], event: ActivityEvent): Standing['history'] => {
    const begun = history[open] ?? [];
    const after = [...begun];
    let done = false;
    steps.forEach((matches, i) => {
      // As it was before this event: one event is no two steps.
      const began = i === 0 ? event.time : begun[i - 1];
      if (began === undefined || event.time - began > within || !matches(event)) return;
      if (i === steps.length - 1) done = true;
      else after[i] = began;
    });
    if (!done && after.every((began, i) => began === begun[i])) return history;
    return { ...history, [open]: after, ...(done ? { [key]: [event.time] } : {}) };
  };
};
