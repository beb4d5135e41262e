import fc from 'fast-check';
import { expect, it } from 'vitest';
import { refolded } from '../../shared/journeys/next-snapshot.ts';
import { mayWrite } from '../../shared/mailing/may-write.ts';
import { previewResult } from '../../shared/preview/result.ts';
import { current, draft, type Person, people, span, tallyOf } from './members.ts';

/** What somebody gets who comes to the draft when it is published with an announcement. */
const announced = ([member, events]: Person) => {
  const known = events.filter(({ time }) => time <= span.at);
  if (known.length === 0) return [];
  const visit = { member, now: span.at, events: [], ticked: true };
  const before = { version: 1, compiled: current.compiled };
  const after = { version: 2, compiled: draft.compiled, publication: { at: span.at, announce: true } };
  const settled = refolded(before, { ...visit, events: known, ticked: false }, undefined, known, known);
  const { outbox, standing } = refolded(after, visit, settled, known, [], before);
  return outbox.flatMap((effect) => {
    if (effect.kind === 'alert') return [`notice ${effect.stage}`];
    if (effect.kind !== 'message' || effect.message !== 'hello') return [];
    return mayWrite('membership', standing, span.at).may ? ['hello'] : ['hello withheld'];
  });
};

it('foretells what publishing with an announcement sends', () =>
  fc.assert(
    fc.property(people(12), (persons) => {
      const { announcement } = previewResult(tallyOf(persons), {
        before: current.model,
        after: draft.model,
        months: 4,
      });
      const each = persons.map(announced);
      const count = (what: string) => each.flat().filter((one) => one === what).length;
      const [hello] = announcement.messages;
      expect(hello?.now ?? 0).toBe(count('hello'));
      expect(Object.values(hello?.withheld ?? {}).reduce((sum, one) => sum + one, 0)).toBe(count('hello withheld'));
      for (const stage of ['ready', 'at-risk'])
        expect(announcement.alerts.find((one) => one.stage === stage)?.count ?? 0).toBe(count(`notice ${stage}`));
      expect(announcement.members).toBe(each.filter((list) => list.includes('hello')).length);
    }),
  ));
