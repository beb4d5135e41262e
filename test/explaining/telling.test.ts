import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ActivityEvent } from '../../events/envelope.ts';
import { forMember } from '../../shared/explaining/for-member.ts';
import { speechFor } from '../../shared/explaining/speech.ts';
import { tellingOf } from '../../shared/explaining/telling.ts';
import { Model } from '../../shared/scoring/model.ts';
import { document } from '../support/given.ts';
import { modelOf, sampleNames } from '../support/sample.ts';
import { inWords } from './in-words.ts';
import { lifeUnder, published } from './lives.ts';

const at = Date.parse('2026-04-01T12:00:00Z');
const happened = (type: string, date: string, data: ActivityEvent['data'] = {}): ActivityEvent => ({
  source: 'crm',
  id: `secret-${type}-${date}`,
  member: 'secret-member',
  type,
  time: Date.parse(`${date}T12:00:00Z`),
  data,
});

/** A member of the sample union who was active in the winter. */
const union = tellingOf(
  published(modelOf('trade-union')),
  [
    happened('member.joined', '2025-09-01'),
    happened('event.attended', '2026-02-10', { event: 'meeting' }),
    happened('benefit.used', '2026-03-20', { benefit: 'discount' }),
  ],
  at,
);
const speech = (language: string) => speechFor({ language, fallback: 'en', zone: 'Europe/Oslo' });
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/gu, ' ');
/** What is said of engagement, of what lies ahead and of the stages: what is for leads, and misfits, are left out. */
const told = (language: string) =>
  inWords({ ...union, unmatched: [] }, speech(language))
    .map(plain)
    .slice(-11);

describe('an explanation in words', () => {
  it('in Norwegian', () =>
    expect(told('nb')).toMatchInlineSnapshot(`
      [
        "10. februar 2026: «Deltok på et møte», 12 poeng, hvorav 6,7 er igjen (halvparten er igjen etter 60 dager)",
        "20. mars 2026: «Medlemsrabatt», 6 poeng, hvorav 5,2 er igjen (halvparten er igjen etter 60 dager)",
        "Treff: 0 poeng",
        "Dette ville føre til «Aktiv»: «Juridisk rådgivning» én gang",
        "Dette ville føre til «Aktiv»: «Kurs» én gang, senest 5. juni 2026 (innen 65 dager)",
        "Dette ville føre til «Aktiv»: «Medlemsrabatt» én gang til, senest 6. april 2026 (innen 5 dager)",
        "Hvis ingenting skjer: «I ferd med å forsvinne» 18. juni 2026",
        "1. september 2025: Medlemsreisen begynner med «Ny». Grunn: medlemskap: medlem",
        "31. oktober 2025: Medlemsreisen, fra «Ny» til «Stille». Grunn: tid siden innmeldingen: minst 60 dager",
        "30. november 2025: Medlemsreisen, fra «Stille» til «I ferd med å forsvinne». Grunn: tid siden siste aktivitet: minst 90 dager",
        "10. februar 2026: Medlemsreisen, fra «I ferd med å forsvinne» til «Stille». Grunn: ikke lenger: tid siden siste aktivitet: minst 90 dager; ikke lenger: «Engasjement»: mindre enn 8; tid siden innmeldingen: minst 60 dager",
      ]
    `));
  it('in Swedish', () =>
    expect(told('sv')).toMatchInlineSnapshot(`
      [
        "10 februari 2026: ”Deltog i ett möte”, 12 poäng, varav 6,7 återstår (hälften återstår efter 60 dagar)",
        "20 mars 2026: ”Medlemsrabatt”, 6 poäng, varav 5,2 återstår (hälften återstår efter 60 dagar)",
        "Träff: 0 poäng",
        "Det här skulle leda till ”Aktiv”: ”Juridisk rådgivning” en gång",
        "Det här skulle leda till ”Aktiv”: ”Utbildning” en gång, senast den 5 juni 2026 (inom 65 dagar)",
        "Det här skulle leda till ”Aktiv”: ”Medlemsrabatt” en gång till, senast den 6 april 2026 (inom 5 dagar)",
        "Om inget händer: ”På väg bort” den 18 juni 2026",
        "1 september 2025: Medlemsresan börjar med ”Ny”. Skäl: medlemskap: medlem",
        "31 oktober 2025: Medlemsresan, från ”Ny” till ”Tyst”. Skäl: tid sedan inträdet: minst 60 dagar",
        "30 november 2025: Medlemsresan, från ”Tyst” till ”På väg bort”. Skäl: tid sedan den senaste aktiviteten: minst 90 dagar",
        "10 februari 2026: Medlemsresan, från ”På väg bort” till ”Tyst”. Skäl: inte längre: tid sedan den senaste aktiviteten: minst 90 dagar; inte längre: ”Engagemang”: mindre än 8; tid sedan inträdet: minst 60 dagar",
      ]
    `));
  it('in Finnish', () =>
    expect(told('fi')).toMatchInlineSnapshot(`
      [
        "10. helmikuuta 2026: ”Osallistui tilaisuuteen”, 12 pistettä, jäljellä 6,7 (puolittumisaika 60 päivää)",
        "20. maaliskuuta 2026: ”Jäsenalennus”, 6 pistettä, jäljellä 5,2 (puolittumisaika 60 päivää)",
        "Sopivuus: 0 pistettä",
        "Tämä johtaisi vaiheeseen ”Aktiivinen”: ”Lakineuvonta” kerran",
        "Tämä johtaisi vaiheeseen ”Aktiivinen”: ”Koulutus” kerran, viimeistään 5. kesäkuuta 2026 (65 päivän kuluessa)",
        "Tämä johtaisi vaiheeseen ”Aktiivinen”: ”Jäsenalennus” vielä kerran, viimeistään 6. huhtikuuta 2026 (5 päivän kuluessa)",
        "Jos mitään ei tapahdu: ”Katoamassa” 18. kesäkuuta 2026 alkaen",
        "1. syyskuuta 2025: Jäsenpolku alkaa vaiheesta ”Uusi”. Syy: jäsenyys: jäsen",
        "31. lokakuuta 2025: Jäsenpolku, vaiheesta ”Uusi” vaiheeseen ”Hiljainen”. Syy: aika liittymisestä: vähintään 60 päivää",
        "30. marraskuuta 2025: Jäsenpolku, vaiheesta ”Hiljainen” vaiheeseen ”Katoamassa”. Syy: aika edellisestä aktiivisuudesta: vähintään 90 päivää",
        "10. helmikuuta 2026: Jäsenpolku, vaiheesta ”Katoamassa” vaiheeseen ”Hiljainen”. Syy: ei päde enää: aika edellisestä aktiivisuudesta: vähintään 90 päivää; ei päde enää: ”Sitoutuminen”: vähemmän kuin 8; aika liittymisestä: vähintään 60 päivää",
      ]
    `));
  it('in English', () =>
    expect(told('en')).toMatchInlineSnapshot(`
      [
        "10 February 2026: “Attended an event”, 12 points, of which 6.7 left (half is left after 60 days)",
        "20 March 2026: “Member discount”, 6 points, of which 5.2 left (half is left after 60 days)",
        "Fit: 0 points",
        "This would lead to “Active”: “Legal advice” once",
        "This would lead to “Active”: “Training” once, by 5 June 2026 at the latest (within 65 days)",
        "This would lead to “Active”: “Member discount” once more, by 6 April 2026 at the latest (within 5 days)",
        "If nothing happens: “Slipping away” on 18 June 2026",
        "1 September 2025: The member's path begins with “New”. Why: membership: member",
        "31 October 2025: The member's path, from “New” to “Quiet”. Why: time since joining: at least 60 days",
        "30 November 2025: The member's path, from “Quiet” to “Slipping away”. Why: time since the last activity: at least 90 days",
        "10 February 2026: The member's path, from “Slipping away” to “Quiet”. Why: no longer: time since the last activity: at least 90 days; no longer: “Engagement”: less than 8; time since joining: at least 60 days",
      ]
    `));

  it('names every reason for which something did not count', () => {
    const rules = [
      { ...document.rules[0], id: 'capped', cap: { times: 1, per: '30 days' } },
      { ...document.rules[0], id: 'once', cap: { oncePer: 'event' } },
      { ...document.rules[0], id: 'limited', cap: { points: 25, per: 'calendar month' } },
      { ...document.rules[0], id: 'past', until: '2025-12-31' },
      { ...document.rules[0], id: 'coming', from: '2026-12-31' },
      { ...document.rules[0], id: 'speaker', where: { field: 'role', eq: 'speaker' } },
      { ...document.rules[0], id: 'hours', points: { field: 'hours' } },
    ];
    const scores = [{ ...document.scores[0], ceiling: 100 }];
    const model = published(Model.parse({ ...document, scores, rules, journeys: document.journeys }));
    const data = { event: 'meeting', role: 'guest' };
    const events = ['2026-03-30', '2026-03-31'].map((date) => happened('event.attended', date, data));
    const sentences = inWords({ ...tellingOf(model, events, at), outlook: [] }, speech('en')).map(plain);
    const expected = [
      'counts at most once within 30 days',
      'the same counts only once in all',
      'gives at most 25 points a month',
      'the number that the points depend on is missing',
      'it was not what the rule asks for (role: guest)',
      'the rule counted only until 31 December 2025',
      'the rule counts only from 31 December 2026',
      '31 March 2026: “Attended an event”, 5 points of 20 points: gives at most 25 points a month, of which 4.9 left (half is left after 30 days)',
    ];
    for (const sentence of expected) expect(sentences).toContain(sentence);
  });

  it.each(sampleNames)('is of points that add up to the score, under the sample %s', (sample) => {
    const model = published(modelOf(sample));
    fc.assert(
      fc.property(lifeUnder(model.model), (life) => {
        const { explanation } = tellingOf(model, life.events, life.at);
        for (const { value, contributions, facts, parts } of explanation.scores) {
          const points = [...contributions.map((one) => one.pointsNow), ...facts.map((one) => one.points)];
          const sum = [...points, ...parts.map((part) => part.value)].reduce((a, b) => a + b, 0);
          expect(sum).toBeCloseTo(value, 8);
        }
      }),
      { numRuns: 10 },
    );
  });
});

/** Every text in a value, however deep. */
const textsIn = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : Object.values(value ?? {}).flatMap(textsIn);

describe('what a member may be shown', () => {
  const languages = ['nb', 'sv', 'fi', 'en'];

  it('is what they did, in their words', () => {
    const { scores, paths, moves } = forMember(union, speech('en'));
    expect(scores.map(({ words }) => plain(words))).toEqual(['Engagement: 12.8 points']);
    expect(scores[0]?.counted.map(plain)[0]).toMatch(/^20 March 2026: “Member discount”, 6 points/);
    expect(paths).toMatchObject([{ title: "The member's path", stage: 'Quiet' }]);
    expect(paths[0]?.ahead.map(plain)).toContain('This would lead to “Active”: “Legal advice” once');
    // That they had been slipping away in between, and why not any more, is for staff.
    expect(moves).toEqual([
      "10 February 2026: The member's path, “Quiet”. Why: time since joining: at least 60 days",
      "31 October 2025: The member's path, from “New” to “Quiet”. Why: time since joining: at least 60 days",
      "1 September 2025: The member's path begins with “New”. Why: membership: member",
    ]);
  });

  it.each(sampleNames)('names nothing that is for staff, under the sample %s', { timeout: 60_000 }, (sample) => {
    const model = published(modelOf(sample));
    const stages = model.model.journeys.flatMap((journey) => journey.stages);
    const warned = stages.filter(({ atRisk, alert }) => atRisk || alert);
    const titles = warned.flatMap(({ title }) => Object.values(title)).map(String);
    const steps = warned.flatMap(({ nextStep = {} }) => Object.values(nextStep)).map(String);
    fc.assert(
      fc.property(lifeUnder(model.model), ({ events, at }) => {
        const own = events.map((one) => ({ ...one, id: `secret-${one.id}`, member: 'secret-member' }));
        const telling = tellingOf(model, own, at);
        for (const language of languages) {
          const shown = forMember(telling, speech(language));
          for (const text of textsIn(shown)) {
            for (const secret of ['secret', 'what-if', 'crm', ...steps]) expect(text).not.toContain(secret);
            for (const title of titles) expect(text).not.toContain(speech(language).quoted(title));
          }
          for (const [i, { stage }] of shown.paths.entries()) {
            const hidden = warned.some(({ id }) => id === telling.outlook[i]?.stage);
            expect(stage === undefined).toBe(hidden);
          }
        }
      }),
      { numRuns: 10, endOnFailure: true },
    );
  });
});
