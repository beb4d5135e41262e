import type { PreviewResult } from '../api/previews.ts';
import { type Read, type Row, sum, wordsOf } from '../census/counts.ts';
import { PRICES } from '../kernel/prices.ts';
import type { Model } from '../scoring/model.ts';
import { rounded, union, type Which } from './counts.ts';

const MILLION = 1_000_000;
/**
 * A snapshot is written, moved in the index by model (taken out and put in), and for about half of them moved in the
 * index of those whom time will move.
 */
const WRITES_A_MEMBER = 4;
/** A place in the lists by stage, and its move in their index. */
const WRITES_A_MOVE = 3;

const weeks = (before: readonly Row[], after: readonly Row[]): PreviewResult['alerts'][number]['weeks'] => {
  const inWeek = (rows: readonly Row[], week: string) => sum(rows.filter(({ words }) => words[0] === week));
  return union(
    before.map(({ words }) => words[0] ?? ''),
    after.map(({ words }) => words[0] ?? ''),
  )
    .sort()
    .map((week) => ({ week, before: inWeek(before, week), after: inWeek(after, week) }));
};

const byReason = (rows: readonly Row[]): Record<string, number> =>
  Object.fromEntries(rows.map(({ words, count }) => [words[0] ?? '', count]));

const idsOf = (models: readonly Model[]): string[] =>
  union(...models.map((model) => model.messages.map(({ id }) => id)));

export const messages = (read: Read, models: readonly Model[]): PreviewResult['messages'] =>
  idsOf(models).map((message) => {
    const of = (kind: string, which: Which) => read(kind, which, message);
    const [before, after] = [of('message', 'before'), of('message', 'after')];
    const reasons = (kind: string) => ({ before: byReason(of(kind, 'before')), after: byReason(of(kind, 'after')) });
    return {
      message,
      before: sum(before),
      after: sum(after),
      weeks: weeks(before, after),
      held: reasons('held'),
      waiting: { before: sum(of('waiting', 'before')), after: sum(of('waiting', 'after')) },
      withheld: reasons('withheld'),
    };
  });

/** What an announcement would send: of each message and notice that it would be about. */
export const announcement = (read: Read, draft: Model): PreviewResult['announcement'] => ({
  members: sum(read('announced-members')),
  messages: draft.messages.flatMap(({ id: message }) => {
    const [now, later] = [sum(read('announced-sent', message)), sum(read('announced-waiting', message))];
    const withheld = byReason(read('announced-withheld', message));
    return now + later + Object.keys(withheld).length === 0 ? [] : [{ message, now, later, withheld }];
  }),
  alerts: read('announced-alert').map(({ words: [journey = '', stage = ''], count }) => ({ journey, stage, count })),
});

export const alerts = (read: Read, models: readonly Model[]): PreviewResult['alerts'] => {
  const stages = models.flatMap((model) =>
    model.journeys.flatMap(({ id, stages }) => stages.flatMap((stage) => (stage.alert ? [`${id}|${stage.id}`] : []))),
  );
  return union(stages).map((place) => {
    const [journey = '', stage = ''] = wordsOf(place);
    const [before, after] = [read('alert', 'before', journey, stage), read('alert', 'after', journey, stage)];
    return { journey, stage, before: sum(before), after: sum(after), weeks: weeks(before, after) };
  });
};

/** The day with the most messages. */
export const busiest = (days: readonly Row[]) => {
  const [first] = days.toSorted((a, b) => b.count - a.count || ((a.words[0] ?? '') < (b.words[0] ?? '') ? -1 : 1));
  return first && { date: first.words[0] ?? '', messages: first.count };
};

/** Mails to members and notices to owners. */
const mails = (read: Read, which: Which): number => sum(read('message', which)) + sum(read('alert', which));

export const cost = (read: Read, months: number): PreviewResult['cost'] => {
  const readUnits = sum(read('reads'));
  const writeUnits = WRITES_A_MEMBER * sum(read('members')) + WRITES_A_MOVE * sum(read('moved'));
  const dollars = (readUnits * PRICES.millionReadUnits + writeUnits * PRICES.millionWriteUnits) / MILLION;
  const [before, after] = [mails(read, 'before') / months, mails(read, 'after') / months].map(Math.round);
  const priced = (count = 0) => rounded((count * PRICES.thousandMails) / 1000);
  return {
    rescore: { readUnits, writeUnits, dollars: Math.round(dollars * 10_000) / 10_000 },
    mailsAMonth: {
      before: before ?? 0,
      after: after ?? 0,
      dollarsBefore: priced(before),
      dollarsAfter: priced(after),
    },
  };
};
