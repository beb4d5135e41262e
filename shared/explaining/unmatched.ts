import type { ActivityEvent } from '../../events/envelope.ts';
import { endOfDate, startOfDate } from '../kernel/calendar-period.ts';
import { type Json, valueAt } from '../kernel/json.ts';
import type { LocalText } from '../kernel/text.ts';
import { advance } from '../scoring/advance.ts';
import { leavesOf } from '../scoring/combined.ts';
import type { CompiledModel } from '../scoring/compile.ts';
import type { CompiledRule } from '../scoring/compile-rule.ts';
import { evolve, NOBODY } from '../scoring/evolve.ts';
import type { ExplainedEvent } from '../scoring/explain.ts';
import { comparePositions, positionOf } from '../scoring/position.ts';
import { withEvent } from '../scoring/profile.ts';
import type { Standing } from '../scoring/standing.ts';

type WhyNot =
  | {
      readonly reason: 'condition';
      /** What the event says of the fields that the rule asks about. */
      readonly fields: readonly { readonly field: string; readonly value: Json | undefined }[];
    }
  /** Before the first date of the rule, or after its last: that date. */
  | { readonly reason: 'too-early' | 'too-late'; readonly date: string };

/** That a rule listens to an event of this type, but this one did not fit it. */
export type Unmatched = WhyNot & {
  readonly event: ExplainedEvent;
  readonly score: string;
  readonly rule: string;
  readonly title: LocalText;
};

const whyNot = ({ rule }: CompiledRule, { time, data }: ActivityEvent, zone: string): WhyNot => {
  const { from, until, where } = rule;
  if (from !== undefined && time < startOfDate(from, zone)) return { reason: 'too-early', date: from };
  if (until !== undefined && time >= endOfDate(until, zone)) return { reason: 'too-late', date: until };
  const asked = where ? leavesOf(where).flatMap(({ leaf }) => ('field' in leaf ? [leaf.field] : [])) : [];
  const fields = [...new Set(asked)].map((field) => ({ field, value: valueAt(data, field.split('.')) }));
  return { reason: 'condition', fields };
};

/**
 * The rules that listen to an event of a member's and did not fit it, event by event, up to an instant (epoch ms).
 * Rules that fit are told of by the explanation, whether they counted or not.
 */
export const unmatchedIn = (model: CompiledModel, events: readonly ActivityEvent[], at: number): Unmatched[] => {
  const found: Unmatched[] = [];
  let standing: Standing = NOBODY;
  for (const event of events.filter(({ time }) => time <= at).toSorted(comparePositions)) {
    const before = standing.last === undefined ? standing : advance(model, standing, event.time).standing;
    const known = { ...before, profile: withEvent(before.profile, event) };
    const listening = model.rulesOn.get(event.type);
    const fitting = new Set(listening?.matching(event, known));
    for (const rule of listening?.rules ?? []) {
      if (fitting.has(rule)) continue;
      const { id, score, title } = rule.rule;
      const explained = { ...positionOf(event), type: event.type };
      found.push({ event: explained, score, rule: id, title, ...whyNot(rule, event, model.timeZone) });
    }
    standing = evolve(model, standing, event).standing;
  }
  return found;
};
