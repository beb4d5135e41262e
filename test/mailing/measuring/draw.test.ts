import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { armAt, armsFor, type Draw, isHeldOut, placeOf } from '../../../shared/mailing/measuring/draw.ts';
import { HELD_OUT, LETTER, type Trial, trialsOf } from '../../../shared/mailing/measuring/trials.ts';
import { Model } from '../../../shared/scoring/model.ts';
import { document } from '../../support/given.ts';

const drawing =
  (key: string): Draw =>
  async (trial, person) =>
    createHmac('sha256', key)
      .update(JSON.stringify(['trial', trial, person]))
      .digest('hex');
const draw = drawing('a key');

const people = Array.from({ length: 20_000 }, (_, i) => `m-${i}`);
const trial = (id: string, ...shares: Trial['shares']): Trial => ({ id, shares });
const armsIn = async (one: Trial, drawn = draw): Promise<(string | undefined)[]> =>
  Promise.all(people.map(async (person) => (await armsFor(drawn, [one], person))[one.id]));
const share = (arms: readonly unknown[], arm: string): number => arms.filter((one) => one === arm).length / arms.length;

/** How far a share of so many may lie from what is expected: five standard deviations, once in two million times. */
const leeway = (expected: number, of = people.length): number => 5 * Math.sqrt((expected * (1 - expected)) / of);

describe('what is drawn for a member', () => {
  it('is anything between 0 and 1 with the same likelihood', async () => {
    const places = await Promise.all(people.map(async (person) => placeOf(await draw('t', person))));
    const bins = Array.from({ length: 20 }, (_, i) => places.filter((place) => Math.floor(place * 20) === i).length);
    const expected = people.length / 20;
    const chiSquare = bins.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    // The 99.99th percentile of chi-square with 19 degrees of freedom.
    expect(chiSquare).toBeLessThan(50.8);
    expect(Math.max(...places)).toBeLessThan(1);
  });

  it('gives each arm its share', async () => {
    const arms = await armsIn(trial('t', [HELD_OUT, 10], ['short', 30], ['long', 20]));
    for (const [arm, expected] of [
      [HELD_OUT, 0.1],
      ['short', 0.3],
      ['long', 0.2],
      [LETTER, 0.4],
    ] as const)
      expect(Math.abs(share(arms, arm) - expected)).toBeLessThan(leeway(expected));
  });

  it('is the same every time, and for nobody else’s key', async () => {
    const one = trial('t', [HELD_OUT, 50]);
    expect(await armsIn(one)).toEqual(await armsIn(one));
    const others = await armsIn(one, drawing('another key'));
    const same = (await armsIn(one)).filter((arm, i) => arm === others[i]).length / people.length;
    expect(Math.abs(same - 0.5)).toBeLessThan(leeway(0.5));
  });

  it('tells nothing of what is drawn in another trial, or in another round', async () => {
    const held = await armsIn(trial('message.a.1', [HELD_OUT, 20]));
    const elsewhere = await armsIn(trial('message.a.2', [HELD_OUT, 20]));
    const both = held.filter((arm, i) => arm === HELD_OUT && elsewhere[i] === HELD_OUT).length / people.length;
    expect(Math.abs(both - 0.04)).toBeLessThan(leeway(0.04));
  });

  it('keeps whoever is held out there when the group grows', () =>
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.999, noNaN: true }), (place) => {
        const grown = armAt(place, trial('t', [HELD_OUT, 20]));
        return armAt(place, trial('t', [HELD_OUT, 10])) !== HELD_OUT || grown === HELD_OUT;
      }),
    ));

  it('has no gap and no overlap, wherever a share ends', () => {
    const shares = trial('t', [HELD_OUT, 10], ['b', 90]);
    expect([0, 0.0999999, 0.1, 0.5, 0.9999999].map((place) => armAt(place, shares))).toEqual([
      HELD_OUT,
      HELD_OUT,
      'b',
      'b',
      'b',
    ]);
  });
});

describe('the trials of a message', () => {
  const success = { outcome: 'renewed' };
  const [first] = document.messages;
  const model = (parts: object, experiment?: object) =>
    Model.parse({ ...document, messages: [{ ...first, ...(experiment ? { experiment } : {}) }], ...parts });
  const id = first?.id ?? '';
  const ids = (one: Model) => trialsOf(one, id).map((found) => found.id);

  it('are none where nothing is measured', () => expect(ids(model({}))).toEqual([]));

  it('are its own, and that of all messages of its purpose', () => {
    const holdOut = { share: 5, purposes: ['membership'], success };
    expect(ids(model({ holdOut }, { holdOut: 10, success }))).toEqual(['everything.membership.1', `message.${id}.1`]);
    expect(ids(model({ holdOut: { ...holdOut, purposes: ['marketing'] } }))).toEqual([]);
  });

  it('stay what they are when the letter, or anything else, is written anew; a new round begins another', () => {
    const [one] = trialsOf(model({}, { holdOut: 10, success }), id);
    expect(trialsOf(model({ title: 'Another' }, { holdOut: 10, success: { outcome: 'left' } }), id)).toEqual([one]);
    expect(ids(model({}, { holdOut: 10, success, round: 2 }))).not.toEqual([one?.id]);
  });

  it('ask for no more of whoever gets no message at all', async () => {
    const both = [trial('everything.x.1', [HELD_OUT, 90]), trial('message.a.1', [HELD_OUT, 90])];
    const arms = await Promise.all(people.slice(0, 100).map((person) => armsFor(draw, both, person)));
    const out = arms.filter((one) => one['everything.x.1'] === HELD_OUT);
    expect(out.length).toBeGreaterThan(50);
    for (const one of out) expect([Object.keys(one), isHeldOut(one)]).toEqual([['everything.x.1'], true]);
  });
});
