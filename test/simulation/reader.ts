import { canonicalJson } from '../../shared/kernel/json.ts';
import { explain } from '../../shared/scoring/explain.ts';
import { FORMAT } from '../../shared/scoring/snapshot.ts';
import { restraintCheck } from './check-restraint.ts';
import { agrees } from './check-standing.ts';
import type { Findings } from './finding.ts';
import { erasedUpTo } from './graves.ts';
import { notTakenBack } from './oracle-retractions.ts';
import { membersIn, modelsIn } from './records.ts';
import { sumShown } from './staff-reader.ts';
import type { SimulatedWorld } from './world.ts';

const NEAR = 1e-9;

/** Somebody who looks at the tables at any moment, and remembers what they saw. */
export const reader = (world: SimulatedWorld, findings: Findings) => {
  const rows = new Map<string, { readonly text: string; readonly of: string; readonly time: number }>();
  const { demand } = findings;
  const checkRestraint = restraintCheck(findings, world);
  return {
    /** What must hold at any step, whatever is on its way. */
    look: (): void => {
      const models = modelsIn(world.cloud);
      const { backwards } = world.cloud.witness;
      demand(backwards.length === 0, 'model-forwards', () => backwards.join('; '));
      checkRestraint((version) => models.of(version).document);
      for (const record of membersIn(world.cloud)) {
        const { member, ledger, snapshot } = record;
        let seen = 0;
        const erasedAt = erasedUpTo(world.cloud.tables, member);
        for (const [key, { of, time }] of rows) if (of === member && time <= erasedAt) rows.delete(key);
        for (const event of ledger.filter(({ time }) => time > erasedAt)) {
          const key = `${member} ${event.source} ${event.id}`;
          const text = canonicalJson(event);
          const before = rows.get(key)?.text ?? text;
          rows.set(key, { text, of: member, time: event.time });
          seen++;
          demand(before === text, 'append-only', () => `${key} was ${before}, and is ${text}`);
        }
        const known = [...rows.values()].filter(({ of }) => of === member).length;
        demand(known === seen, 'append-only', () => `${known - seen} events of ${member} are gone`);

        const now = world.clock.now;
        const published = models.of(models.current);
        const counted = notTakenBack(ledger);
        const shown = counted.filter(({ time }) => time <= now);
        const explained = explain(published.compiled, counted, now);
        for (const one of explained.scores) {
          const { score, value } = one;
          const sum = sumShown(one);
          demand(
            Math.abs(sum - value) <= NEAR,
            'books',
            () => `${member}: ${score} is ${value}, its points are ${sum}`,
          );
        }
        if (shown.length > 0) agrees(findings, published, { member, ledger: shown }, explained.standing, now);

        if (!snapshot) continue;
        const { madeBy } = snapshot;
        const isKnown = madeBy.format === FORMAT || madeBy.format === FORMAT + 1;
        demand(isKnown, 'refold', () => `${member} has a snapshot of format ${madeBy.format}`);
      }
    },
  };
};
