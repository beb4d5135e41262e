import { describe, expect, it } from 'vitest';
import { compileLetters } from '../../shared/mailing/letters/compile-letters.ts';
import { compile } from '../../shared/scoring/compile.ts';
import { day, event } from '../support/given.ts';
import { activity, scorer, tick } from '../support/pipeline.ts';
import { postman } from '../support/postman.ts';
import { every, type Happening, livedUnder, modelOf } from '../support/sample.ts';

const life = livedUnder('sports-club');

const BREAK: Happening = ['2026-06-22', 'member.updated', { attributes: { season: 'break' } }];
const SEASON: Happening = ['2026-08-17', 'member.updated', { attributes: { season: 'on' } }];
const training = (from: string, until: string) => every(7, [from, until], 'training.attended');

describe('Nora, who tries a training, joins, and one autumn stays away', () => {
  const nora = life(
    ['2026-01-12', 'lead.created', { attributes: { firstName: 'Nora', language: 'nb' } }],
    ['2026-01-12', 'form.submitted', { form: 'try-training' }],
    ['2026-01-20', 'training.attended'],
    ['2026-01-27', 'training.attended'],
    ['2026-02-02', 'member.joined'],
    ...training('2026-02-03', '2026-06-16'),
    BREAK,
    SEASON,
    ...training('2026-08-18', '2026-10-06'),
    ['2026-11-12', 'training.attended'],
  );

  it('is ready to join after her second training, not after her form', () =>
    expect(nora.diary('tryout', '2026-03-01')).toEqual([
      '2026-01-12 curious',
      '2026-01-20 trying',
      '2026-01-27 ready',
      '2026-02-02 -',
    ]));

  it('is active within a month of weekly training', () => {
    expect(nora.diary('member', '2026-06-16')).toEqual(['2026-02-02 new', '2026-02-23 active']);
    expect(nora.score('engagement', '2026-06-16')).toBeCloseTo(65.5, 1);
  });

  it('is active in July too, though she does nothing', () => {
    expect(nora.stage('member', '2026-07-31')).toBe('active');
    expect(nora.score('engagement', '2026-07-31')).toBeCloseTo(23.2, 1);
  });

  it('is missed after five silent weeks of the season, and back with one training', () =>
    expect(nora.diary('member', '2026-11-30').slice(2)).toEqual(['2026-11-10 at-risk', '2026-11-12 active']));

  it('gets three letters in all that time', () =>
    expect(nora.letters('2026-11-30')).toEqual([
      '2026-01-20 see-you-next-time',
      '2026-02-02 welcome',
      '2026-11-10 we-miss-you',
    ]));
});

describe('July', () => {
  const joined: Happening = ['2026-02-02', 'member.joined'];

  it('means nothing, even where the club never says that there is a break', () => {
    const ida = life(joined, ...training('2026-02-03', '2026-06-16'), ...training('2026-08-18', '2026-10-06'));
    expect(ida.diary('member', '2026-10-06')).toEqual(['2026-02-02 new', '2026-02-24 active']);
  });

  it('means nothing to whoever was seen in May for the last time', () => {
    const last = life(joined, ...training('2026-02-03', '2026-05-12'));
    expect(last.diary('member', '2026-08-31').at(-1)).toBe('2026-08-04 at-risk');
  });

  it('is quiet for the club too: who is missed in July gets the letter on the first of August, a Saturday', () => {
    const away = life(joined, ...training('2026-02-03', '2026-04-14'));
    expect(away.letters('2026-08-31')).toContain('2026-07-07 we-miss-you');
    expect(away.posted('2026-08-31')).toEqual(['2026-02-02 13:00 welcome', '2026-08-01 10:00 we-miss-you']);
  });

  it('of a club that speaks of its break brings nobody to the list; the season does', () => {
    const emil = life(joined, ...every(14, ['2026-02-03', '2026-04-14'], 'training.attended'), BREAK, SEASON);
    expect(emil.diary('member', '2026-12-31').slice(-2)).toEqual(['2026-05-28 quiet', '2026-09-21 at-risk']);
  });
});

describe('the people around the teams', () => {
  it('are thanked for their hours, though they never train', () => {
    const father = life(
      ['2025-09-01', 'member.joined'],
      ...every(30, ['2025-09-15', '2026-05-13'], 'shift.done', { hours: 4 }),
    );
    expect(father.diary('member', '2026-06-01')).toEqual(['2025-09-01 new', '2025-10-16 quiet', '2026-02-12 mainstay']);
    expect(father.letters('2026-06-01')).toEqual(['2025-09-01 welcome', '2026-02-12 thank-you']);
  });

  it('cannot do more than ten hours a month that count', () => {
    const weekend = ['2026-05-08', '2026-05-09', '2026-05-10'];
    const mother = life(...weekend.map((date): Happening => [date, 'shift.done', { hours: 9 }]));
    expect(mother.score('helping', '2026-05-10')).toBeCloseTo(30, 0);
    expect(mother.uncounted('2026-05-31')).toContain('2026-05-10 shift points');
  });

  it('are written to once a month at most, thanks and all', () => {
    const shifts = every(14, ['2025-11-01', '2026-05-09'], 'shift.done', { hours: 5 });
    const mother = life(['2025-12-13', 'member.joined'], ...shifts);
    expect(mother.diary('member', '2026-05-31')).toEqual(['2025-12-13 new', '2025-12-27 mainstay']);
    expect(mother.posted('2026-05-31')).toEqual(['2025-12-13 13:00 welcome', '2026-01-12 13:00 thank-you']);
  });

  it('may be silent for years if they only support the club', () => {
    const uncle = life(['2020-01-01', 'member.joined', { attributes: { kind: 'supporting' } }]);
    expect(uncle.stage('member', '2026-01-01')).toBeUndefined();
  });
});

describe('a talent who trains every day', () => {
  it('stands no higher than somebody who comes three times a week', () => {
    const talent = life(...every(1, ['2026-01-05', '2026-03-29'], 'training.attended'));
    const steady = life(...['2026-01-05', '2026-01-07', '2026-01-09'].flatMap((from) => training(from, '2026-03-29')));
    const end = '2026-03-29';
    expect(Math.abs(talent.score('engagement', end) - steady.score('engagement', end))).toBeLessThan(6);
  });

  it('counts once a day, by the clock of Oslo', () => {
    const twice = life(['2026-03-02T22:30:00Z', 'training.attended'], ['2026-03-02T23:30:00Z', 'training.attended']);
    expect(twice.uncounted('2026-03-03')).toEqual([]);
    const once = life(['2026-03-02T07:00:00Z', 'training.attended'], ['2026-03-02T17:00:00Z', 'training.attended']);
    expect(once.uncounted('2026-03-03')).toEqual(['2026-03-02 trial-training times', '2026-03-02 training times']);
  });
});

describe('the letter to those who drop out', () => {
  const PEOPLE = 100;

  it('goes to some in these words, to some in others, and to some not at all, to see whether it helps', async () => {
    const model = modelOf('sports-club');
    const published = { version: 1, model, compiled: compile(model) };
    const letters = await compileLetters(model);
    const polku = scorer({ published });
    const man = postman(polku.store, { modelVersion: async () => published, letters: async () => letters });
    const members = Array.from({ length: PEOPLE }, (_, i) => `nora-${i}`);
    const lives = members.flatMap((member) =>
      [
        event('member.joined', 0, { email: `${member}@example.org`, data: { attributes: { language: 'en' } } }),
        event('consent.given', 0, { data: { purpose: 'membership' } }),
        ...[1, 8, 15, 22].map((days) => event('training.attended', days)),
      ].map((one) => activity({ ...one, member })),
    );
    await polku.on(22, ...lives);
    polku.effects.splice(0);
    await polku.on(106, ...members.map(tick));
    const asked = polku.effects.splice(0).filter((one) => one.kind === 'message');
    expect(asked.map(({ message }) => message)).toEqual(members.map(() => 'we-miss-you'));
    await man.on(106.1, ...asked);

    const subjects = Map.groupBy(man.taken, ({ subject }) => subject);
    expect([...subjects.keys()].sort()).toEqual(['Shall we find a time that suits you?', 'We miss you at training']);
    const heldOut = man.details().filter((detail) => detail === 'held-out').length;
    expect(heldOut + man.taken.length).toBe(PEOPLE);
    // Of the draw no more is asked here than that nobody is forgotten; how fair it is has a test of its own.
    expect(heldOut).toBeGreaterThan(8);
    expect(heldOut).toBeLessThan(35);

    // Whoever is asked for again is drawn again, and the lot falls as it did.
    await man.on(106.2, ...asked);
    expect(man.taken.length + heldOut).toBe(PEOPLE);
    expect(new Date(day(106)).toISOString()).toBe('2026-04-21T12:00:00.000Z');
  });
});
