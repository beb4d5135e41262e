import { expect, it } from 'vitest';
import type { ActivityEvent } from '../../../events/envelope.ts';
import { day } from '../../support/given.ts';
import { letterTo } from '../../support/letter-to.ts';

const TAKEN = day(60);
const MINUTE = 60_000;
const userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:102.0) Gecko/20100101 Thunderbird/102.11.0';
const timestamp = new Date(TAKEN + 5 * MINUTE).toISOString();
const click = { eventType: 'Click', click: { timestamp, link: 'https://example.org/spring', userAgent } };

const agreed = (id: string, time: number): ActivityEvent => ({
  ...{ source: 'crm', id, type: 'consent.given', member: 'aino', time },
  data: { purpose: 'tracking' },
});
const benefits = Array.from(
  { length: 30 },
  (_, i): ActivityEvent => ({
    ...{ source: 'crm', id: `benefit-${i}`, type: 'benefit.used', member: 'aino', time: day(1 + i), data: {} },
  }),
);

/** A letter to a member with a life, who has said this. */
const letterAfter = (...words: readonly ActivityEvent[]) =>
  letterTo('aino', { takenAt: TAKEN, ledger: [...benefits, ...words] });

it('a click is one look for its mail, one at it, and a few at what its reader agreed to, whatever else they have done', async () => {
  const { heard, calls, told } = await letterAfter(agreed('1', day(50)));
  expect(await heard({ eventType: 'Send', send: {} })).toBe(true);
  calls();
  expect(await heard(click)).toBe(false);
  const looks = ['Query tag', 'GetItem mail#member#1#message', 'BatchGetItem', 'GetItem choices'];
  // The key of the names of the erased is read once.
  expect(calls()).toEqual([...looks, 'GetItem addresses', 'BatchGetItem', 'UpdateItem mail#member#1#message']);
  expect(await heard(click, 2)).toBe(true);
  // What is told is written down before.
  expect(calls()).toEqual([...looks, 'BatchGetItem', 'UpdateItem mail#member#1#message']);
  expect(await heard(click, 3)).toBe(true);
  expect(calls()).toEqual([...looks, 'BatchGetItem']);
  expect(new Set(told()).size).toBe(1);
});

it('all that they have done is looked at where they have agreed once more since', async () => {
  const { heard, calls, told } = await letterAfter(agreed('1', day(50)), agreed('2', TAKEN + 6 * MINUTE));
  await heard(click);
  expect(calls()).toContain('Query pk = :member AND begins_with(sk, :event)');
  await heard(click, 2);
  expect(told()).toHaveLength(1);
});

it('of a letter that is followed without end no more is kept, and what comes then is done with', async () => {
  const { heard, told } = await letterAfter(agreed('1', day(50)));
  const clicked = (minutes: number) => ({
    eventType: 'Click',
    click: { ...click.click, timestamp: new Date(TAKEN + minutes * MINUTE).toISOString() },
  });
  for (let i = 0; i < 100; i++) expect(await heard(clicked(10 + i))).toBe(false);
  await heard(clicked(200));
  expect(await heard(clicked(200), 2)).toBe(true);
  expect(told()).toEqual([]);
});

it('nothing is noted of whoever first agreed afterwards', async () => {
  const { heard, calls, told } = await letterAfter(agreed('2', TAKEN + 6 * MINUTE));
  await heard({ eventType: 'Send', send: {} });
  calls();
  expect(await heard(click)).toBe(true);
  expect(calls().filter((call) => call.startsWith('UpdateItem'))).toEqual([]);
  expect(told()).toEqual([]);
});
