import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ActivityEvent } from '../../../events/envelope.ts';
import { type Choices, eventsOf } from '../../../shared/mailing/choices.ts';
import { type Beside, hadAgreed, hadAgreedBy } from '../../../shared/mailing/following/consent-then.ts';
import { comparePositions } from '../../../shared/scoring/position.ts';
import { NO_PROFILE, withEvent } from '../../../shared/scoring/profile.ts';

type Word = { readonly given: boolean; readonly at: number; readonly wording?: string };

const member = 'aino';
const word = ({ given, at, wording }: Word, id = `${at}`): ActivityEvent => ({
  ...{ source: 'crm', id, type: given ? 'consent.given' : 'consent.withdrawn', member, time: at },
  data: { purpose: 'tracking', ...(wording === undefined ? {} : { wording }) },
});
const own = (said: Word): Choices => ({ revision: 1, consents: { tracking: said } });

/** Both ways of finding out: by what is known now, and by all that happened. */
const bothWays = (
  ledger: readonly ActivityEvent[],
  choices: Choices | undefined,
  instant: number,
  graves: Beside['graves'] = [],
) => ({
  byNow: hadAgreedBy(ledger.toSorted(comparePositions).reduce(withEvent, NO_PROFILE), { choices, graves }, instant),
  byAll: hadAgreed(member, ledger, { choices, graves }, instant),
});

describe('whether somebody had agreed to be followed', () => {
  const words = fc.record({
    given: fc.boolean(),
    at: fc.integer({ min: 1, max: 6 }),
    wording: fc.constantFrom('text-1', undefined),
  });
  const saidAt = ({ given, at, wording }: { given: boolean; at: number; wording: string | undefined }): Word => ({
    ...{ given, at },
    ...(wording === undefined ? {} : { wording }),
  });

  it('is told by what is known now as by all that happened, wherever it is told', () => {
    const lives = fc.record({
      theirs: fc.array(words, { maxLength: 5 }),
      mine: fc.option(words),
      isHeard: fc.boolean(),
      refused: fc.option(fc.record({ at: fc.integer({ min: 0, max: 6 }), own: fc.boolean() })),
      instant: fc.integer({ min: 0, max: 7 }),
    });
    let told = 0;
    fc.assert(
      fc.property(lives, ({ theirs, mine, isHeard, refused, instant }) => {
        const choices = mine ? own(saidAt(mine)) : undefined;
        const heard = choices && isHeard ? eventsOf(member, choices) : [];
        const ledger = [...theirs.map((one, i) => word(saidAt(one), `${i}`)), ...heard];
        const { byNow, byAll } = bothWays(
          ledger,
          choices,
          instant,
          refused ? [{ refusals: { tracking: refused } }] : [],
        );
        // A no of their own that is still on its way to the ledger holds, whatever comes of it there.
        const isOnItsWay = mine?.given === false && !isHeard;
        if (byNow === undefined || (byNow === false && isOnItsWay)) return;
        told += 1;
        expect(byNow).toBe(byAll);
      }),
      { numRuns: 5_000 },
    );
    expect(told).toBeGreaterThan(2_000);
  });

  it.each<[string, Word[], Word | undefined, boolean]>([
    ['nobody ever asked them', [], undefined, false],
    ['they agreed before', [{ given: true, at: 1 }], undefined, true],
    [
      'they agreed and took it back',
      [
        { given: true, at: 1 },
        { given: false, at: 9 },
      ],
      undefined,
      false,
    ],
    ['they have just said no themselves', [{ given: true, at: 1 }], { given: false, at: 9 }, false],
    ['they agreed on their page', [], { given: true, at: 1 }, true],
  ])('%s', (_, ledger, mine, expected) => {
    expect(
      bothWays(
        ledger.map((one) => word(one)),
        mine && own(mine),
        5,
      ).byAll,
    ).toBe(expected);
  });

  it('needs no look at all that happened where they agreed before and nobody has said anything since', () => {
    expect(bothWays([word({ given: true, at: 1 })], undefined, 5).byNow).toBe(true);
    expect(bothWays([], undefined, 5).byNow).toBe(false);
    expect(bothWays([word({ given: true, at: 1 })], own({ given: true, at: 2 }), 5).byNow).toBe(true);
  });

  it('is found out from all that happened where they agreed once more afterwards', () => {
    const again = [word({ given: true, at: 1 }), word({ given: true, at: 6 })];
    expect(bothWays(again, undefined, 5)).toEqual({ byNow: undefined, byAll: true });
    expect(bothWays(again.slice(1), undefined, 5)).toEqual({ byNow: undefined, byAll: false });
  });
});
