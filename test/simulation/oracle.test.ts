import { describe, expect, it } from 'vitest';
import type { ActivityEvent } from '../../events/envelope.ts';
import { advance } from '../../shared/scoring/advance.ts';
import { compile } from '../../shared/scoring/compile.ts';
import { fold } from '../../shared/scoring/fold.ts';
import { agrees } from './check-standing.ts';
import { faults } from './faults.ts';
import { findings } from './finding.ts';
import { documentOf, modelOf } from './models.ts';
import { consult } from './oracle.ts';
import { random } from './random.ts';
import { drawEvents, START } from './scenario.ts';

const DAY = 86_400_000;
const MODELS = 400;
const LIVES = 5;
const LONG = 240_000;

/** What one member did, as it lies in the ledger. */
const lifeOf = (seed: number): ActivityEvent[] => {
  const quiet = faults({ seed, rates: {} });
  return drawEvents(random(seed, 'life'), quiet, ['maija'], 50 * DAY).map(({ source, item }) => ({
    source,
    id: item.id,
    type: item.type,
    member: item.member.id,
    ...(item.member.email === undefined ? {} : { email: item.member.email }),
    time: Date.parse(item.time),
    data: item.data ?? {},
  }));
};

describe('the engine and the oracle', () => {
  it.each(Array.from({ length: 8 }, (_, i) => i))(
    `say the same of every member under every model, at whatever instant (part %i)`,
    (part) => {
      let decided = 0;
      let asked = 0;
      for (let number = part; number < MODELS; number += 8) {
        const document = documentOf(number);
        const published = { document, compiled: compile(modelOf(number)) };
        for (let life = 0; life < LIVES; life++) {
          const seed = number * LIVES + life;
          const ledger = lifeOf(seed);
          const standing = fold(published.compiled, ledger);
          const { below } = random(seed, 'instants');
          const last = Math.max(...ledger.map(({ time }) => time));
          for (const at of [last, last + below(DAY), last + below(60 * DAY), last + below(400 * DAY)]) {
            const notes = findings();
            agrees(
              notes,
              published,
              { member: 'maija', ledger },
              advance(published.compiled, standing, at).standing,
              at,
            );
            expect(notes.found, `model ${number}, life ${seed}, at ${at - START}`).toEqual([]);
            asked++;
            if (!consult(document, ledger, at).close) decided++;
          }
        }
      }
      // Hardly ever do the last digits of a number decide.
      expect(decided / asked).toBeGreaterThan(0.88);
    },
    LONG,
  );
});
