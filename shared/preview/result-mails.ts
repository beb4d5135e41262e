import type { PreviewResult } from '../api/previews.ts';
import { PRICES } from '../kernel/prices.ts';
import type { Model } from '../scoring/model.ts';
import { type Read, type Row, rounded, sum, union, type Which } from './counts.ts';
import { wordsOf } from './tally.ts';

const MILLION = 1_000_000;
/** A snapshot is written, and in most cases its entry in the index of those whom time will move. */
const WRITES_A_MEMBER = 3;
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

export const messages = (read: Read, models: readonly Model[]): PreviewResult['messages'] =>
  union(...models.map((model) => model.messages.map(({ id }) => id))).map((message) => {
    const [before, after] = [read('message', 'before', message), read('message', 'after', message)];
    const withheld = (which: Which) =>
      Object.fromEntries(read('withheld', which, message).map(({ words, count }) => [words[0] ?? '', count]));
    return {
      message,
      before: sum(before),
      after: sum(after),
      weeks: weeks(before, after),
      withheld: { before: withheld('before'), after: withheld('after') },
    };
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
