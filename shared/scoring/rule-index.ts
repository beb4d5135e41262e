import type { ActivityEvent } from '../../events/envelope.ts';
import { chunks } from '../kernel/chunks.ts';
import type { FieldCondition } from './data-condition.ts';
import type { EventTest } from './event-test.ts';
import { type FieldTable, fieldTable, passing } from './field-table.ts';
import type { Standing } from './standing.ts';

/** What all must hold for a rule to fit an event: what tables answer, and what is left to be asked. */
export type Indexed = { readonly lookups: readonly FieldCondition[]; readonly rest: EventTest | undefined };

/** The rules that listen to one type of event. */
export type RuleIndex<Rule> = {
  readonly rules: readonly Rule[];
  /** Those that fit an event, and the member's standing just before it counts; in the order of the model. */
  readonly matching: (event: ActivityEvent, standing: Standing) => readonly Rule[];
};

/** As many as a number has bits that stay a small integer. */
const MOST = 31;

type Panel<Rule> = { readonly rules: readonly Rule[]; readonly all: number; readonly tables: readonly FieldTable[] };

const panel = <Rule extends Indexed>(rules: readonly Rule[]): Panel<Rule> => {
  const asked = rules.flatMap(({ lookups }, i) =>
    lookups.map(({ field, ...operators }) => ({ field, bit: 1 << i, operators })),
  );
  return {
    rules,
    all: 2 ** rules.length - 1,
    tables: [...Map.groupBy(asked, ({ field }) => field)].map(([field, same]) => fieldTable(field, same)),
  };
};

/**
 * Rules as bits of a number: each field is looked up once for all of them, and what every field lets pass may fit. Only
 * those are asked for what no table answers; the others cost nothing each.
 */
export const ruleIndex = <Rule extends Indexed>(rules: readonly Rule[]): RuleIndex<Rule> => {
  const panels = chunks(rules, MOST).map(panel);
  const matching: RuleIndex<Rule>['matching'] = (event, standing) => {
    const found: Rule[] = [];
    for (const { tables, all, rules: those } of panels) {
      let bits = all;
      for (const table of tables) bits &= passing(table, event.data[table.field]);
      for (; bits !== 0; bits &= bits - 1) {
        const rule = those[31 - Math.clz32(bits & -bits)];
        if (rule && (rule.rest === undefined || rule.rest(event, standing))) found.push(rule);
      }
    }
    return found;
  };
  return { rules, matching };
};
