import { describe, expect, it } from 'vitest';
import { jsonPointer } from '../../shared/api/problem.ts';
import { checkModel } from '../../shared/model/check.ts';
import { distance, nearest } from '../../shared/model/nearest.ts';
import { document } from '../support/given.ts';

const remarks = (input: unknown) =>
  checkModel(input).map(({ path, level, mend }) => `${jsonPointer(path)} ${level} ${mend ?? ''}`.trim());
const [score] = document.scores;
const [rule] = document.rules;

describe('a model that is looked at', () => {
  it('is told its faults, with what was most likely meant', () =>
    expect(
      remarks({
        ...document,
        scores: [{ ...score, halflife: '30 days' }],
        rules: [{ ...rule, cap: { times: 1, onceper: 'event' } }],
      }),
    ).toEqual(['/scores/0 fault "halfLife"', '/rules/0/cap/0 fault "oncePer"']));

  it('is told of names that nothing has', () =>
    expect(
      remarks({
        ...document,
        rules: [{ ...rule, score: 'engagment' }],
        journeys: [
          {
            ...document.journeys[0],
            stages: [
              { id: 'a', title: 'A', message: 'helo' },
              { id: 'b', title: 'B', enter: { score: 'engage-ment', gte: 1 } },
            ],
          },
        ],
      }),
    ).toEqual([
      '/rules/0/score fault "engagement"',
      '/journeys/0/stages/0/message fault "hello"',
      '/journeys/0/stages/1/enter/score fault "engagement"',
    ]));

  it('is told of a misspelt period of the calendar', () =>
    expect(remarks({ ...document, rules: [{ ...rule, cap: { times: 1, per: 'calender day' } }] })).toEqual([
      '/rules/0/cap/0/per fault "calendar day"',
    ]));

  it('is told of misspelt keys deep in conditions, and of options', () =>
    expect(
      remarks({
        ...document,
        rules: [{ ...rule, where: { all: [{ field: 'role', eq: 'x', exist: true }] } }],
        messages: [{ ...document.messages[0], purpose: 'marketin' }],
      }),
    ).toEqual(['/rules/0/where/all/0 fault "exists"', '/messages/0/purpose fault "marketing"']));

  it('is told of a misspelt kind of condition, and of what a shared cap is called', () => {
    const appliesTo = { all: [{ atribute: 'status', eq: 'member' }] };
    expect(
      remarks({
        ...document,
        journeys: [{ ...document.journeys[0], appliesTo, titel: 'Swapped' }, document.journeys[1]],
      }),
    ).toEqual(['/journeys/0/appliesTo/all/0 fault "attribute"', '/journeys/0 fault "title"']);
    expect(
      remarks({
        ...document,
        rules: [{ ...rule, capGroup: 'wbe' }],
        capGroups: [{ id: 'web', title: 'Web', cap: { times: 1 } }],
      }),
    ).toEqual(['/rules/0/capGroup fault "web"']);
  });

  it('is told of fields in templates', () => {
    const [message] = document.messages;
    const templates = { en: { subject: 'Hi', body: '<mj-text>{{firstname}}</mj-text>' } };
    expect(remarks({ ...document, messages: [{ ...message, templates }] })).toEqual([
      '/messages/0/templates/en/body fault "firstName"',
    ]);
  });

  it('is told what looks amiss only when it has no faults', () => {
    expect(remarks({ ...document, rules: [{ ...rule, on: 'event.atended' }] })).toContain(
      '/rules/0/on warning "event.attended"',
    );
    expect(remarks('nothing')).toEqual(['fault']);
  });
});

describe('what was most likely meant', () => {
  it('is at most two slips away', () => {
    expect([distance('times', 'tims'), distance('', 'ab'), distance('kitten', 'sitting')]).toEqual([1, 2, 3]);
    expect([distance('titel', 'title'), distance('ca', 'abc'), distance('ab', 'ba')]).toEqual([1, 3, 1]);
    expect(nearest('halflife', ['id', 'halfLife'])).toBe('halfLife');
    expect(nearest('engagment', ['interest', 'engagement'])).toBe('engagement');
    expect(nearest('xyz', ['abc'])).toBeUndefined();
  });

  it('is nothing in words so short that anything is near', () => expect(nearest('ab', ['id', 'on'])).toBeUndefined());
});
