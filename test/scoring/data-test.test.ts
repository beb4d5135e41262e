import { describe, expect, it } from 'vitest';
import { DataCondition } from '../../shared/scoring/data-condition.ts';
import { dataTest } from '../../shared/scoring/data-test.ts';

const TIME = Date.parse('2026-03-20T22:30:00Z');
const holds = (condition: unknown, data: Parameters<ReturnType<typeof dataTest>>[0]['data']) =>
  dataTest(DataCondition.parse(condition), 'Europe/Oslo')({ data, time: TIME });

const data = {
  kind: 'legal',
  hours: 3,
  online: false,
  order: { total: 120, lines: [{ sum: 20 }] },
  note: null,
  tags: ['Choir', 'Board'],
  // In Oslo the event above happens on the 20th, and this was ordered on the 19th.
  starts: '2026-03-27',
  ordered: '2026-03-18T23:30:00Z',
};

describe('a condition on the data of an event', () => {
  it.each([
    [{ field: 'kind', eq: 'legal' }, true],
    [{ field: 'kind', eq: 'Legal' }, false],
    [{ field: 'kind', ne: 'legal' }, false],
    [{ field: 'missing', ne: 'legal' }, true],
    [{ field: 'kind', in: ['legal', 'tax'] }, true],
    [{ field: 'missing', in: ['legal', 'tax'] }, false],
    [{ field: 'hours', gt: 3 }, false],
    [{ field: 'hours', gte: 3, lt: 4 }, true],
    [{ field: 'hours', lte: 2 }, false],
    [{ field: 'kind', gt: 0 }, false],
    [{ field: 'missing', lt: 5 }, false],
    [{ field: 'online', eq: false }, true],
    [{ field: 'order.total', gte: 100 }, true],
    [{ field: 'order.lines.0.sum', eq: 20 }, true],
    [{ field: 'order.lines.1.sum', exists: true }, false],
    [{ field: 'note', exists: true }, false],
    [{ field: 'note', exists: false }, true],
    [{ field: 'kind', is: 'LEGAL' }, true],
    [{ field: 'hours', is: '3' }, false],
    [{ field: 'kind', contains: 'EGA' }, true],
    [{ field: 'kind', startsWith: 'Le' }, true],
    [{ field: 'kind', startsWith: 'gal' }, false],
    [{ field: 'tags', contains: 'choir' }, true],
    [{ field: 'tags', contains: 'cho' }, false],
    [{ field: 'tags', in: ['Board', 'Bar'] }, true],
    [{ field: 'tags', in: ['Bar'] }, false],
    [{ field: 'tags', containsAny: ['choir', 'bar'] }, true],
    [{ field: 'tags', containsAny: ['bar'] }, false],
    [{ field: 'tags', containsAll: ['choir', 'BOARD'] }, true],
    [{ field: 'tags', containsAll: ['choir', 'bar'] }, false],
    [{ field: 'kind', containsAny: ['LEG', 'x'] }, true],
    [{ field: 'kind', containsAll: ['LEG', 'x'] }, false],
    [{ field: 'missing', contains: 'a' }, false],
    [{ field: 'missing', containsAll: ['a'] }, false],
    [{ field: 'starts', withinNext: '7 days' }, true],
    [{ field: 'starts', withinNext: '6 days' }, false],
    [{ field: 'starts', beyondNext: '6 days' }, true],
    [{ field: 'starts', beyondNext: '7 days' }, false],
    [{ field: 'ordered', withinLast: '2 days' }, true],
    [{ field: 'ordered', withinLast: '1 day' }, false],
    [{ field: 'ordered', olderThan: '1 day' }, true],
    [{ field: 'ordered', olderThan: '2 days' }, false],
    [{ field: 'hours', withinNext: '99999 days' }, false],
    [{ field: 'missing', beyondNext: '0 days' }, false],
    [{ field: 'constructor', exists: true }, false],
    [{ field: 'kind.length', exists: true }, false],
    [
      {
        all: [
          { field: 'hours', gt: 1 },
          { field: 'kind', eq: 'legal' },
        ],
      },
      true,
    ],
    [
      {
        any: [
          { field: 'hours', gt: 9 },
          { field: 'kind', eq: 'legal' },
        ],
      },
      true,
    ],
    [
      {
        not: {
          any: [
            { field: 'hours', gt: 9 },
            { field: 'kind', eq: 'tax' },
          ],
        },
      },
      true,
    ],
  ])('%j: %s', (condition, expected) => expect(holds(condition, data)).toBe(expected));
});
