import { expect, it } from 'vitest';
import type { ActivityEvent } from '../../../events/envelope.ts';
import { tableNames } from '../../simulation/names.ts';
import { day } from '../../support/given.ts';
import { letterTo } from '../../support/letter-to.ts';

const TAKEN = day(60);
const ERASED = day(10);
const userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:102.0) Gecko/20100101 Thunderbird/102.11.0';
const click = {
  eventType: 'Click',
  click: { timestamp: new Date(TAKEN + 300_000).toISOString(), link: 'https://example.org/spring', userAgent },
};

/** A letter to somebody who said no to being followed, was erased, and came back; and agreed then, or so a source says. */
const letterToReturned = async (agreed: readonly { at: number; wording?: string }[], idBefore = 'aino') => {
  const back = { source: 'crm', member: 'aino', email: 'aino@example.org' };
  const life: ActivityEvent[] = [
    { ...back, id: '1', type: 'member.joined', time: day(20), data: {} },
    ...agreed.map(({ at, ...said }) => ({
      ...{ ...back, id: `yes-${at}`, type: 'consent.given', time: at },
      data: { purpose: 'tracking', ...said },
    })),
  ];
  const letter = await letterTo('aino', { takenAt: TAKEN, ledger: life });
  await letter.graves.bury(idBefore, 'aino@example.org', () => ({
    erasedAt: ERASED,
    refusals: { tracking: { at: day(5), own: true } },
  }));
  return letter;
};

const counts = async ({ heard, told }: Awaited<ReturnType<typeof letterTo>>): Promise<boolean> => {
  await heard({ eventType: 'Send', send: {} });
  await heard(click);
  await heard(click, 2);
  return told().length > 0;
};

it('whoever said no to being followed is not followed when they come back, whatever a source keeps saying', async () => {
  const letter = await letterToReturned([{ at: day(21) }]);
  expect(await counts(letter)).toBe(false);
  expect(letter.tables.items(tableNames.MEMBERS_TABLE).flatMap(Object.keys).join()).not.toContain('act#');
});

it('so it is with somebody who comes back under another id, by their address', async () => {
  expect(await counts(await letterToReturned([{ at: day(21) }], 'aino-before'))).toBe(false);
});

it('they are followed once they have agreed to a text', async () => {
  expect(await counts(await letterToReturned([{ at: day(21), wording: 'text-1' }]))).toBe(true);
});

it('they are followed where they had agreed to a text, and do so once more afterwards', async () => {
  const twice = [
    { at: day(21), wording: 'text-1' },
    { at: TAKEN + 600_000, wording: 'text-1' },
  ];
  expect(await counts(await letterToReturned(twice))).toBe(true);
  expect(await counts(await letterToReturned(twice.slice(1)))).toBe(false);
});
