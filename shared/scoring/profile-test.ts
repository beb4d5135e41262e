import { valueAt } from '../kernel/json.ts';
import type { AttributeCondition, TagCondition } from './condition.ts';
import { folded, valueTest } from './data-test.ts';
import { asksForDates, dateTest } from './date-test.ts';
import type { MemberTest } from './instants.ts';
import { tagsOf } from './tags.ts';
import { always } from './tests-together.ts';

export const attributeTest = ({ attribute, ...rest }: AttributeCondition, timeZone: string): MemberTest => {
  const path = attribute.split('.');
  const test = valueTest(rest);
  const dates = dateTest(rest, timeZone);
  return {
    holds: ({ profile }, instant) => {
      const value = valueAt(profile.attributes, path);
      return test(value) && dates.holds(value, instant);
    },
    changesAfter: asksForDates(rest)
      ? ({ profile }, instant) => dates.changesAfter(valueAt(profile.attributes, path), instant)
      : always,
  };
};

export const tagTest = ({ tag }: TagCondition): MemberTest => {
  const wanted = new Set([tag].flat().map(folded));
  return { holds: ({ profile }) => tagsOf(profile).some((one) => wanted.has(folded(one))), changesAfter: always };
};
