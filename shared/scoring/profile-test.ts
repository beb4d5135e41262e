import { valueReader } from '../kernel/json.ts';
import type { AttributeCondition, TagCondition } from './condition.ts';
import { folded, valueTest } from './data-test.ts';
import { asksForDates, dateTest } from './date-test.ts';
import type { MemberTest } from './instants.ts';
import { tagsOf } from './tags.ts';
import { always } from './tests-together.ts';

export const attributeTest = ({ attribute, ...rest }: AttributeCondition, timeZone: string): MemberTest => {
  const read = valueReader(attribute.split('.'));
  const test = valueTest(rest);
  if (!asksForDates(rest)) return { holds: ({ profile }) => test(read(profile.attributes)), changesAfter: always };
  const dates = dateTest(rest, timeZone);
  return {
    holds: ({ profile }, instant) => {
      const value = read(profile.attributes);
      return test(value) && dates.holds(value, instant);
    },
    changesAfter: ({ profile }, instant) => dates.changesAfter(read(profile.attributes), instant),
  };
};

export const tagTest = ({ tag }: TagCondition): MemberTest => {
  const wanted = new Set([tag].flat().map(folded));
  return { holds: ({ profile }) => tagsOf(profile).some((one) => wanted.has(folded(one))), changesAfter: always };
};
