import { describe, expect, it } from 'vitest';
import { lookupRoutes } from '../../../functions/lookup/handler.ts';
import { compile } from '../../../shared/scoring/compile.ts';
import { fold } from '../../../shared/scoring/fold.ts';
import { Model } from '../../../shared/scoring/model.ts';
import { FORMAT, type Snapshot } from '../../../shared/scoring/snapshot.ts';
import { day, document, event } from '../../support/given.ts';
import { client } from '../../support/http.ts';
import { problem, terminal } from './terminal.ts';

const model = Model.parse({
  ...document,
  scores: [
    ...document.scores,
    { id: 'fit', title: 'Fit', fit: [{ id: 'local', title: 'Works nearby', when: { tag: 'local' }, points: 30 }] },
    { id: 'readiness', title: 'Readiness' },
  ],
});
const published = { version: 3, model, compiled: compile(model) };
const events = [
  event('member.joined', 0),
  event('member.tagged', 0.5, { data: { tags: ['local'] } }),
  event('event.attended', 1),
  event('site.visited', 20),
  event('site.visited', 20.1),
  event('site.visited', 20.2),
  event('site.visited', 20.3),
  event('benefit.used', 25, { data: { benefit: 'discount' } }),
];

const snapshot: Snapshot = {
  version: 1,
  madeBy: { model: published.version, format: FORMAT },
  events: events.length,
  standing: fold(published.compiled, events),
  announced: {},
  outbox: [],
};

/** What Polku answers about a member, in one of the ways in which it can be asked. */
const answer = async (query: Record<string, string> = {}, place = '/explanation') => {
  const nothing = async () => undefined;
  const ask = client(
    lookupRoutes({
      read: async () => snapshot,
      readMany: async () => new Map(),
      ledger: async () => events,
      wholeLedger: async () => events,
      mailsInState: async () => ({ mails: [] }),
      mails: async () => [],
      inStage: async () => [],
      currentModel: async () => published,
      letters: nothing,
      staff: nothing,
      organisation: 'The Club',
      modelAt: async () => published,
      modelVersion: nothing,
      language: 'en',
      zone: 'Europe/Helsinki',
      now: () => day(30),
    }),
  );
  const { status, body } = await ask({ path: `/v1/members/{id}${place}`, params: { id: 'maija' }, query });
  return [status, body] as const;
};

const path = 'GET /v1/members/maija/explanation';
const lines = (out: string) => out.replaceAll(/[\u00a0\u202f]/gu, ' ').split('\n');

describe('explain', () => {
  it('is a table whose sum is the score, what did not count, and what comes next', async () => {
    const { type } = terminal({ 'GET /v1/members/ma%2Fija%20%C3%A5/explanation': await answer() });
    expect(lines((await type('explain', 'ma/ija å')).out)).toEqual([
      'maija: As of 4 February 2026, reckoned by version 3 of the scoring model',
      '',
      'Engagement: 15 points',
      '  date                event           what counted       then   now  how it fades',
      '  6 Jan 2026, 14:00   event.attended  Attended an event  20.0  10.2  half is left after 30 days',
      '  25 Jan 2026, 14:00  site.visited    Visited the site    2.0   1.6  half is left after 30 days',
      '  25 Jan 2026, 16:24  site.visited    Visited the site    2.0   1.6  half is left after 30 days',
      '  25 Jan 2026, 18:48  site.visited    Visited the site    2.0   1.6  half is left after 30 days',
      '                                      sum                      15.0',
      '  Did not count:',
      '  25 Jan 2026, 21:12  site.visited  Visited the site   (2.0)  counts at most 3 times within 7 days',
      '  30 Jan 2026, 14:00  benefit.used  Used legal advice         it was not what the rule asks for (benefit: discount)',
      '',
      'Fit: 30 points',
      '  Works nearby  30.0',
      '',
      'Stages',
      '  5 Jan 2026, 14:00  member  – → quiet  membership: member',
      '',
      'What comes next',
      '  Member: Quiet, since 5 January 2026',
      '    ↑ This would lead to “Active”: “Attended an event” once more, by 23 March 2026 at the latest (within 47 days)',
      '    ↑ This would lead to “Active”: “Used legal advice” once',
      '    ↓ If nothing happens: “At risk” on 26 March 2026',
      '',
    ]);
  });

  it('is in the language asked for, headings, dates and numbers too', async () => {
    const { type } = terminal({ [`${path}?language=fi`]: await answer({ language: 'fi' }) });
    const { out } = await type('explain', 'maija', '--lang', 'fi');
    expect(lines(out)).toEqual([
      'maija: Tilanne 4. helmikuuta 2026, laskettu pisteytysmallin versiolla 3',
      '',
      'Engagement: 15 pistettä',
      '  päivä                tapahtuma       mistä pisteet tulivat  silloin   nyt  miten vähenee',
      '  6.1.2026 klo 14.00   event.attended  Attended an event         20,0  10,2  puolittumisaika 30 päivää',
      '  25.1.2026 klo 14.00  site.visited    Visited the site           2,0   1,6  puolittumisaika 30 päivää',
      '  25.1.2026 klo 16.24  site.visited    Visited the site           2,0   1,6  puolittumisaika 30 päivää',
      '  25.1.2026 klo 18.48  site.visited    Visited the site           2,0   1,6  puolittumisaika 30 päivää',
      '                                       yhteensä                        15,0',
      '  Näistä ei tullut pisteitä:',
      '  25.1.2026 klo 21.12  site.visited  Visited the site   (2,0)  lasketaan enintään 3 kertaa 7 päivän aikana',
      '  30.1.2026 klo 14.00  benefit.used  Used legal advice         se ei ollut sitä, mitä sääntö edellyttää (benefit: discount)',
      '',
      'Fit: 30 pistettä',
      '  Works nearby  30,0',
      '',
      'Vaiheet',
      '  5.1.2026 klo 14.00  member  – → quiet  jäsenyys: jäsen',
      '',
      'Mitä seuraavaksi',
      '  Member: Quiet, 5. tammikuuta 2026 alkaen',
      '    ↑ Tämä johtaisi vaiheeseen ”Active”: ”Attended an event” vielä kerran, viimeistään 23. maaliskuuta 2026 (47 päivän kuluessa)',
      '    ↑ Tämä johtaisi vaiheeseen ”Active”: ”Used legal advice” kerran',
      '    ↓ Jos mitään ei tapahdu: ”At risk” 26. maaliskuuta 2026 alkaen',
      '',
    ]);
    expect((await type('--language', 'fi', 'explain', 'maija')).out).toBe(out);
  });

  it('can be of another time, and under another version', async () => {
    const { type } = terminal({ [`${path}?at=2026-01-20&model=3`]: await answer({ at: '2026-01-20' }) });
    const { out } = await type('explain', 'maija', '--at', '2026-01-20', '--model', '3');
    expect(lines(out)[0]).toBe('maija: As of 20 January 2026, reckoned by version 3 of the scoring model');
  });

  it.each([
    [['--at', 'yesterday'], '--at takes a date such as 2026-03-01, or an instant such as 2026-03-01T08:00:00Z.\n'],
    [['--lang', 'finnish'], '--lang takes a language code, for example fi.\n'],
    [['--model', 'old'], '--model takes the number of a version, for example 3.\n'],
  ])('says what is wrong with %j', async (args, err) => {
    expect(await terminal().type('explain', 'maija', ...args)).toEqual({ code: 1, out: '', err });
  });

  it('can be what the member may be shown', async () => {
    const { type } = terminal({
      [`${path}?language=sv&audience=member`]: await answer({ language: 'sv', audience: 'member' }),
    });
    expect(lines((await type('explain', 'maija', '--lang', 'sv', '--for-member')).out)).toEqual([
      'Läget den 4 februari 2026, beräknat enligt version 3 av poängmodellen',
      '',
      'Engagement: 15 poäng',
      ...Array(3).fill(
        '  25 januari 2026: ”Visited the site”, 2 poäng, varav 1,6 återstår (hälften återstår efter 30 dagar)',
      ),
      '  6 januari 2026: ”Attended an event”, 20 poäng, varav 10,2 återstår (hälften återstår efter 30 dagar)',
      '',
      'Fit: 30 poäng',
      '  Works nearby: 30 poäng',
      '',
      'Member: Quiet',
      '  Det här skulle leda till ”Active”: ”Attended an event” en gång till, senast den 23 mars 2026 (inom 47 dagar)',
      '  Det här skulle leda till ”Active”: ”Used legal advice” en gång',
      '',
      '5 januari 2026: Member börjar med ”Quiet”. Skäl: medlemskap: medlem',
      '',
    ]);
  });

  it('gives a program all of it', async () => {
    const given = await answer();
    const { type } = terminal({ [path]: given });
    expect(JSON.parse((await type('--json', 'explain', 'maija')).out)).toEqual(given[1]);
  });

  it('of nobody is a sentence', async () => {
    const { type } = terminal({ [path]: problem(404, 'Nothing is known of a member of this id') });
    const err = 'Nothing is known of a member of this id.\n';
    expect(await type('explain', 'maija')).toEqual({ code: 1, out: '', err });
  });

  it('keeps what others sent from steering the terminal', async () => {
    const [status, body] = await answer();
    const { type } = terminal({ [path]: [status, { ...Object(body), member: 'a\u001b[2Jb' }] });
    expect((await type('explain', 'maija')).out).not.toContain('\u001b');
  });
});

describe('why a member stands where they do', () => {
  it('is said where a member is shown, in the language asked for', async () => {
    const query = { language: 'nb' };
    const { type } = terminal({ 'GET /v1/members/maija?language=nb': await answer(query, '') });
    expect(lines((await type('member', 'show', 'maija', '--language', 'nb')).out).slice(-3)).toEqual([
      '  Member: Quiet, since 5 Jan 2026, 14:00',
      '    medlemskap: medlem',
      '',
    ]);
  });

  it('is said of each change of stage in what happened', async () => {
    const { type } = terminal({ 'GET /v1/members/maija/timeline?limit=100': await answer({}, '/timeline') });
    expect(lines((await type('timeline', 'maija')).out)).toContain(
      '5 Jan 2026, 14:00   member:         – → quiet (membership: member)',
    );
  });
});
