import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { ActivityEvent } from '../../events/envelope.ts';
import { alertMail } from '../../shared/mailing/alert-mail.ts';
import { digestMail } from '../../shared/mailing/digest-mail.ts';
import { compileLetters } from '../../shared/mailing/letters/compile-letters.ts';
import type { Rendered } from '../../shared/mailing/render.ts';
import { type Portrait, portrait } from '../../shared/risk/portrait.ts';
import type { StaffLanguage } from '../../shared/risk/words.ts';
import { compile } from '../../shared/scoring/compile.ts';
import { Model } from '../../shared/scoring/model.ts';
import type { PublishedModel } from '../../shared/scoring/published-model.ts';

const DAY = 86_400_000;
/** Monday 07:00 in Helsinki. */
export const MONDAY = Date.parse('2026-11-23T05:00:00Z');

export const tradeUnion: PublishedModel = (() => {
  const model = Model.parse(parse(readFileSync('samples/trade-union/model.yaml', 'utf8')));
  return { version: 1, model, compiled: compile(model) };
})();

const tradeUnionLetters = await compileLetters(tradeUnion.model);

type Past = readonly [daysAgo: number, type: string, data?: ActivityEvent['data']];

/** A history in days before the Monday. */
export const historyOf = (member: string, email: string | undefined, past: readonly Past[]): ActivityEvent[] =>
  past.map(([daysAgo, type, data = {}], i) => ({
    source: 'crm',
    id: `${member}-${i}`,
    type,
    member,
    ...(email === undefined ? {} : { email }),
    time: MONDAY - daysAgo * DAY,
    data,
  }));

const named = (firstName: string, lastName: string) => ({ attributes: { firstName, lastName, language: 'fi' } });

const people: readonly { member: string; email?: string; past: readonly Past[]; since: number }[] = [
  {
    member: '100482',
    since: 3,
    email: 'anna.makinen@example.org',
    past: [
      [700, 'member.joined', named('Anna', 'Mäkinen')],
      [200, 'benefit.used', { benefit: 'course' }],
      [170, 'event.attended'],
      [150, 'event.attended'],
      [140, 'benefit.used', { benefit: 'course' }],
      [93, 'site.visited', { topic: 'pay' }],
    ],
  },
  {
    member: '100017',
    since: 5,
    email: 'knut-olav.bjornstad-henriksen@avdeling.fagforening.example.org',
    past: [
      [400, 'member.joined', named('Knut-Olav Maximilian', 'Bjørnstad-Henriksen')],
      [101, 'benefit.used', { benefit: 'discount-shop' }],
      [40, 'payment.failed'],
      [10, 'payment.failed'],
      [9, 'survey.answered', { rating: 1 }],
    ],
  },
  {
    member: '99120',
    since: 210,
    past: [[300, 'member.joined', {}]],
  },
  {
    member: '100733',
    since: 190,
    email: 'solveig@example.org',
    past: [
      [900, 'member.joined', named('Solveig', 'Ødegård')],
      [320, 'benefit.used', { benefit: 'legal-advice' }],
      [300, 'event.attended', { role: 'speaker' }],
      [280, 'event.attended', { role: 'speaker' }],
    ],
  },
];

const portraits = (): Portrait[] =>
  people.map(({ member, email, past, since }) => {
    const ledger = historyOf(member, email, past);
    return portraitOf(member, ledger, 'member', 'at-risk', since);
  });

const portraitOf = (
  member: string,
  ledger: readonly ActivityEvent[],
  journeyId: string,
  stageId: string,
  since = 1,
): Portrait => {
  const journey = tradeUnion.model.journeys.find(({ id }) => id === journeyId);
  const stage = journey?.stages.find(({ id }) => id === stageId);
  if (!journey || !stage) throw new Error(`The sample has no stage ${stageId}`);
  return portrait(
    tradeUnion,
    member,
    ledger,
    { journey, stage, since: MONDAY - since * DAY },
    MONDAY,
    'Europe/Helsinki',
  );
};

const lead = (): Portrait =>
  portraitOf(
    'L-2201',
    historyOf('L-2201', 'emil@example.org', [
      [30, 'lead.created', { attributes: { firstName: 'Emil', lastName: 'Sjöberg' } }],
      [12, 'site.visited', { topic: 'joining' }],
      [6, 'event.attended'],
      [1, 'form.submitted', { form: 'join-help' }],
    ]),
    'lead',
    'ready',
  );

const readerOf = (language: StaffLanguage) => ({ language, fallback: 'nb', zone: 'Europe/Helsinki' });

const ORGANISATION = 'Pohjoinen Liitto – Nordisk Fagforening';

/** Mails to owners as they leave, by name and language. Nobody in them is real. */
export const mailSamples = (): Readonly<Record<string, Rendered>> => {
  const [anna, knut, nobody, solveig] = portraits();
  const there = [anna, knut, nobody, solveig].filter((one) => one !== undefined);
  const digest = (language: StaffLanguage) =>
    digestMail(
      tradeUnionLetters.digest,
      {
        organisation: ORGANISATION,
        ownerName: 'Kaisa Lehtonen',
        at: MONDAY,
        previous: MONDAY - 7 * DAY,
        news: there.slice(0, 2),
        known: there.slice(2),
        count: 31,
        countNew: 2,
      },
      readerOf(language),
    );
  const alertOf = (language: StaffLanguage) =>
    alertMail(
      tradeUnionLetters.alert,
      lead(),
      { organisation: ORGANISATION, ownerName: 'Kaisa Lehtonen', at: MONDAY },
      readerOf(language),
    );
  return {
    'digest-en': digest('en'),
    'digest-nb': digest('nb'),
    'digest-sv': digest('sv'),
    'digest-fi': digest('fi'),
    'alert-en': alertOf('en'),
    'alert-nb': alertOf('nb'),
    'alert-sv': alertOf('sv'),
    'alert-fi': alertOf('fi'),
  };
};
