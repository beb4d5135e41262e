import type { Distribution, PreviewResult } from '../api/previews.ts';
import { type Read, reader, sum } from '../census/counts.ts';
import { gradesOf } from '../scoring/grade.ts';
import type { Model } from '../scoring/model.ts';
import { rounded, union, type Which } from './counts.ts';
import { quantile } from './quantiles.ts';
import { alerts, announcement, busiest, cost, messages } from './result-mails.ts';
import { type Tally, THOUSAND } from './tally.ts';

const SHARES = { p10: 0.1, p25: 0.25, p50: 0.5, p75: 0.75, p90: 0.9, p99: 0.99 } as const;

const orNone = (stage: string): string | null => (stage === '' ? null : stage);

const distribution = (read: Read, which: Which, score: string): Distribution => {
  const bins = new Map(
    read('bin', which, score).flatMap(({ words, count }) =>
      words[0] === '0' ? [] : [[Number(words[0]), count] as const],
    ),
  );
  const classes = read('class', which, score)
    .map(({ words, count }) => ({ from: Number(words[0]), members: count }))
    .sort((a, b) => a.from - b.from);
  const members = [...bins.values()].reduce((total, count) => total + count, 0);
  const at = (share: number): number => rounded(quantile(bins, share) ?? 0);
  const { p10, p25, p50, p75, p90, p99 } = SHARES;
  const quantiles = { p10: at(p10), p25: at(p25), p50: at(p50), p75: at(p75), p90: at(p90), p99: at(p99) };
  return { members, classes, ...(members > 0 ? { quantiles } : {}) };
};

const journeys = (read: Read, models: readonly Model[]): PreviewResult['journeys'] =>
  union(...models.map((model) => model.journeys.map(({ id }) => id))).map((journey) => {
    const moves = read('stage', journey).map(({ words: [from = '', to = ''], count }) => ({
      from: orNone(from),
      to: orNone(to),
      members: count,
    }));
    const named = models.map((model) =>
      (model.journeys.find(({ id }) => id === journey)?.stages ?? []).map(({ id }) => id),
    );
    const people = (end: 'from' | 'to', stage: string | null): number =>
      moves.reduce((total, move) => total + (move[end] === stage ? move.members : 0), 0);
    const stages = [...union(...named), null].map((stage) => ({
      stage,
      before: people('from', stage),
      after: people('to', stage),
    }));
    return {
      journey,
      stages: stages.filter(({ stage, before, after }) => stage !== null || before + after > 0),
      moves: moves.filter(({ from, to }) => from !== to).sort((a, b) => b.members - a.members),
    };
  });

const grades = (read: Read, models: readonly Model[]): PreviewResult['grades'] => {
  const all = models.flatMap((model) => model.grades);
  return union(all.map(({ id }) => id)).map((grade) => {
    const moves = read('grade', grade).map(({ words: [from = '', to = ''], count }) => ({
      from: orNone(from),
      to: orNone(to),
      members: count,
    }));
    const people = (end: 'from' | 'to', value: string): number =>
      moves.reduce((total, move) => total + (move[end] === value ? move.members : 0), 0);
    const values = union(...all.filter(({ id }) => id === grade).map(gradesOf)).sort();
    return {
      grade,
      people: values
        .map((value) => ({ value, before: people('from', value), after: people('to', value) }))
        .filter(({ before, after }) => before + after > 0),
      moves: moves.filter(({ from, to }) => from !== to).sort((a, b) => b.members - a.members),
    };
  });
};

const rules = (read: Read, models: Readonly<Record<Which, Model>>): PreviewResult['rules'] => {
  const sums = (which: Which, rule: string) =>
    models[which].rules.some(({ id }) => id === rule)
      ? { times: sum(read('times', which, rule)), points: sum(read('points', which, rule)) / THOUSAND }
      : undefined;
  return union(...Object.values(models).map((model) => model.rules.map(({ id }) => id)))
    .map((rule) => {
      const [before, after] = [sums('before', rule), sums('after', rule)];
      return { rule, ...(before ? { before } : {}), ...(after ? { after } : {}) };
    })
    .sort((a, b) => (b.after?.points ?? 0) - (a.after?.points ?? 0));
};

/** What a tally says, in the words of the two models it was made of. `months` is the length of its span. */
export const previewResult = (
  tally: Tally,
  { before, after, months }: { readonly before: Model; readonly after: Model; readonly months: number },
): PreviewResult => {
  const read = reader(tally.counts);
  const models = [before, after];
  const [dayBefore, dayAfter] = [busiest(read('day', 'before')), busiest(read('day', 'after'))];
  return {
    members: sum(read('members')),
    moved: sum(read('moved')),
    journeys: journeys(read, models),
    scores: union(...models.map(({ scores }) => scores.map(({ id }) => id))).map((score) => ({
      score,
      before: distribution(read, 'before', score),
      after: distribution(read, 'after', score),
    })),
    grades: grades(read, models),
    rules: rules(read, { before, after }),
    messages: messages(read, models),
    alerts: alerts(read, models),
    busiestDay: { ...(dayBefore ? { before: dayBefore } : {}), ...(dayAfter ? { after: dayAfter } : {}) },
    announcement: announcement(read, after),
    mostChanged: tally.mostChanged.map(({ member, journeys, scores }) => ({
      member,
      journeys: [...journeys],
      scores: scores.map((score) => ({ ...score, rules: [...score.rules] })),
    })),
    cost: cost(read, months),
  };
};
