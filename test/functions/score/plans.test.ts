import { describe, expect, it } from 'vitest';
import type { Effect, SendMessage } from '../../../events/effect.ts';
import { DAY } from '../../../shared/kernel/duration.ts';
import { compileLetters } from '../../../shared/mailing/letters/compile-letters.ts';
import { compile } from '../../../shared/scoring/compile.ts';
import { Model } from '../../../shared/scoring/model.ts';
import { mayComeAgain } from '../../../shared/scoring/planned-message.ts';
import { day, document, event } from '../../support/given.ts';
import { activity, scorer, tick } from '../../support/pipeline.ts';
import { postman } from '../../support/postman.ts';

const message = (id: string) => ({
  ...{ id, title: id, purpose: 'membership', templates: { en: { subject: id, body: `<mj-text>${id}</mj-text>` } } },
});
const plans = (messages: readonly object[], parts: object = {}) => {
  const [lead, member] = document.journeys;
  const [quiet, ...others] = member?.stages ?? [];
  const model = Model.parse({
    ...document,
    ...parts,
    journeys: [lead, { ...member, stages: [{ ...quiet, message: undefined, messages }, ...others] }],
    messages: ['hello', 'how-is-it', 'good-bye', 'for-the-north'].map(message),
  });
  return { version: 1, model, compiled: compile(model) };
};
type Published = ReturnType<typeof plans>;
/** The words are the same in every test. */
const compiled = compileLetters(plans([]).model);
const of = (published: Published) => ({ modelVersion: async () => published, letters: () => compiled });
const joining = (days: number, attributes = {}) => [
  activity(event('member.joined', days, { email: 'maija@example.org', data: { attributes } })),
  activity(event('consent.given', days, { id: `consent-${days}`, data: { purpose: 'membership' } })),
];
const attending = (days: number) => [
  activity(event('event.attended', days, { id: `a${days}` })),
  activity(event('event.attended', days, { id: `b${days}` })),
];
const sentIn = (effects: Effect[]): SendMessage[] => effects.splice(0).filter((one) => one.kind === 'message');
const names = (effects: Effect[]) => sentIn(effects).map((one) => `${one.on} ${one.message}`);
const stay = { on: 'stay', after: '14 days', message: 'how-is-it' };

describe('the plan of a stage', () => {
  it('sends on entry, to each segment its own', async () => {
    const north = { message: 'for-the-north', when: { attribute: 'region', eq: 'north' } };
    const south = { message: 'hello', when: { not: { attribute: 'region', eq: 'north' } } };
    for (const [region, expected] of [
      ['north', 'for-the-north'],
      ['south', 'hello'],
    ] as const) {
      const polku = scorer({ published: plans([north, south]) });
      await polku.on(0, ...joining(0, { region }));
      expect(names(polku.effects)).toEqual([`entry ${expected}`]);
    }
  });

  it('sends on leaving, also when somebody leaves the journey', async () => {
    const polku = scorer({ published: plans([{ on: 'exit', message: 'good-bye' }]) });
    await polku.on(0, ...joining(0));
    expect(names(polku.effects)).toEqual([]);
    await polku.on(1, ...attending(1));
    expect(names(polku.effects)).toEqual(['exit good-bye']);
    const other = scorer({ published: plans([{ on: 'exit', message: 'good-bye' }]) });
    await other.on(0, ...joining(0));
    await other.on(1, activity(event('member.left', 1)));
    expect(names(other.effects)).toEqual(['exit good-bye']);
  });

  it('sends after a stay of so many days, at the very instant, once', async () => {
    const polku = scorer({ published: plans([stay]) });
    await polku.on(0, ...joining(0));
    expect((await polku.store.read('maija'))?.dueAt).toBe(day(14));
    await polku.on(14 - 1 / DAY, tick());
    expect(names(polku.effects)).toEqual([]);
    await polku.on(14, tick());
    expect(names(polku.effects)).toEqual(['stay how-is-it']);
    const told = (await polku.store.read('maija'))?.announced;
    // What was sent may be sent again, under the same id: then it is claimed already.
    await polku.on(15, tick());
    await polku.on(20, tick());
    expect(new Set(sentIn(polku.effects).map(({ id }) => id))).toEqual(
      new Set(['member#1#message#stay#14-days#how-is-it']),
    );
    expect((await polku.store.read('maija'))?.announced).toEqual(told);
  });

  it('sends nothing for a stay that ended before, and again for the next one', async () => {
    const polku = scorer({
      published: plans([stay], { scores: [{ id: 'engagement', title: 'E', halfLife: '1 day' }] }),
    });
    await polku.on(0, ...joining(0));
    await polku.on(10, ...attending(10));
    await polku.on(12.1, tick());
    await polku.on(14, tick());
    expect(names(polku.effects)).toEqual([]);
    await polku.on(27, tick());
    expect(names(polku.effects)).toEqual(['stay how-is-it']);
  });

  it('is quiet about a stay that fell due long ago: a backfill is no news', async () => {
    const polku = scorer({ published: plans([stay]) });
    await polku.on(30, ...joining(0));
    await polku.on(30.1, tick());
    expect(names(polku.effects)).toEqual([]);
    expect((await polku.store.read('maija'))?.announced.member?.stays).toHaveLength(1);
  });

  it('leaves a stay to the tick when a backfill comes by', async () => {
    const polku = scorer({ published: plans([stay]) });
    await polku.on(0, ...joining(0));
    await polku.on(14.5, activity(event('site.visited', 1)));
    expect(names(polku.effects)).toEqual([]);
    await polku.on(14.6, tick());
    expect(names(polku.effects)).toEqual(['stay how-is-it']);
  });

  it('refuses a stay without its time, and what it does not know', () => {
    expect(() => plans([{ on: 'stay', message: 'hello' }])).toThrow(/belongs to `on: stay`/);
    expect(() => plans([{ message: 'hello', after: '1 day' }])).toThrow(/belongs to `on: stay`/);
    expect(() => plans([{ message: 'nothing' }])).toThrow(/there is no message/);
  });
});

describe('again', () => {
  it.each([
    ['each time', 0, 0, true],
    ['never', 0, 10_000, false],
    ['90 days', 0, 89.9, false],
    ['90 days', 0, 90, true],
    ['1 month', 26, 54, false],
    ['1 month', 26, 55, true],
  ])('%s, after a message on day %d: on day %d %s', (again, last, now, may) =>
    expect(mayComeAgain(again, day(last), day(now))).toBe(may),
  );

  it.each([
    ['each time', 500],
    ['never', 1],
    ['90 days', 12],
  ])(
    'a score that jitters across a threshold a thousand times sends by the rule: %s',
    async (again, expected) => {
      const published = plans([{ message: 'hello', again }], {
        scores: [{ id: 'engagement', title: 'E', halfLife: '12 hours' }],
        staleAfter: '3 days',
      });
      const polku = scorer({ published });
      const man = postman(polku.store, of(published));
      await polku.on(0, ...joining(0));
      for (let i = 0; i < 500; i++) {
        const entered = 2 * i;
        await man.on(entered + 0.1, ...sentIn(polku.effects));
        await polku.on(entered + 0.5, ...attending(entered + 0.5));
        polku.effects.splice(0);
        await polku.on(entered + 2, tick());
      }
      expect(man.taken).toHaveLength(expected);
    },
    60_000,
  );
});

describe('a message of a stage with looser conditions for staying', () => {
  /** `active` is entered from 25 points and kept down to 10; half of them are gone after twelve hours. */
  const published = (() => {
    const [lead, member] = document.journeys;
    const [quiet, active, ...others] = member?.stages ?? [];
    const model = Model.parse({
      ...document,
      scores: [{ id: 'engagement', title: 'E', halfLife: '12 hours' }],
      journeys: [
        lead,
        { ...member, stages: [{ ...quiet, message: undefined }, { ...active, message: 'hello' }, ...others] },
      ],
      messages: [message('hello')],
    });
    return { version: 1, model, compiled: compile(model) };
  })();

  it('goes once, though the score crosses the bound of entry a thousand times within what keeps them', async () => {
    const polku = scorer({ published });
    const man = postman(polku.store, of(published));
    await polku.on(0, ...joining(0));
    await polku.on(0.1, ...attending(0.1));
    let crossings = 0;
    for (let i = 1; i <= 500; i++) {
      // From 40 down to about 20, and up again: the bound of 25 is crossed both ways.
      await man.on(i * 0.5, ...sentIn(polku.effects));
      await polku.on(i * 0.5 + 0.1, activity(event('event.attended', i * 0.5 + 0.1, { id: `c${i}` })));
      crossings += 2;
    }
    expect(crossings).toBe(1_000);
    expect(man.taken).toHaveLength(1);
  }, 60_000);

  it('goes again to whoever has come back from below', async () => {
    const polku = scorer({ published });
    const man = postman(polku.store, of(published));
    await polku.on(0, ...joining(0));
    for (const back of [0.1, 10.1]) {
      await polku.on(back, ...attending(back));
      await man.on(back + 0.1, ...sentIn(polku.effects));
      await polku.on(back + 5, tick());
      polku.effects.splice(0);
    }
    expect(man.taken).toHaveLength(2);
  });
});

describe('a planned message', () => {
  it('on leaving does not go to somebody who has come back', async () => {
    const published = plans([{ on: 'exit', message: 'good-bye' }], {
      scores: [{ id: 'engagement', title: 'E', halfLife: '5 days' }],
    });
    const polku = scorer({ published });
    const man = postman(polku.store, of(published));
    await polku.on(0, ...joining(0));
    polku.effects.splice(0);
    await polku.on(1, ...attending(1));
    const farewell = sentIn(polku.effects);
    await man.on(1.1, ...farewell);
    expect(man.taken.map(({ subject }) => subject)).toEqual(['good-bye']);
    const late = postman(polku.store, of(published));
    await polku.on(12, tick());
    await late.on(12, ...farewell.map((one) => ({ ...one, decidedAt: day(12) })));
    expect(late.details()).toEqual(['moved-on']);
  });

  it('does not go to somebody of whom its condition holds no more', async () => {
    const published = plans([{ message: 'hello', when: { attribute: 'region', eq: 'north' } }]);
    const polku = scorer({ published });
    const man = postman(polku.store, of(published));
    await polku.on(0, ...joining(0, { region: 'north' }));
    const hello = sentIn(polku.effects);
    await polku.on(0.1, activity(event('member.updated', 0.1, { data: { attributes: { region: 'south' } } })));
    await man.on(0.2, ...hello);
    expect(man.details()).toEqual(['not-meant']);
  });
});
