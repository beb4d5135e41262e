import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openBook } from '../../shared/preview/book.ts';
import { previewResult } from '../../shared/preview/result.ts';
import { advance } from '../../shared/scoring/advance.ts';
import { fold } from '../../shared/scoring/fold.ts';
import { gradeAt } from '../../shared/scoring/grade.ts';
import { document } from '../support/given.ts';
import { type Person, people, side, span } from './members.ts';

const scores = [
  ...document.scores,
  {
    id: 'fit',
    title: 'Fit',
    fit: [{ id: 'north', title: 'From the north', when: { attribute: 'branch', eq: 'north' }, points: 20 }],
  },
  { id: 'all', title: 'All in all', sum: ['engagement', 'fit'] },
];
const grade = (from: readonly number[]) => ({
  ...{ id: 'prospect', title: 'Prospect' },
  letter: { score: 'fit', from: [20] },
  number: { score: 'engagement', from },
});
const current = side({ scores, grades: [grade([40, 10])] });
const draft = side({ scores, grades: [grade([30, 5]), { ...grade([1]), id: 'new' }] });

const resultOf = (persons: readonly Person[]) => {
  const book = openBook({ current, draft, span, zone: 'UTC' });
  for (const [member, events] of persons) book.add(member, events);
  return previewResult(book.tally(), { before: current.model, after: draft.model, months: 4 });
};

it('counts who has which grade before and after, and who moves from which to which', () =>
  fc.assert(
    fc.property(people(12), (persons) => {
      const { grades } = resultOf(persons);
      const of = ({ model, compiled }: typeof current, [, events]: Person, id: string) => {
        const wanted = model.grades.find((one) => one.id === id);
        const known = events.filter(({ time }) => time <= span.at);
        const { standing } = advance(compiled, fold(compiled, known), span.at);
        return wanted ? gradeAt(compiled, wanted, standing, span.at) : null;
      };
      expect(grades.map((one) => one.grade)).toEqual(['prospect', 'new']);
      for (const { grade: id, people: list, moves } of grades) {
        const pairs = persons.map((person) => [of(current, person, id), of(draft, person, id)] as const);
        for (const { value, before, after } of list) {
          expect(before).toBe(pairs.filter(([from]) => from === value).length);
          expect(after).toBe(pairs.filter(([, to]) => to === value).length);
        }
        for (const { from, to, members } of moves)
          expect(members).toBe(pairs.filter((pair) => pair[0] === from && pair[1] === to).length);
        const moved = pairs.filter(([from, to]) => from !== to).length;
        expect(moves.reduce((sum, { members }) => sum + members, 0)).toBe(moved);
      }
    }),
  ));

it('shows what is added up as a score of its own, and names its parts where it changes', () => {
  const person: Person = [
    'm-1',
    [
      {
        ...{ source: 'crm', id: '1', member: 'm-1', type: 'member.joined', time: span.at },
        data: { attributes: { branch: 'north' } },
      },
    ],
  ];
  const [, fit, all] = resultOf([person]).scores;
  expect([fit?.score, fit?.after.quantiles?.p50]).toEqual(['fit', expect.closeTo(20, 0)]);
  expect([all?.score, all?.after.quantiles?.p50]).toEqual(['all', expect.closeTo(20, 0)]);
});
