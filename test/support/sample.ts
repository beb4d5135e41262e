import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { ActivityEvent } from '../../events/envelope.ts';
import { activityOf } from '../../events/index.ts';
import { DAY } from '../../shared/kernel/duration.ts';
import { compile } from '../../shared/scoring/compile.ts';
import { explain } from '../../shared/scoring/explain.ts';
import { Model } from '../../shared/scoring/model.ts';
import { Staff } from '../../shared/scoring/staff.ts';
import { posted } from './posted.ts';

const FOLDER = new URL('../../samples/', import.meta.url);

/** The names of all sample organisations: the folders in samples/. */
export const sampleNames: readonly string[] = readdirSync(FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

const read = (file: string): unknown => parse(readFileSync(new URL(file, FOLDER), 'utf8'));

export const modelOf = (sample: string): Model => Model.parse(read(`${sample}/model.yaml`));
export const staffOf = (sample: string): Staff => Staff.parse(read(`${sample}/staff.yaml`));

/** A date (noon, UTC) or an instant in ISO 8601. */
type When = string;
const instant = (when: When): number => Date.parse(when.includes('T') ? when : `${when}T12:00:00Z`);

export type Happening = readonly [when: When, type: string, data?: ActivityEvent['data']];

/** The same thing every so many days, on the first date and as long as the last is not passed. */
export const every = (
  days: number,
  [from, until]: readonly [When, When],
  type: string,
  data: ActivityEvent['data'] = {},
): Happening[] => {
  const times = Math.floor((instant(until) - instant(from)) / (days * DAY)) + 1;
  return Array.from({ length: times }, (_, i) => [new Date(instant(from) + i * days * DAY).toISOString(), type, data]);
};

type Life = {
  /** The stage somebody stands in on a date; undefined where the journey does not apply. */
  readonly stage: (journey: string, when: When) => string | undefined;
  readonly score: (score: string, when: When) => number;
  /** Every change of stage on a journey, until a date: `2026-01-20 trying`. Dates are those of UTC. */
  readonly diary: (journey: string, until: When) => readonly string[];
  /** The messages that the stages entered until a date send, to somebody who consents to all: `2026-02-02 welcome`. */
  readonly letters: (until: When) => readonly string[];
  /** What became of these under the contact policy, by the clock of a zone: `2026-02-02 08:00 welcome`. */
  readonly posted: (until: When, zone?: string) => readonly string[];
  /** What did not count, until a date: `2026-01-20 rule reason`. */
  readonly uncounted: (until: When) => readonly string[];
};

const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** Throws where the front door would refuse the event. */
const asEvent = (id: string, type: string, time: number, data: ActivityEvent['data']): ActivityEvent => {
  const member = 'somebody';
  activityOf(type).parse({ id, type, member: { id: member }, time: new Date(time).toISOString(), data });
  return { source: 'crm', id, type, member, time, data };
};

/** A made-up person's life under the model of a sample. Throws at events that the front door would refuse. */
export const livedUnder = (sample: string): ((...happenings: readonly Happening[]) => Life) =>
  livedUnderModel(modelOf(sample));

/** The same under any model. */
export const livedUnderModel = (written: Model): ((...happenings: readonly Happening[]) => Life) => {
  const model = compile(written);
  const messageOf = (journey: string, stage: string | null) =>
    written.journeys.find(({ id }) => id === journey)?.stages.find(({ id }) => id === stage)?.message;
  return (...happenings) => {
    const events = happenings.map(([when, type, data = {}], i) => asEvent(`event-${i}`, type, instant(when), data));
    const until = (when: When) => explain(model, events, instant(when));
    return {
      stage: (journey, when) => until(when).standing.stages[journey]?.stage,
      score: (score, when) => until(when).scores.find((one) => one.score === score)?.value ?? Number.NaN,
      diary: (journey, when) =>
        until(when)
          .transitions.filter((one) => one.journey === journey)
          .map(({ at, to }) => `${dateOf(at)} ${to ?? '-'}`),
      letters: (when) =>
        until(when).transitions.flatMap(({ journey, to, at }) => {
          const message = messageOf(journey, to);
          return message === undefined ? [] : [`${dateOf(at)} ${message}`];
        }),
      posted: (when, zone = 'Europe/Oslo') =>
        posted({ version: 1, model: written, compiled: model }, events, instant(when), zone),
      uncounted: (when) =>
        until(when).scores.flatMap(({ uncounted }) =>
          uncounted.map(({ event, rule, reason }) => `${dateOf(event.time)} ${rule} ${reason}`),
        ),
    };
  };
};
